"""Whose data: who may see what, beyond the CRM's own rules of changing. Pure; a test goes through it line by line."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from liaison.crm import rights
from liaison.crm.model import Activity


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. An administrator need not be a representative."""

    representative_id: UUID | None
    is_administrator: bool = False


def may_see(activity: Activity, viewer: Viewer) -> bool:
    """Confidential ones are for those in them; deleted ones for owner, organizer and administrators."""
    own = viewer.representative_id
    if own is None or not rights.may_see(activity, own):
        return False
    is_present = activity.deleted_at is None
    return is_present or viewer.is_administrator or rights.is_in_charge(activity, own)


def may_read_values(activity: Activity | None, viewer: Viewer) -> bool:
    """Values of the log follow the activity; administrators read those of all but confidential ones.

    Without an activity there is nothing to follow: then codes only.
    """
    if activity is None:
        return False
    if viewer.is_administrator and not activity.confidential:
        return True
    return may_see(activity, viewer)
