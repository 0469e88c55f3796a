"""What a decision changed, in words: as parts of a sentence, and as a list of "was -> is". Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from liaison.reasons import people
from liaison.reasons.moments import moment_words, read_moment, span_words

Values = Mapping[str, Any]
NOTHING = "nothing"

LABELS = {
    "subject": "Subject",
    "notes": "Notes",
    "start": "Start",
    "end": "End",
    "timeZone": "Time zone",
    "allDay": "All day",
    "location": "Place",
    "organizer": "Organizer",
    "participants": "People",
    "status": "Status",
    "outcome": "Outcome",
    "nextStep": "Next step",
    "internalNotes": "Internal notes",
    "regarding": "Regarding",
    "deletedAt": "Deleted",
    "review": "Marked for editing",
    "confidential": "Confidential",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what it was and what it is, in words."""

    field: str
    was: str
    now: str


def list_changes(before: Values, after: Values, zone: ZoneInfo, year: int) -> tuple[Change, ...]:
    """Every field that changed, in the order of the registry of labels."""
    return tuple(
        Change(label, _value(before.get(name), zone, year), _value(after[name], zone, year))
        for name, label in LABELS.items()
        if name in after and before.get(name) != after[name]
    )


def phrase_changes(before: Values, after: Values, zone: ZoneInfo, year: int) -> list[str]:
    """What changed, as parts of a sentence: moved from …, renamed from …"""
    phrases = [
        *_time_phrases(before, after, zone, year),
        *_text_phrases("subject", "renamed", before, after),
        *_text_phrases("location", "place changed", before, after),
    ]
    if "notes" in after:
        phrases.append("notes changed")
    if "participants" in after:
        phrases += people.phrases(before.get("participants") or (), after["participants"])
    if "recurrence" in after:
        phrases.append(_repeats(before.get("recurrence"), after["recurrence"]))
    if after.get("review"):
        phrases.append("activity marked for editing")
    if "confidential" in after:
        seen = "its owner and participants" if after["confidential"] else "everybody in the CRM"
        phrases.append(f"activity now visible to {seen}")
    return phrases


def join(parts: Sequence[str]) -> str:
    """One, two and three: one, two and three."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _time_phrases(before: Values, after: Values, zone: ZoneInfo, year: int) -> list[str]:
    found = []
    names = [name for name in ("start", "end") if before.get(name) and after.get(name)]
    if names == ["start", "end"]:
        found.append(_moved(before, after, zone, year))
    for name, verb in (("start", "begins"), ("end", "ends")):
        if names == [name]:
            was, now = (moment_words(values[name], zone, year) for values in (before, after))
            found.append(f"now {verb} {now} instead of {was}")
    if before.get("timeZone") and after.get("timeZone"):
        found.append(f"time zone changed from {before['timeZone']} to {after['timeZone']}")
    return found


def _moved(before: Values, after: Values, zone: ZoneInfo, year: int) -> str:
    if _length(before, zone) == _length(after, zone):
        was, now = (moment_words(values["start"], zone, year) for values in (before, after))
    else:
        was, now = (span_words(v["start"], v["end"], zone, year) for v in (before, after))
    return f"moved from {was} to {now}"


def _length(values: Values, zone: ZoneInfo) -> tuple[type, Any]:
    start, end = (read_moment(values[name], zone) for name in ("start", "end"))
    return type(start), end - start


def _text_phrases(name: str, verb: str, before: Values, after: Values) -> list[str]:
    if name not in after:
        return []
    was, now = (f'"{values[name]}"' if values.get(name) else NOTHING for values in (before, after))
    return [f"{verb} from {was} to {now}"]


def _repeats(before: Values | None, after: Values | None) -> str:
    if before is None or after is None:
        return "made a series" if after else "made a single meeting"
    is_same_rule = before.get("rule") == after.get("rule")
    return "single occurrences changed" if is_same_rule else "it repeats on other days"


def _value(value: Any, zone: ZoneInfo, year: int) -> str:
    match value:
        case None | "" | [] | ():
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case str() if _is_moment(value):
            return moment_words(value, zone, year)
        case Mapping():
            return people.name_of(value)
        case list() | tuple():
            return join([people.name_of(one) for one in value])
    return str(value)


def _is_moment(text: str) -> bool:
    """A date or an instant as the log stores it."""
    try:
        read_moment(text, ZoneInfo("UTC"))
    except ValueError:
        return False
    return text[4:5] == "-"
