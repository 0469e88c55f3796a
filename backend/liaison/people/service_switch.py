"""The switch of the background sync. Each act may be repeated."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from liaison.db.audit import record_act
from liaison.people.model import Service
from liaison.people.tables import ServiceRow


def read_service(session: Session) -> Service:
    """Whether it runs, and since which start."""
    found = session.execute(select(ServiceRow.running, ServiceRow.generation)).one_or_none()
    return Service() if found is None else Service(found.running, found.generation)


def start(session: Session, actor: str) -> Service:
    """Switch it on; the caller makes every mailbox due. A new generation, unless it runs already."""
    now = read_service(session)
    if now.running:
        return now
    return _save(
        session, actor, "service-started", Service(running=True, generation=now.generation + 1)
    )


def stop(session: Session, actor: str) -> Service:
    """Switch it off: nothing is read or written in the background any more."""
    now = read_service(session)
    if not now.running:
        return now
    return _save(
        session, actor, "service-stopped", Service(running=False, generation=now.generation)
    )


def restart(session: Session, actor: str) -> Service:
    """Switch it on with a new generation, whatever it was."""
    now = read_service(session)
    return _save(
        session, actor, "service-restarted", Service(running=True, generation=now.generation + 1)
    )


def _save(session: Session, actor: str, act: str, service: Service) -> Service:
    values = {"running": service.running, "generation": service.generation}
    session.execute(
        insert(ServiceRow)
        .values({"id": 1} | values)
        .on_conflict_do_update(index_elements=["id"], set_=values)
    )
    record_act(session, actor, act)
    return service
