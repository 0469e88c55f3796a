"""What somebody chooses for the activities of a plan that resemble a captured meeting: to link both, or to make both anew."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.initial_sync.model import InitialRun, RunStatus
from liaison.calendar.rules.mail_budget import together
from liaison.calendar.stores import initial_runs, plan_items
from liaison.db.audit import record_act
from liaison.errors import InvalidRequest, RunNotReady

NO_CHOICE = "Names something that resembles no single meeting of this plan."


def choose_twins(
    session: Session, run: InitialRun, item_ids: Sequence[UUID] | None, *, link: bool, actor: str
) -> None:
    """Have these activities linked to the meetings that they resemble, or both made anew; None: all that can be linked.

    Who gets mail is counted again, since of what is linked no event is made. The run is locked by the caller.
    Raises `RunNotReady`, `InvalidRequest`.
    """
    if run.status is not RunStatus.PLANNED:
        raise RunNotReady
    chosen = plan_items.save_twins(session, run.id, item_ids, link=link)
    if item_ids is not None and chosen < len(set(item_ids)):
        raise InvalidRequest(errors={"itemIds": [NO_CHOICE]})
    whole = together(plan_items.list_mailed(session, run.id))
    counted = {"people": len(whole.people), "outsiders": len(whole.outsiders)}
    initial_runs.save_run(session, run.id, **counted)
    details = {"linked": link, "items": chosen}
    record_act(session, actor, "initial-sync-twins-chosen", str(run.id), details)
