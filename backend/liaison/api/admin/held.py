"""What waits, for an administrator or by itself, and what failed for good."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.admin.held_views import show_holds, show_listed
from liaison.api.caller import caller
from liaison.api.paging import page_by_id
from liaison.api.repeating import done_once
from liaison.api.routes import Routes
from liaison.api.schemas.held import (
    FailuresAnswer,
    HeldAnswer,
    HoldsAnswer,
    WaitingAnswer,
    WaitingQuery,
)
from liaison.api.schemas.lists import ListQuery
from liaison.api.services import services
from liaison.api.waking import wake
from liaison.calendar import holding
from liaison.calendar.passes import Pass
from liaison.calendar.stores.holds import find_hold, list_open_holds
from liaison.calendar.stores.noted_lists import list_failed, list_waiting, retry_failed
from liaison.crm.model import Actor
from liaison.errors import NotFound
from liaison.policy.store import read_policy
from liaison.telemetry import current_trace_id

held = Routes("Held and failed", __name__, "What waits for an administrator, and what failed.")


@held.get("/api/admin/held")
@held.asks(ListQuery)
@held.answers(HoldsAnswer)
def read(query: dict[str, Any]) -> dict[str, Any]:
    """Removals that wait because there were unusually many, one entry per mailbox, the newest first."""
    with services().database.transaction() as session:
        page = page_by_id(
            lambda limit, before: list_open_holds(session, limit=limit, before=before),
            query,
            lambda hold: hold.id,
        )
        return page | {"items": show_holds(session, page["items"])}


@held.does("/api/admin/held/<uuid:hold_id>/approve")
@held.answers(HeldAnswer)
def approve(hold_id: UUID) -> dict[str, Any]:
    """Have each meeting looked up again: what is still gone is removed, what is back stays."""

    def act(session: Session) -> dict[str, Any]:
        hold = holding.approve(session, services().crm, hold_id, _this(session))
        wake(session, [hold.mailbox_id])
        return show_holds(session, [hold])[0]

    return done_once(act, lambda session: _settled(session, hold_id))


@held.does("/api/admin/held/<uuid:hold_id>/discard")
@held.answers(HeldAnswer)
def discard(hold_id: UUID) -> dict[str, Any]:
    """Keep the activities, end their links, and take back what was removed in the 24 hours before."""

    def act(session: Session) -> dict[str, Any]:
        hold = holding.discard(session, services().crm, hold_id, _this(session))
        return show_holds(session, [hold])[0]

    return done_once(act, lambda session: _settled(session, hold_id))


@held.get("/api/admin/failed")
@held.asks(ListQuery)
@held.answers(FailuresAnswer)
def read_failed(query: dict[str, Any]) -> dict[str, Any]:
    """Meetings that were given up, the newest first."""
    with services().database.transaction() as session:
        page = page_by_id(
            lambda limit, before: list_failed(session, limit=limit, before=before),
            query,
            lambda item: item.id,
        )
        return page | {"items": show_listed(session, page["items"])}


@held.get("/api/admin/waiting")
@held.asks(WaitingQuery)
@held.answers(WaitingAnswer)
def read_waiting(query: dict[str, Any]) -> dict[str, Any]:
    """Meetings that are looked at again by themselves, the newest first."""
    mailbox_id = query["representative_id"]
    with services().database.transaction() as session:
        page = page_by_id(
            lambda limit, before: list_waiting(session, mailbox_id, limit=limit, before=before),
            query,
            lambda item: item.id,
        )
        return page | {"items": show_listed(session, page["items"])}


@held.does("/api/admin/failed/<uuid:item_id>/retry")
@held.answers(status=204)
def retry(item_id: UUID) -> None:
    """Try it again from the beginning. Unknown once it was settled."""

    def act(session: Session) -> None:
        wake(session, [retry_failed(session, item_id, services().clock.now())])

    done_once(act, lambda _session: None)


def _settled(session: Session, hold_id: UUID) -> dict[str, Any]:
    hold = find_hold(session, hold_id)
    if hold is None:
        raise NotFound
    return show_holds(session, [hold])[0]


def _this(session: Session) -> Pass:
    person = caller()
    own = person.representative
    actor = Actor(person.actor_name, "sync", own.id if own else None)
    now = services().clock.now()
    return Pass(actor, read_policy(session).version, now, trace_id=current_trace_id())
