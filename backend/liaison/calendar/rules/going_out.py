"""What the CRM's side brings to a meeting: what has to be written, what may not, and what was written. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from liaison.calendar.model import Link, Scope, Synced
from liaison.calendar.rules import synced
from liaison.calendar.rules.arrival import Sent, to_send, what_arrived
from liaison.calendar.rules.decision import ChangeEvent, Remark
from liaison.calendar.rules.identities import organizes
from liaison.calendar.rules.merge import Merged
from liaison.calendar.rules.occurrence_changes import unreachable
from liaison.calendar.rules.series import key_of, occurrence_at
from liaison.calendar.rules.situation import Situation
from liaison.crm.model import OccurrenceException
from liaison.crm.recurring import when_changed
from liaison.outlook.model import CalendarEvent


@dataclass(frozen=True, slots=True)
class GoingOut:
    """`change`: what is to be written. `remarks`: why some of it is not. `before`, `after`: what was written."""

    change: ChangeEvent | None
    remarks: tuple[Remark, ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def on_its_way(self) -> Sent:
        """The values that the link remembers until Outlook shows them."""
        return to_send(self.change)


def going_out(
    situation: Situation, link: Link, event: CalendarEvent, merged: Merged, offered: Synced
) -> GoingOut:
    """What of the merged fields goes to this event."""
    fields = _as_outlook_wants(merged, merged.outgoing(offered))
    remarks: list[Remark] = []
    if "place" in fields and event.places > 1:
        # Outlook would put the one place instead of them all.
        fields = fields.difference({"place"})
        remarks.append(
            Remark("unsupported", {"why": "the meeting has several places", "partly": True})
        )
    nobody = _unreachable(merged)
    if "participants" in fields and nobody:
        # The list is written as a whole: without them it would take them out of the meeting.
        fields = fields.difference({"participants"})
        why = f"{nobody} has no usable address, so that the list of people cannot be written"
        remarks.append(Remark("unsupported", {"why": why, "partly": True}))
    ahead = tuple(one for one in merged.occurrences if not _has_passed(event, one, situation.now))
    is_past = bool(fields or ahead) and _is_past(situation, merged, offered)
    if is_past or ahead != merged.occurrences:
        remarks.append(Remark("past-never-written"))
    occurrences = () if is_past else ahead
    remarks += [_left_out(name) for name in unreachable(occurrences)]
    fields = frozenset() if is_past else fields
    change = ChangeEvent(
        event.event_id,
        event.etag,
        fields,
        merged.wanted,
        replaced=offered,
        original_start=link.original_start if link.scope is Scope.OCCURRENCE else None,
        occurrences=occurrences,
    )
    before, after = what_arrived(situation, link, offered)
    is_needed = bool(fields or occurrences)
    return GoingOut(change if is_needed else None, tuple(remarks), before, after)


def _as_outlook_wants(merged: Merged, fields: frozenset[str]) -> frozenset[str]:
    """The time of a series is written with how it repeats: its range begins on the day of its first occurrence."""
    timing = {"time", "recurrence"}
    has_both = merged.wanted.recurrence is not None and timing & fields
    return fields | timing if has_both else fields


def _is_past(situation: Situation, merged: Merged, offered: Synced) -> bool:
    """What is over is not written, nor is anything moved to where it would be."""
    return any(synced.is_over(value, situation.now) for value in (offered, merged.wanted))


def _has_passed(event: CalendarEvent, exception: OccurrenceException, now: datetime) -> bool:
    """Whether this occurrence is over where it is, or would be where the CRM has it."""
    shown = occurrence_at(event, key_of(exception.original_start))
    if shown is None or event.recurrence is None:
        return False
    meant = when_changed(event.recurrence, event.when, exception)
    return shown.when.is_over(now) or meant.is_over(now)


def _left_out(name: str) -> Remark:
    why = f"{name} has no usable address, and cannot be written into an occurrence"
    return Remark("unsupported", {"why": why, "partly": True})


def _unreachable(merged: Merged) -> str:
    """Somebody who would have to be written without an address."""
    people = merged.wanted.participants
    return next((one.name for one in people if not one.address and not organizes(one)), "")
