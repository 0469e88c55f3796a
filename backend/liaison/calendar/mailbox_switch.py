"""What follows for the mailboxes when somebody is switched on or off, gets or loses one, or the policy changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.stores import mailboxes, noted
from liaison.people.model import Representative
from liaison.people.representatives import list_representatives
from liaison.policy.settings import Policy
from liaison.policy.values import Capture

_OF_CAPTURE = (
    "capture",
    "category_name",
    "capture_internal",
    "outside_organizer",
    "internal_domains",
    "private",
)


def representative_switched(
    session: Session, representative: Representative, now: datetime
) -> list[UUID]:
    """Follow the mailbox from now on, or not any more; which mailboxes to wake a worker for after the commit.

    May be repeated. The next run resumes or freezes the links, and says so in the log.
    """
    wanted = representative.is_synced and representative.is_complete
    if wanted:
        mailboxes.follow_mailbox(session, representative.id, now)
    elif mailboxes.find_mailbox(session, representative.id) is None:
        return []
    else:
        mailboxes.save_mailbox(session, representative.id, {"is_followed": False})
    noted.make_due(session, representative.id, now)
    return [representative.id]


def people_imported(session: Session, now: datetime) -> list[UUID]:
    """Follow the mailboxes that active people have by now, and leave those they lost; which to wake a worker for."""
    active = [one for one in list_representatives(session) if one.is_synced]
    followed = mailboxes.find_followed(session, [one.id for one in active])
    changed = [one for one in active if one.is_complete is not (one.id in followed)]
    return [woken for one in changed for woken in representative_switched(session, one, now)]


def policy_changed(
    session: Session, before: Policy, after: Policy, now: datetime
) -> Sequence[UUID]:
    """Every mailbox is looked at under the new policy; whom to wake a worker for.

    Another window, and what else may be captured now, is read at once from its beginning.
    """
    is_other = before.window(now) != after.window(now)
    if after.capture is not Capture.LINKED:
        is_other |= any(getattr(before, name) != getattr(after, name) for name in _OF_CAPTURE)
    return mailboxes.make_all_due(session, now, new_window=is_other)
