"""Reads what somebody gives as a recurrence, as strictly as Graph, and writes it as Graph does."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from liaison_sandbox.problems import GraphProblem, property_invalid, request_body_invalid
from liaison_sandbox.series import DAYS, INDEXES
from liaison_sandbox.zones import find_zone

NO_DATE = "0001-01-01"
MOST_OCCURRENCES = 999
LONGEST_INTERVAL = {"daily": 999, "weekly": 99}
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PATTERNS = (
    "daily", "weekly", "absoluteMonthly", "relativeMonthly", "absoluteYearly", "relativeYearly",
)  # fmt: skip
_RANGES = ("endDate", "noEnd", "numbered")


def read_recurrence(given: Any, start: date, zone_name: str) -> dict[str, Any]:
    """The whole patternedRecurrence with every member; raises what Graph answers."""
    value = _object("recurrence", given, ("pattern", "range"))
    pattern, span = value.get("pattern"), value.get("range")
    if pattern is None or span is None:
        raise property_invalid("A recurrence needs a pattern and a range.")
    return {"pattern": _pattern(pattern), "range": _range(span, start, zone_name)}


def refuse_recurrence(message: str) -> GraphProblem:
    return GraphProblem(400, "ErrorCalendarInvalidRecurrence", message)


def _pattern(given: Any) -> dict[str, Any]:
    names = ("type", "interval", "month", "dayOfMonth", "daysOfWeek", "firstDayOfWeek", "index")
    value = _object("pattern", given, names)
    pattern = {
        "type": _word("recurrencePatternType", value.get("type"), _PATTERNS),
        "interval": _number("interval", value.get("interval")),
        "month": _number("month", value.get("month", 0)),
        "dayOfMonth": _number("dayOfMonth", value.get("dayOfMonth", 0)),
        "daysOfWeek": _days(value.get("daysOfWeek")),
        "firstDayOfWeek": _word("dayOfWeek", value.get("firstDayOfWeek") or "sunday", DAYS),
        "index": _word("weekIndex", value.get("index") or "first", tuple(INDEXES)),
    }
    _check_pattern(pattern)
    return pattern


def _check_pattern(pattern: Mapping[str, Any]) -> None:
    kind = pattern["type"]
    if not 1 <= pattern["interval"] <= LONGEST_INTERVAL.get(kind, 99):
        raise refuse_recurrence("The interval of the recurrence is out of range.")
    if kind in ("weekly", "relativeMonthly", "relativeYearly") and not pattern["daysOfWeek"]:
        raise GraphProblem(
            400, "ErrorCalendarInvalidDayForWeeklyRecurrence", f"A {kind} pattern needs daysOfWeek."
        )
    if kind.endswith("Yearly") and not 1 <= pattern["month"] <= 12:  # noqa: PLR2004 - months
        raise refuse_recurrence(f"A pattern of type {kind} needs a month from 1 to 12.")
    longest = LONGEST_MONTHS[pattern["month"] - 1] if kind == "absoluteYearly" else 31
    if kind.startswith("absolute") and not 1 <= pattern["dayOfMonth"] <= longest:
        raise refuse_recurrence(f"A pattern of type {kind} needs a dayOfMonth that exists.")


def _range(given: Any, start: date, zone_name: str) -> dict[str, Any]:
    names = ("type", "startDate", "endDate", "recurrenceTimeZone", "numberOfOccurrences")
    value = _object("range", given, names)
    kind = _word("recurrenceRangeType", value.get("type"), _RANGES)
    if _date("startDate", value.get("startDate")) != start:
        raise property_invalid("The startDate of the range must be the date of the event's start.")
    count = _number("numberOfOccurrences", value.get("numberOfOccurrences", 0))
    end = _date("endDate", value.get("endDate") or NO_DATE)
    if kind == "numbered" and not 1 <= count <= MOST_OCCURRENCES:
        raise refuse_recurrence("A numbered range needs a positive numberOfOccurrences.")
    if kind == "endDate" and end < start:
        raise GraphProblem(
            400,
            "ErrorCalendarEndDateIsEarlierThanStartDate",
            "The endDate of the range is missing or earlier than its startDate.",
        )
    return {
        "type": kind,
        "startDate": start.isoformat(),
        "endDate": end.isoformat() if kind == "endDate" else NO_DATE,
        "recurrenceTimeZone": _zone(value.get("recurrenceTimeZone") or zone_name),
        "numberOfOccurrences": count if kind == "numbered" else 0,
    }


def _zone(name: Any) -> str:
    if not isinstance(name, str) or find_zone(name) is None:
        raise GraphProblem(
            400, "TimeZoneNotSupportedException", f"'{name}' is no supported time zone."
        )
    return name


def _days(given: Any) -> list[str]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise request_body_invalid("daysOfWeek must be a collection.")
    found = {_word("dayOfWeek", one, DAYS) for one in given}
    # Sunday comes first on the wire.
    return [day for day in (DAYS[6], *DAYS[:6]) if day in found]


def _date(name: str, given: Any) -> date:
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise request_body_invalid(f"'{name}' is no date of the form yyyy-mm-dd.") from None


def _number(name: str, given: Any) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise request_body_invalid(f"'{name}' must be a whole number.")
    return given


def _word(type_name: str, given: Any, allowed: tuple[str, ...]) -> str:
    """In any case, as Graph takes its enums."""
    known = {one.casefold(): one for one in allowed}
    found = known.get(given.casefold()) if isinstance(given, str) else None
    if found is None:
        raise request_body_invalid(f"'{given}' is no member of 'microsoft.graph.{type_name}'.")
    return found


def _object(name: str, given: Any, known: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise request_body_invalid(f"'{name}' must be an object.")
    unknown = [one for one in given if one not in known and not one.startswith("@odata.")]
    if unknown:
        raise request_body_invalid(f"The property '{unknown[0]}' does not exist on '{name}'.")
    return given
