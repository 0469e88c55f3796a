"""The part of $filter that Graph takes for events: comparisons joined by `and`."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from liaison_sandbox.model import Event
from liaison_sandbox.problems import bad_request
from liaison_sandbox.zones import read_moment

Test = Callable[[Event], bool]

_TEXT = r"'((?:[^']|'')*)'"
_PROPERTY = re.compile(
    r"singleValueExtendedProperties/any\(\s*(\w+)\s*:\s*\1/id\s+eq\s+" + _TEXT
    + r"\s+and\s+\1/value\s+eq\s+" + _TEXT + r"\s*\)",
    re.IGNORECASE,
)  # fmt: skip
_COMPARISON = re.compile(r"([\w/]+)\s+(eq|ne|gt|ge|lt|le)\s+(" + _TEXT + r"|true|false|[\w:.+-]+)")
_TEXT_FIELDS: dict[str, Callable[[Event], str]] = {
    "iCalUId": lambda event: event.ical_uid,
    "subject": lambda event: event.subject,
    "type": lambda event: event.type,
    "sensitivity": lambda event: event.sensitivity,
    "showAs": lambda event: event.show_as,
}
_MOMENT_FIELDS: dict[str, Callable[[Event], datetime]] = {
    "start/dateTime": lambda event: event.start,
    "end/dateTime": lambda event: event.end,
    "lastModifiedDateTime": lambda event: event.changed_at,
    "createdDateTime": lambda event: event.created_at,
}
_FLAG_FIELDS: dict[str, Callable[[Event], bool]] = {
    "isCancelled": lambda event: event.is_cancelled,
    "isOrganizer": lambda event: event.is_organizer,
    "isAllDay": lambda event: event.all_day,
}


def read_filter(expression: str) -> Test:
    """Raises what Graph answers for an expression it does not take."""
    tests: list[Test] = []
    rest = expression.strip()
    while rest:
        test, rest = _next(rest)
        tests.append(test)
        if rest:
            if not re.match(r"and\s", rest):
                raise _refused(expression)
            rest = rest[3:].lstrip()
            if not rest:
                raise _refused(expression)
    return lambda event: all(test(event) for test in tests)


def _next(rest: str) -> tuple[Test, str]:
    if found := _PROPERTY.match(rest):
        name, value = _unquote(found.group(2)), _unquote(found.group(3))
        return (lambda event: event.properties.get(name) == value), rest[found.end() :].lstrip()
    if found := _COMPARISON.match(rest):
        field, operator, literal, quoted = found.groups()
        return _compare(field, operator, literal, quoted), rest[found.end() :].lstrip()
    raise _refused(rest)


def _compare(field: str, operator: str, literal: str, quoted: str | None) -> Test:
    if field in _TEXT_FIELDS and quoted is not None:
        read, text = _TEXT_FIELDS[field], _unquote(quoted)
        return _by(operator, lambda event: (read(event) > text) - (read(event) < text))
    if field in _FLAG_FIELDS and literal in ("true", "false"):
        flag_of, wanted = _FLAG_FIELDS[field], literal == "true"
        return _by(operator, lambda event: int(flag_of(event) != wanted))
    moment = read_moment(quoted if quoted is not None else literal)
    if field in _MOMENT_FIELDS and moment is not None:
        moment_of = _MOMENT_FIELDS[field]
        at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return _by(operator, lambda event: (moment_of(event) > at) - (moment_of(event) < at))
    raise bad_request(f"Invalid filter clause: '{field} {operator} {literal}'.")


def _by(operator: str, difference: Callable[[Event], int]) -> Test:
    holds: dict[str, Callable[[int], bool]] = {
        "eq": lambda n: n == 0,
        "ne": lambda n: n != 0,
        "gt": lambda n: n > 0,
        "ge": lambda n: n >= 0,
        "lt": lambda n: n < 0,
        "le": lambda n: n <= 0,
    }
    wanted = holds[operator]
    return lambda event: wanted(difference(event))


def _unquote(text: str) -> str:
    return text.replace("''", "'")


def _refused(expression: str) -> Exception:
    return bad_request(f"Invalid filter clause: '{expression}'.")
