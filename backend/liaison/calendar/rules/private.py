"""What of a private meeting the CRM may hold. Pure: the same for what is linked, captured, planned and shown.

The policy keeps such a meeting out altogether (skip), lets in that somebody is busy (busy-only), shows the activity to
its owner and participants (owner-only), or treats it like any other (include). Judged on the copy that governs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from liaison.calendar.model import Synced
from liaison.calendar.rules.decision import Remark
from liaison.crm.model import Activity, ActivityRecurrence
from liaison.outlook.model import Attendee, CalendarEvent, Organizer, Response
from liaison.policy.values import Private
from liaison.reasons.model import Outcome

BUSY_SUBJECT = "Private appointment"
# What of a private meeting is not stored, and therefore Outlook's whoever owns it otherwise.
UNSTORED = frozenset({"subject", "notes", "place", "participants"})
_TIMES = {"start", "end", "timeZone", "allDay"}


def shows_times_only(event: CalendarEvent, private: Private) -> bool:
    """Whether nothing but the times of this event may be stored."""
    return event.is_private and private is Private.BUSY_ONLY


def is_for_its_people(event: CalendarEvent, private: Private) -> bool:
    """Whether only owner and participants may see the activity of this event."""
    return event.is_private and private is Private.OWNER_ONLY


def veil(event: CalendarEvent, private: Private, owner: Organizer) -> CalendarEvent:
    """The event as far as the policy lets it in. `owner`: whose calendar shows it; applied twice it changes nothing."""
    if private is not Private.BUSY_ONLY:
        return event
    if event.is_private:
        parts = [replace(one, sensitivity=event.sensitivity) for one in event.exceptions]
        bare = _bare(event, owner)
        return replace(bare, exceptions=tuple(_bare(one, owner) for one in parts))
    if any(one.is_private for one in event.exceptions):
        shown = (_bare(one, owner) if one.is_private else one for one in event.exceptions)
        return replace(event, exceptions=tuple(shown))
    return event


def is_bare(value: Synced) -> bool:
    """Whether these values are those of a meeting of which only the times were stored."""
    texts = (value.subject, value.notes, value.place)
    is_alone = len(value.participants) <= 1
    repeats = _bare_recurrence(value.recurrence) == value.recurrence
    return texts == (BUSY_SUBJECT, "", "") and is_alone and repeats


def outlooks_own(event: CalendarEvent, private: Private, baseline: Synced | None) -> frozenset[str]:
    """The fields that are Outlook's because they are not stored; also when they are stored again."""
    was_bare = baseline is not None and is_bare(baseline)
    return UNSTORED if was_bare or shows_times_only(event, private) else frozenset()


def must_forget(event: CalendarEvent, private: Private, baseline: Synced | None) -> bool:
    """Whether a meeting of which more was stored turned private: the log forgets what it held of it."""
    if baseline is None or not shows_times_only(event, private):
        return False
    return not is_bare(baseline)


def private_members(
    event: CalendarEvent,
    private: Private,
    activity: Activity | None,
    baseline: Synced | None = None,
) -> Mapping[str, Any]:
    """Members of the activity that follow from the event's being private, or not any more.

    What was for its people only does not become visible by hiding the rest of it, nor by linking it to a meeting that
    never was private.
    """
    if is_for_its_people(event, private):
        return {} if activity and activity.confidential else {"confidential": True}
    if activity is None:
        return {}
    if shows_times_only(event, private):
        bare = _bare_recurrence(activity.recurrence)
        return {} if bare == activity.recurrence else {"recurrence": bare}
    was_private = baseline is not None and baseline.is_private
    return {"confidential": False} if activity.confidential and was_private else {}


def private_remarks(
    event: CalendarEvent, private: Private, baseline: Synced | None, activity: Activity | None
) -> tuple[Remark, ...]:
    """What to say when the meeting turns private, or is private when it comes in."""
    was_for_all = activity is None or not activity.confidential
    was_whole = baseline is None or not is_bare(baseline)
    is_news = (is_for_its_people(event, private) and was_for_all) or (
        shows_times_only(event, private) and was_whole
    )
    facts = {"form": private.value}
    return (Remark("private", facts, Outcome.APPLIED),) if is_news else ()


def _bare(event: CalendarEvent, owner: Organizer) -> CalendarEvent:
    """An activity has somebody who organizes it; where that may not be told it is the owner of the calendar."""
    is_own = event.is_organizer
    there = Attendee(owner.name, owner.address, response=Response.ORGANIZER)
    return replace(
        event,
        subject=BUSY_SUBJECT,
        notes="",
        place="",
        places=0,
        organizer=event.organizer if is_own else Organizer("", ""),
        attendees=() if is_own else (there,),
    )


def _bare_recurrence(recurrence: ActivityRecurrence | None) -> ActivityRecurrence | None:
    """How it repeats, of its changed occurrences the times only."""
    if recurrence is None:
        return None
    exceptions = (
        replace(one, fields={name: one.fields[name] for name in one.fields if name in _TIMES})
        for one in recurrence.exceptions
    )
    return replace(recurrence, exceptions=tuple(exceptions))
