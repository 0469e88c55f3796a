from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class FilePerson:
    address: str
    name: str = ""
    type: str = "required"
    response: str = "none"


@dataclass(frozen=True, slots=True)
class FileEvent:
    """A meeting of the file, in UTC. A whole-day one floats: its midnights are written as if in
    UTC. `time_zone` is an IANA name, or None where the file used rules of its own."""

    subject: str
    start: datetime
    end: datetime
    all_day: bool = False
    time_zone: str | None = None
    uid: str | None = None
    sequence: int = 0
    location: str = ""
    body: str = ""
    organizer: FilePerson | None = None
    attendees: tuple[FilePerson, ...] = ()
    sensitivity: str = "normal"
    categories: tuple[str, ...] = ()
    # Of a series, as Graph writes it; `changed` are occurrences by the days they replace.
    recurrence: Mapping[str, Any] | None = None
    cancelled_days: frozenset[date] = frozenset()
    changed: tuple["FileEvent", ...] = ()
    # Of a changed occurrence, or of one of the single meetings that stand for a series: the
    # moment, or the day, that the file names.
    original: date | None = None
    original_day: date | None = None


@dataclass(slots=True)
class Problems:
    """Sentences about one event, each naming it the same way."""

    label: str
    sentences: list[str] = field(default_factory=list)

    def add(self, what: str) -> None:
        sentence = f"{self.label}: {what}."
        if sentence not in self.sentences:  # start and end often have the same fault
            self.sentences.append(sentence)


class LeftOut(Exception):
    """This event cannot be loaded."""
