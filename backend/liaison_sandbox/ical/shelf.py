"""Puts together what a file says in several places about one meeting, by its UID."""

from dataclasses import dataclass, field, replace
from datetime import date

from liaison_sandbox.ical.model import FileEvent, LeftOut, Problems
from liaison_sandbox.ical.repeating import day_in


@dataclass(slots=True)
class _Meeting:
    """`singles` stand for a series that cannot be held, by day where one is known."""

    sequence: int = 0
    whole: list[FileEvent] = field(default_factory=list)
    changed: dict[date, tuple[FileEvent, Problems]] = field(default_factory=dict)
    cancelled: set[date] = field(default_factory=set)


class Shelf:
    def __init__(self) -> None:
        self._meetings: dict[str, _Meeting] = {}

    def put(self, number: int, found: list[FileEvent], problems: Problems) -> None:
        """The newer one of two versions wins; files of some programs lack UIDs."""
        first = found[0]
        meeting = self._meeting(first.uid or f"without a UID: {number}")
        if meeting.whole and meeting.sequence > first.sequence:
            raise LeftOut("a newer version of the same meeting stands above")
        if meeting.whole:
            problems.add("the same meeting stands above; this later version replaces it")
        meeting.whole, meeting.sequence = found, first.sequence

    def put_changed(
        self, number: int, event: FileEvent, original: date, problems: Problems
    ) -> None:
        meeting = self._meeting(event.uid or f"without a UID: {number}")
        known = meeting.changed.get(original)
        if known is not None and known[0].sequence > event.sequence:
            raise LeftOut("a newer version of the same meeting stands above")
        meeting.changed[original] = (event, problems)

    def cancel(self, uid: str, original: date | None) -> None:
        if original is None:
            self._meetings.pop(uid, None)
        elif uid:
            self._meeting(uid).cancelled.add(original)

    def empty(self) -> list[FileEvent]:
        """All that is left at the end of the file."""
        return [event for meeting in self._meetings.values() for event in _joined(meeting)]

    def _meeting(self, key: str) -> _Meeting:
        return self._meetings.setdefault(key, _Meeting())


def _joined(meeting: _Meeting) -> list[FileEvent]:
    if not meeting.whole:
        for _, problems in meeting.changed.values():
            problems.add(
                "it changes one meeting of a series that is not in the file; it is loaded as a "
                "single meeting"
            )
        return [event for event, _ in meeting.changed.values()]
    first, *others = meeting.whole
    cancelled = {day_in(first, one) for one in meeting.cancelled}
    changed = {day_in(first, at): event for at, (event, _) in meeting.changed.items()}
    changed = {day: event for day, event in changed.items() if day not in cancelled}
    if first.recurrence is not None:
        members = tuple(replace(one, original_day=day) for day, one in changed.items())
        return [
            replace(first, changed=members, cancelled_days=first.cancelled_days | cancelled),
            *others,
        ]
    gone = changed.keys() | cancelled
    kept = [one for one in meeting.whole if day_in(first, one.original or one.start) not in gone]
    return [*kept, *changed.values()]
