"""From an activity to the event that is made of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from liaison.calendar.rules.attendees import shall_be_invited
from liaison.calendar.rules.occurrence_changes import unreachable
from liaison.calendar.rules.own_lines import lines_of, with_lines
from liaison.calendar.rules.series_ahead import series_ahead
from liaison.crm.activity_changes import ORGANIZER, same_person
from liaison.crm.model import Activity, OccurrenceException, Participant
from liaison.outlook.model import Attendee, EventDraft, Role
from liaison.policy.settings import Policy
from liaison.recurrence.model import ImpossibleRecurrence, Recurrence
from liaison.times import When


@dataclass(frozen=True, slots=True)
class Draft:
    """The event to be made.

    `exceptions`: occurrences that are changed or cancelled. Graph makes a series without them: they are written
    afterwards, and only then are the guests invited (`event` has no attendees then, `guests` has them), so that
    nobody gets an invitation and a correction of it. `unreachable`: who shall be invited but has no address, by name.
    """

    event: EventDraft
    guests: tuple[Attendee, ...]
    exceptions: tuple[OccurrenceException, ...] = ()
    unreachable: tuple[str, ...] = ()


def draft_of(
    activity: Activity,
    policy: Policy,
    *,
    public_url: str,
    transaction_id: str,
    marker: str,
    now: datetime,
) -> Draft:
    """The event of an activity, a series from its next occurrence on.

    Raises `ImpossibleRecurrence`, with a sentence, where Outlook has no such series or nothing of it lies ahead.
    """
    when, recurrence, exceptions = _times(activity, now)
    guests = guests_of(activity)
    event = EventDraft(
        subject=activity.subject,
        notes=with_lines(activity.notes, lines_of(activity, policy, public_url)),
        when=when,
        place=activity.place,
        attendees=() if exceptions else guests,
        transaction_id=transaction_id,
        marker=marker,
        recurrence=recurrence,
    )
    nobody = [one.name for one in _invited(activity) if not one.address]
    return Draft(event, guests, exceptions, (*nobody, *unreachable(exceptions)))


def guests_of(activity: Activity) -> tuple[Attendee, ...]:
    """Whom Exchange invites: who shall be, and has an address, once each."""
    found = {
        one.address: Attendee(one.name, one.address, _role(one))
        for one in reversed(_invited(activity))
        if one.address and one.address != activity.organizer.address
    }
    return tuple(reversed(found.values()))


def _times(
    activity: Activity, now: datetime
) -> tuple[When, Recurrence | None, tuple[OccurrenceException, ...]]:
    if activity.recurrence is None:
        return activity.when, None, ()
    ahead = series_ahead(activity.recurrence, activity.when, now)
    if ahead is None:
        raise ImpossibleRecurrence("Nothing of this series lies ahead.")
    return ahead.when, ahead.recurrence, ahead.exceptions


def _invited(activity: Activity) -> list[Participant]:
    return [
        one
        for one in activity.participants
        if one.response != ORGANIZER
        and not same_person(one, activity.organizer)
        and shall_be_invited(one)
    ]


def _role(one: Participant) -> Role:
    return Role(one.role) if one.role in set(Role) else Role.REQUIRED
