"""The kinds of values that keys of the policy take. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum

UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
WRITTEN = re.compile(r"(\d{1,5}) *(min|minute|hour|day)s?", re.IGNORECASE)


class Capture(StrEnum):
    """Which meetings become activities."""

    LINKED = "linked"
    CATEGORY = "category"
    ALL = "all"


class FollowPast(StrEnum):
    """Whether a linked meeting whose end is past is still followed."""

    ALWAYS = "always"
    PUSH = "push"
    NEVER = "never"


class OutsideOrganizer(StrEnum):
    """What a captured meeting of an outside organizer becomes."""

    STUB = "stub"
    IGNORE = "ignore"


class UnknownParticipants(StrEnum):
    """Whether people nobody knows mark the activity for editing."""

    KEEP = "keep"
    REVIEW = "review"


class Owner(StrEnum):
    """Whose changes of a field count."""

    OUTLOOK = "outlook"
    CRM = "crm"
    BOTH = "both"


class Conflict(StrEnum):
    """Who wins where both sides changed the same field."""

    OUTLOOK_WINS = "outlook-wins"
    CRM_WINS = "crm-wins"
    HOLD = "hold"


class Transfer(StrEnum):
    """Which activities are brought to Outlook."""

    FLAGGED = "flagged"
    ALL = "all"


class OnRemoval(StrEnum):
    """What becomes of the activity when its meeting is cancelled or deleted."""

    CANCEL = "cancel"
    MARK = "mark"
    DELETE = "delete"
    KEEP = "keep"


class OnCrmDelete(StrEnum):
    """What becomes of the meeting when its activity is deleted."""

    CANCEL = "cancel"
    LEAVE = "leave"


class Private(StrEnum):
    """What is done with private and confidential meetings."""

    SKIP = "skip"
    BUSY_ONLY = "busy-only"
    OWNER_ONLY = "owner-only"
    INCLUDE = "include"


@dataclass(frozen=True, slots=True)
class Owners:
    """Who owns each synced field. The notes are always Outlook's."""

    subject: Owner = Owner.OUTLOOK
    notes: Owner = Owner.OUTLOOK
    time: Owner = Owner.OUTLOOK
    place: Owner = Owner.OUTLOOK
    participants: Owner = Owner.OUTLOOK

    def fields_of(self, *owners: Owner) -> frozenset[str]:
        """The synced fields that one of these owns."""
        return frozenset(f.name for f in fields(self) if getattr(self, f.name) in owners)


@dataclass(frozen=True, slots=True)
class Interval:
    """A number of minutes, hours or days."""

    number: int
    unit: str

    @property
    def span(self) -> timedelta:
        """How long it is."""
        return self.number * UNITS[self.unit]

    def __str__(self) -> str:
        """As people write it: 5 minutes, 1 hour."""
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"


def find_interval(text: str) -> Interval | None:
    """What "5 minutes", "5 min" or "1 hour" means."""
    match = WRITTEN.fullmatch(text.strip())
    if match is None or int(match[1]) == 0:
        return None
    unit = match[2].lower()
    return Interval(int(match[1]), "minute" if unit == "min" else unit)
