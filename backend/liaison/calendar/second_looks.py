"""What Outlook shows of linked meetings, for the reconcile: many at a time where they lie close together.

Nothing is believed to be gone because an id that we remember leads nowhere: the meeting is then looked for by its
iCalUId. No database here, only the network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from liaison.calendar.model import Link, Scope
from liaison.calendar.observe import Observer
from liaison.calendar.progress import Progress
from liaison.calendar.rules.situation import Observation, Seen
from liaison.calendar.rules.spans import Group, may_govern
from liaison.errors import (
    ConsentMissing,
    GatewayError,
    MailboxUnavailable,
    RequestRejected,
    Throttled,
)
from liaison.outlook.model import CalendarEvent, EventKind

# After so many in a row it may not be the meetings: the mailbox itself is asked whether it answers.
FAILURES_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a link's meeting: an observation, a failure, or nothing that had to be looked at."""

    link: Link
    observation: Observation | None = None
    error: GatewayError | None = None


@dataclass(frozen=True, slots=True)
class _Listed:
    """The single meetings of a span, by id and by iCalUId."""

    by_id: Mapping[str, CalendarEvent]
    by_uid: Mapping[str, CalendarEvent]

    def find(self, run: Progress, link: Link) -> CalendarEvent | None:
        """The meeting by the id that is remembered, else by what it is. An id that leads to another one counts as lost."""
        copy = link.copy_of(run.row.id)
        by_id = self.by_id.get(copy.event_id) if copy else None
        if by_id is not None and by_id.ical_uid == link.ical_uid:
            return by_id
        return self.by_uid.get(link.ical_uid)


NOTHING_LISTED = _Listed({}, {})


def look_at(run: Progress, group: Group) -> Iterator[Look]:
    """A look at each link. Raises `GatewayError` for what concerns the mailbox as a whole."""
    listed = _list(run, group)
    failures = 0
    for link in group.links:
        event = listed.find(run, link)
        if event is not None:
            yield Look(link, Seen(event))
        elif not _has_to_be_looked_up(run, link):
            yield Look(link)
        else:
            look = tolerating(link, partial(_observe, run, link), run.observer)
            failures = failures + 1 if look.error else 0
            if failures >= FAILURES_IN_A_ROW:
                run.tools.outlook.directory.probe_mailbox(run.mailbox)
                failures = 0
            yield look


def find_by_meeting(run: Progress, link: Link) -> Observation | None:
    """The copy of this meeting in the mailbox, whatever its id; None where there is none. Raises `GatewayError`."""
    found = run.calendars.list_by_ical_uid(run.mailbox, link.ical_uid)
    run.observer.has_answered = True
    own = [event for event in found if event.is_organizer] or found
    return run.observer.observe(own[0].event_id) if own else None


def _list(run: Progress, group: Group) -> _Listed:
    if group.span is None:
        return NOTHING_LISTED
    try:
        events = run.calendars.list_between(run.mailbox, *group.span)
    except RequestRejected as error:
        if error.is_of_sign_in:
            raise
        # A span that cannot be listed says nothing about the meetings in it.
        return NOTHING_LISTED
    run.observer.has_answered = True
    single = [event for event in events if event.kind is EventKind.SINGLE_INSTANCE]
    return _Listed(
        {event.event_id: event for event in single}, {event.ical_uid: event for event in single}
    )


def _has_to_be_looked_up(run: Progress, link: Link) -> bool:
    """Of a copy that another one stands above only its presence matters, and that is its own mailbox's to notice."""
    return may_govern(link, run.row.id)


def tolerating(link: Link, look: Callable[[], Observation | None], observer: Observer) -> Look:
    """What the look shows, or what hinders it, as far as that is this meeting's alone."""
    try:
        return Look(link, look())
    except (Throttled, ConsentMissing):
        raise
    except MailboxUnavailable:
        return Look(link, error=observer.of_one_item())
    except GatewayError as error:
        if error.is_of_sign_in:
            raise
        return Look(link, error=error)


def _observe(run: Progress, link: Link) -> Observation:
    copy = link.copy_of(run.row.id)
    if copy is None:
        raise ValueError("A link without a copy here is not looked up by it.")
    try:
        observation = run.observer.observe(copy.event_id)
    except RequestRejected:
        found = find_by_meeting(run, link)
        if found is None:
            raise
        return found
    if isinstance(observation, Seen) and _is_that_of(observation.event, link):
        return observation
    return find_by_meeting(run, link) or observation


def _is_that_of(event: CalendarEvent, link: Link) -> bool:
    return link.scope is Scope.OCCURRENCE or event.ical_uid == link.ical_uid
