"""What a person wishes of one occurrence of a series alone: every value as it would be taken of an activity. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import available_timezones

DIFFERING = {"subject", "location", "timeZone", "allDay", "start", "end"}
TEXTS, TIMES = ("subject", "location"), ("start", "end")
LONGEST = 500
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Wrong(Exception):
    """What is wrong, as a sentence."""


def read_fields(wished: Any, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they are stored. `kept`: those that the occurrence has already, which may be sent back. Raises `Wrong`."""
    if not isinstance(wished, Mapping):
        raise Wrong("The fields of an exception are the names of an activity's.")
    new = {name: value for name, value in wished.items() if kept.get(name, ...) != value}
    unknown = set(new) - DIFFERING
    if unknown:
        raise Wrong(f"{', '.join(sorted(unknown))} of one occurrence cannot be changed here.")
    for name in TEXTS:
        if name in new:
            _check_text(name, new[name])
    if "timeZone" in new and str(new["timeZone"]) not in available_timezones():
        raise Wrong("The time zone of an exception is one such as Europe/Berlin.")
    if "allDay" in new and not isinstance(new["allDay"], bool):
        raise Wrong("Whether an exception lasts whole days is true or false.")
    return {**wished, **{name: read_moment(new[name]).isoformat() for name in TIMES if name in new}}


def check_times(start: date, end: date, all_day: object) -> None:
    """`all_day`: what is said of it, None where nothing is. Raises `Wrong`."""
    is_timed = isinstance(start, datetime)
    if is_timed is not isinstance(end, datetime) or all_day is is_timed:
        raise Wrong(
            "An exception has times as its start and its end, or dates where it lasts whole days."
        )
    if end < start:
        raise Wrong("An exception ends before it starts.")


def read_moment(text: Any) -> date:
    """An instant in UTC, or a date. Raises `Wrong`."""
    try:
        moment = text if isinstance(text, datetime) else _read(str(text))
    except ValueError:
        raise Wrong("Give times with their offset, or dates.") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Wrong(f"The years of an exception are from {FIRST_YEAR} to {LAST_YEAR}.")
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise Wrong("Give times with their offset, or dates.")
    return moment.astimezone(UTC)


def _read(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _check_text(name: str, value: Any) -> None:
    if not isinstance(value, str) or len(value) > LONGEST or "\0" in value:
        raise Wrong(f"The {name} of an exception is a text of at most {LONGEST} characters.")
    if name == "subject" and not value.strip():
        raise Wrong("An exception has a subject.")
