"""What an edit in the CRM means for the activity's link, within the edit's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from liaison.calendar.crm_changes import note_crm_changes
from liaison.calendar.linking.link import pass_of
from liaison.calendar.model import Link, LinkState
from liaison.calendar.passes import Pass
from liaison.calendar.rules import log_values
from liaison.calendar.rules.endings import ended, whose
from liaison.calendar.rules.outgoing import asks_for_event, is_over, leaves_meeting
from liaison.calendar.rules.series_edits import (
    check_order,
    check_series_edit,
    dropped_exceptions,
)
from liaison.calendar.stores import decisions, links
from liaison.calendar.tools import Tools
from liaison.crm.model import Activity
from liaison.people.model import Representative
from liaison.policy.store import read_policy

REASON, DROPPED = "event-cancelled-by-crm", "exceptions-dropped"
WRITTEN = ("subject", "when", "place", "recurrence", "participants", "organizer")
SWITCHES = ("transfer_to_outlook", "status", "deleted_at", "type")
SERIES = ("recurrence", "when", "transfer_to_outlook")


def follow_crm_edit(
    session: Session, tools: Tools, before: Activity, after: Activity, own: Representative
) -> None:
    """What was changed is noted for Outlook. An activity that is cancelled or deleted may leave its meeting alone."""
    link = links.find_link_of_activity(session, after.id)
    policy = read_policy(session)
    is_ending = is_over(after) and not is_over(before)
    if is_ending and link is not None and leaves_meeting(link, policy.policy):
        _end(session, link, before, after, pass_of(tools, own, policy), own)
    if link is None or link.awaits_event or link.state is LinkState.ENDED:
        _log_dropped(session, before, after, pass_of(tools, own, policy), own)
    note_crm_changes(session, tools, [after.id])


def check_series(
    session: Session, after: Activity, before: Activity | None, *, now: datetime
) -> None:
    """Raises `InvalidRequest` or `OccurrenceStaysCancelled` for what Outlook cannot do with a series that is there or comes there."""
    if before is not None and not _differs(before, after, SERIES):
        return
    link = links.find_link_of_activity(session, after.id)
    if before is not None and link is not None and not link.awaits_event:
        check_series_edit(before, after, now)
    elif link is not None or asks_for_event(after, read_policy(session).policy):
        check_order(after)


def causes_write(session: Session, before: Activity, after: Activity) -> bool:
    """Whether this edit has something written to the organizer's calendar."""
    changed = _differs(before, after, WRITTEN)
    policy = read_policy(session).policy
    link = links.find_link_of_activity(session, after.id)
    if link is None or link.awaits_event:
        asks = asks_for_event(after, policy) or link is not None
        return asks and bool(changed | _differs(before, after, SWITCHES))
    if is_over(after) and not is_over(before):
        return not leaves_meeting(link, policy)
    organizes = any(copy.is_organizer and copy.is_followed for copy in link.copies)
    return organizes and bool(changed)


def _differs(before: Activity, after: Activity, names: Iterable[str]) -> set[str]:
    return {name for name in names if getattr(before, name) != getattr(after, name)}


def _log_dropped(
    session: Session, before: Activity, after: Activity, this: Pass, own: Representative
) -> None:
    """Of a series in Outlook the log tells it when Outlook has it; of others nobody else would."""
    dropped = dropped_exceptions(before, after)
    if not dropped:
        return
    members = {"recurrence": after.recurrence}
    entry = this.entry(
        DROPPED,
        "change-activity",
        mailbox_id=own.id,
        activity_id=after.id,
        before=log_values.values_of(before, members),
        after=log_values.to_log(members),
        facts={
            "count": len(dropped),
            **({"confidential": True} if after.confidential else {}),
        },
    )
    decisions.log_decisions(session, [entry])


def _end(
    session: Session,
    link: Link,
    before: Activity,
    after: Activity,
    this: Pass,
    own: Representative,
) -> None:
    links.save_links(session, [(link, ended(REASON, own.name, this.now))])
    members = {"status": after.status, "deleted_at": after.deleted_at}
    was, now_is = log_values.only_changes(
        log_values.values_of(before, members), log_values.to_log(members)
    )
    entry = this.entry(REASON, "end-link", before=was, after=now_is, **whose(link, own.id))
    decisions.log_decisions(session, [entry])
