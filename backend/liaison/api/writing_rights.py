"""Who may cause something to be written to whose calendar."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.orm import Session

from liaison.calendar.linking.crm_side import causes_write
from liaison.calendar.model import Link
from liaison.crm.model import Activity
from liaison.crm.rights import Editor, is_in_charge
from liaison.errors import Forbidden, OwnedByOutlook


class Edited(Protocol):
    """An activity before and after an edit."""

    @property
    def before(self) -> Activity: ...
    @property
    def after(self) -> Activity: ...


def check_write(session: Session, edited: Edited, editor: Editor) -> None:
    """Raises `Forbidden` where the edit would write to somebody else's calendar and the person may not plan for others."""
    if editor.may_plan_for_others or edited.after.organizer.id == editor.representative_id:
        return
    if causes_write(session, edited.before, edited.after):
        raise Forbidden(
            "This would change the organizer's calendar, which needs the permission PLAN_FOR_OTHERS."
        )


def check_in_charge(activity: Activity, editor: Editor) -> None:
    """Raises `Forbidden` for anybody but owner and organizer."""
    if not is_in_charge(activity, editor.representative_id):
        raise Forbidden("Only owner and organizer bring this activity to Outlook.")


def check_organizer_stays(edited: Edited, link: Link | None) -> None:
    """Raises `OwnedByOutlook`: a meeting that exists, or is under way, changes its organizer in Outlook only."""
    if link is not None and edited.before.organizer.id != edited.after.organizer.id:
        raise OwnedByOutlook(
            "The organizer of a linked meeting is changed in Outlook.", fields=["organizer"]
        )
