"""The switch of the background sync."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from liaison.api.caller import caller
from liaison.api.repeating import done_once
from liaison.api.routes import Routes
from liaison.api.schemas.admin import ServiceAnswer
from liaison.api.services import services
from liaison.api.waking import wake_all
from liaison.people import service_switch
from liaison.people.model import Service
from liaison.people.representatives import count_active

service = Routes(
    "Service", __name__, "The switch of the background sync; each act may be repeated."
)


@service.get("/api/admin/service")
@service.answers(ServiceAnswer)
def read() -> dict[str, Any]:
    """Whether it runs."""
    with services().database.transaction() as session:
        return _read(session)


@service.does("/api/admin/service/start")
@service.answers(ServiceAnswer)
def start() -> dict[str, Any]:
    """Switch it on; every mailbox is due then."""

    def act(session: Session) -> dict[str, Any]:
        was = service_switch.read_service(session)
        now = service_switch.start(session, caller().actor_name)
        if now != was:
            wake_all(session)
        return _show(session, now)

    return done_once(act, _read)


@service.does("/api/admin/service/stop")
@service.answers(ServiceAnswer)
def stop() -> dict[str, Any]:
    """Switch it off; notifications are noted all the same."""

    def act(session: Session) -> dict[str, Any]:
        return _show(session, service_switch.stop(session, caller().actor_name))

    return done_once(act, _read)


@service.does("/api/admin/service/restart")
@service.answers(ServiceAnswer)
def restart() -> dict[str, Any]:
    """Switch it on with a new generation."""

    def act(session: Session) -> dict[str, Any]:
        now = service_switch.restart(session, caller().actor_name)
        wake_all(session)
        return _show(session, now)

    return done_once(act, _read)


def _read(session: Session) -> dict[str, Any]:
    return _show(session, service_switch.read_service(session))


def _show(session: Session, state: Service) -> dict[str, Any]:
    return asdict(state) | {"active_people": count_active(session)}
