"""The sync user SYNC_MASTER: delivered locked and not active; an administrator makes it ready.

Each of the four acts may be repeated; only one that changes something is kept in the audit.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from liaison.db.audit import record_act
from liaison.people.model import SyncUser
from liaison.people.tables import SyncUserRow

NAME = "SYNC_MASTER"


def read_sync_user(session: Session) -> SyncUser:
    """Its state now."""
    found = session.execute(select(SyncUserRow.locked, SyncUserRow.active)).one_or_none()
    return SyncUser() if found is None else SyncUser(found.locked, found.active)


def unlock(session: Session, actor: str) -> SyncUser:
    """Let it be used."""
    return _change(session, actor, "unlocked", locked=False)


def lock(session: Session, actor: str) -> SyncUser:
    """Stop every write of the sync."""
    return _change(session, actor, "locked", locked=True)


def activate(session: Session, actor: str) -> SyncUser:
    """Switch it on."""
    return _change(session, actor, "activated", active=True)


def deactivate(session: Session, actor: str) -> SyncUser:
    """Switch it off."""
    return _change(session, actor, "deactivated", active=False)


def _change(session: Session, actor: str, act: str, **switch: bool) -> SyncUser:
    before = read_sync_user(session)
    delivered = {"name": NAME, "locked": True, "active": False}
    session.execute(
        insert(SyncUserRow)
        .values(delivered | switch)
        .on_conflict_do_update(index_elements=["name"], set_=switch)
    )
    after = read_sync_user(session)
    if after != before:
        record_act(session, actor, f"sync-user-{act}", NAME)
    return after
