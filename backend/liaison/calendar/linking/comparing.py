"""Where an open meeting and its activity differ, for whoever looks at both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from liaison.calendar.crm_changes import governing_copy
from liaison.calendar.linking.values import Difference, FoundMeeting
from liaison.calendar.model import SYNCED_FIELDS, Link, Synced
from liaison.calendar.rules import synced
from liaison.calendar.rules.contests import is_open
from liaison.calendar.rules.differences import keeps_apart
from liaison.calendar.rules.private import UNSTORED, shows_times_only, veil
from liaison.calendar.sights import offer
from liaison.crm.model import Activity
from liaison.outlook.model import CalendarEvent
from liaison.policy.settings import Policy
from liaison.policy.values import Owner


def compare(
    found: FoundMeeting,
    link: Link | None,
    tied: Sequence[Link],
    activity: Activity | None,
    policy: Policy,
) -> tuple[Difference, ...]:
    """The synced fields in which the open meeting and its activity differ. `tied`: all links of the meeting's series."""
    if activity is None or link is None:
        return ()
    private = policy.private
    is_of_series = found.master is not None and link.original_start is None
    event = found.master if found.master and is_of_series else found.event
    let_in = veil(event, private, event.organizer)
    outlook, crm = offer(let_in, tied, private), synced.from_activity(activity)
    unstored = UNSTORED if shows_times_only(event, private) else ()
    if not _governs(event, link):
        outlook, crm = _without_responses(outlook), _without_responses(crm)
    return tuple(
        Difference(
            name,
            synced.field_to_json(outlook, name),
            synced.field_to_json(crm, name),
            conflict=is_open(link, name),
            apart=keeps_apart(link, _owner(policy, link, name), name, outlook, crm),
        )
        for name in SYNCED_FIELDS
        if name not in unstored and outlook.value(name) != crm.value(name)
    )


def _owner(policy: Policy, link: Link, name: str) -> Owner:
    copy = governing_copy(link)
    if copy is None or not copy.is_organizer:
        return Owner.OUTLOOK
    owner: Owner = getattr(policy.owners, "time" if name == "recurrence" else name)
    return owner


def _governs(event: CalendarEvent, link: Link) -> bool:
    """Whether this copy is the one that tells what people answered; an invitee's knows but his own answer."""
    others = any(copy.is_organizer and copy.is_present for copy in link.copies)
    return event.is_organizer or not others


def _without_responses(values: Synced) -> Synced:
    people = tuple(replace(one, response="none") for one in values.participants)
    return replace(values, participants=people)
