"""What a decision changed, as parts of a sentence. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from liaison.reasons import people
from liaison.reasons.moments import moment_words, read_moment, span_words
from liaison.reasons.occurrences import exception_phrases

Values = Mapping[str, Any]
NOTHING = "nothing"


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
        phrases += _repeats(before.get("recurrence"), after["recurrence"], zone, year)
    if after.get("review"):
        phrases.append("activity marked for editing")
    if "confidential" in after:
        seen = "its owner and participants" if after["confidential"] else "everybody in the CRM"
        phrases.append(f"activity now visible to {seen}")
    return phrases


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


def _repeats(before: Values | None, after: Values | None, zone: ZoneInfo, year: int) -> list[str]:
    if before is None or after is None:
        return ["made a series" if after else "made a single meeting"]
    if before.get("rule") != after.get("rule"):
        return ["it repeats on other days"]
    return exception_phrases(before, after, zone, year)
