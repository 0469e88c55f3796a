"""An RRULE in the words of Graph, or why Outlook cannot hold it.

RFC 5545 leaves out months without the day, Outlook takes their last day instead.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from liaison_sandbox.recurrence import MOST_OCCURRENCES
from liaison_sandbox.series import DAYS

_SHORT = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_INDEXES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_KNOWN = frozenset(
    ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"]
)
_SURE_DAYS = 28


class Unheld(Exception):
    """Outlook has no such pattern."""


class Unreadable(Exception):
    """It is no rule at all."""


def read_rule(text: str, start: datetime, zone: tzinfo) -> dict[str, Any]:
    """`start` is the first meeting on the wall of the series' zone."""
    parts = _parts(text)
    pattern = _PATTERNS[parts["FREQ"]](parts, start.date())
    pattern["interval"] = _whole(parts.get("INTERVAL", "1"))
    if parts.get("WKST") in _SHORT:
        pattern["firstDayOfWeek"] = DAYS[_SHORT[parts["WKST"]]]
    else:
        pattern["firstDayOfWeek"] = "monday"
    return {"pattern": pattern, "range": _range(parts, start, zone)}


def skips_months(recurrence: dict[str, Any], text: str) -> bool:
    """Whether the rule leaves out months in which Outlook holds the meeting on the last day."""
    day = recurrence["pattern"].get("dayOfMonth", 0)
    return (
        day > _SURE_DAYS and "BYSETPOS" not in text.upper() and "BYMONTHDAY=-1" not in text.upper()
    )


def _parts(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.strip().upper().split(";") if part.strip()]
    parts = {name.strip(): value.strip() for name, _, value in pairs}
    freq = parts.get("FREQ")
    if freq in ("HOURLY", "MINUTELY", "SECONDLY"):
        raise Unheld
    if freq not in _PATTERNS:
        raise Unreadable
    if parts.keys() - _KNOWN - {name for name in parts if name.startswith("X-")}:
        raise Unheld
    return parts


def _daily(parts: dict[str, str], start: date) -> dict[str, Any]:
    _only(parts, "BYDAY")
    if "BYDAY" not in parts:
        return {"type": "daily"}
    if parts.get("INTERVAL", "1") != "1":
        raise Unheld
    return _weekly(parts, start)


def _weekly(parts: dict[str, str], start: date) -> dict[str, Any]:
    _only(parts, "BYDAY")
    days = _days(parts.get("BYDAY", ""))
    if any(number for number, _ in days):
        raise Unheld
    named = [DAYS[day] for _, day in days] or [DAYS[start.weekday()]]
    return {"type": "weekly", "daysOfWeek": named}


def _monthly(parts: dict[str, str], start: date) -> dict[str, Any]:
    _only(parts, "BYDAY", "BYMONTHDAY", "BYSETPOS")
    return _in_month(parts, start, "Monthly")


def _yearly(parts: dict[str, str], start: date) -> dict[str, Any]:
    _only(parts, "BYDAY", "BYMONTHDAY", "BYSETPOS", "BYMONTH")
    if "BYMONTH" not in parts and "BYDAY" in parts:
        raise Unheld
    months = parts.get("BYMONTH", str(start.month)).split(",")
    if len(months) > 1:
        raise Unheld
    return _in_month(parts, start, "Yearly") | {"month": _whole(months[0])}


def _in_month(parts: dict[str, str], start: date, unit: str) -> dict[str, Any]:
    if "BYDAY" in parts and "BYMONTHDAY" in parts:
        raise Unheld
    if "BYDAY" in parts:
        number, days = _nth(parts)
        if number not in _INDEXES:
            raise Unheld
        named = [DAYS[day] for day in days]
        return {"type": f"relative{unit}", "index": _INDEXES[number], "daysOfWeek": named}
    return {"type": f"absolute{unit}", "dayOfMonth": _day_of_month(parts, start)}


def _nth(parts: dict[str, str]) -> tuple[int, list[int]]:
    days = _days(parts["BYDAY"])
    if "," in parts.get("BYSETPOS", ""):
        raise Unheld
    if "BYSETPOS" in parts and not any(number for number, _ in days):
        return _whole(parts["BYSETPOS"]), [day for _, day in days]
    if len(days) == 1 and "BYSETPOS" not in parts:
        return days[0][0], [days[0][1]]
    raise Unheld


def _day_of_month(parts: dict[str, str], start: date) -> int:
    """Outlook writes its own clamped days as the last one of 28 to 31."""
    given = [_whole(one) for one in parts.get("BYMONTHDAY", str(start.day)).split(",")]
    if len(given) > 1:
        if parts.get("BYSETPOS") == "-1" and given == list(range(_SURE_DAYS, given[-1] + 1)):
            return given[-1]
        raise Unheld
    day = 31 if given[0] == -1 else given[0]
    if not 1 <= day <= 31 or "BYSETPOS" in parts:  # noqa: PLR2004 - days of a month
        raise Unheld
    return day


def _range(parts: dict[str, str], start: datetime, zone: tzinfo) -> dict[str, Any]:
    if "COUNT" in parts:
        count = _whole(parts["COUNT"])
        if not 1 <= count <= MOST_OCCURRENCES:
            raise Unheld
        return {"type": "numbered", "numberOfOccurrences": count}
    if "UNTIL" in parts:
        return {"type": "endDate", "endDate": _last_day(parts["UNTIL"], start, zone).isoformat()}
    return {"type": "noEnd"}


def _last_day(text: str, start: datetime, zone: tzinfo) -> date:
    until = read_until(text, zone)
    if not isinstance(until, datetime):
        return until
    return until.date() if until.time() >= start.time() else until.date() - timedelta(days=1)


def read_until(text: str, zone: tzinfo) -> date:
    """A day, or a time on the wall of the zone."""
    try:
        if "T" not in text:
            return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a date
        moment = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - follows
    except ValueError:
        raise Unreadable from None
    if not text.endswith("Z"):
        return moment
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _days(text: str) -> list[tuple[int, int]]:
    found = []
    for part in filter(None, text.split(",")):
        match = _DAY.fullmatch(part.strip())
        if match is None:
            raise Unreadable
        found.append((int(match[1] or 0), _SHORT[match[2]]))
    return found


def _only(parts: dict[str, str], *allowed: str) -> None:
    if any(name.startswith("BY") and name not in allowed for name in parts):
        raise Unheld


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Unreadable from None


_PATTERNS = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}
