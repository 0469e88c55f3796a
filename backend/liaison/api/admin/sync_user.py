"""The sync user SYNC_MASTER."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from liaison.api.caller import caller
from liaison.api.repeating import done_once
from liaison.api.routes import Routes
from liaison.api.schemas.admin import SyncUserAnswer
from liaison.api.services import services
from liaison.api.waking import wake_all
from liaison.people import sync_user as switches
from liaison.people.model import SyncUser

sync_user = Routes("Sync user", __name__, "SYNC_MASTER, in whose name the sync writes to the CRM.")


@sync_user.get("/api/admin/sync-user")
@sync_user.answers(SyncUserAnswer)
def read() -> dict[str, Any]:
    """Its state."""
    with services().database.transaction() as session:
        return _shown(switches.read_sync_user(session))


@sync_user.does("/api/admin/sync-user/unlock")
@sync_user.answers(SyncUserAnswer)
def unlock() -> dict[str, Any]:
    """Let it be used."""
    return _switch(switches.unlock)


@sync_user.does("/api/admin/sync-user/lock")
@sync_user.answers(SyncUserAnswer)
def lock() -> dict[str, Any]:
    """Stop every write of the sync."""
    return _switch(switches.lock)


@sync_user.does("/api/admin/sync-user/activate")
@sync_user.answers(SyncUserAnswer)
def activate() -> dict[str, Any]:
    """Switch it on."""
    return _switch(switches.activate)


@sync_user.does("/api/admin/sync-user/deactivate")
@sync_user.answers(SyncUserAnswer)
def deactivate() -> dict[str, Any]:
    """Switch it off."""
    return _switch(switches.deactivate)


def _switch(act: Callable[[Session, str], SyncUser]) -> dict[str, Any]:
    def switch(session: Session) -> SyncUser:
        was = switches.read_sync_user(session)
        now = act(session, caller().actor_name)
        if now.is_ready and not was.is_ready:
            wake_all(session)
        return now

    return _shown(done_once(switch, switches.read_sync_user))


def _shown(one: SyncUser) -> dict[str, Any]:
    return {"name": switches.NAME, "locked": one.locked, "active": one.active}
