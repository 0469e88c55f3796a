"""The query options of a call: what Graph takes, and its refusal of the rest."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from liaison_sandbox.graph.preferences import Preferences
from liaison_sandbox.problems import GraphProblem, bad_request
from liaison_sandbox.zones import read_moment

MOST_PER_PAGE = 1000
USUAL_PER_PAGE = 10
LONGEST_WINDOW = timedelta(days=1825)
EVENT_PROPERTIES = frozenset(
    {
        "id", "createdDateTime", "lastModifiedDateTime", "changeKey", "categories", "transactionId",
        "originalStartTimeZone", "originalEndTimeZone", "iCalUId", "reminderMinutesBeforeStart",
        "isReminderOn", "hasAttachments", "subject", "bodyPreview", "importance", "sensitivity",
        "isAllDay", "isCancelled", "isOrganizer", "responseRequested", "seriesMasterId", "showAs",
        "type", "webLink", "onlineMeetingUrl", "isOnlineMeeting", "onlineMeetingProvider",
        "allowNewTimeProposals", "isDraft", "hideAttendees", "onlineMeeting", "recurrence",
        "responseStatus", "body", "start", "end", "location", "locations", "attendees",
        "organizer", "originalStart", "cancelledOccurrences",
    }
)  # fmt: skip
_EXPAND_PROPERTIES = re.compile(
    r"^singleValueExtendedProperties\(\$filter=(.+)\)$", re.IGNORECASE | re.DOTALL
)
_EXPAND_EXCEPTIONS = re.compile(r"^exceptionOccurrences(?:\(\$select=([\w,\s]+)\))?$")
_ID_EQUALS = re.compile(r"id\s+eq\s+'((?:[^']|'')*)'")


@dataclass(frozen=True, slots=True)
class Expansion:
    calendar: bool = False
    exceptions: bool = False
    exception_names: frozenset[str] = frozenset()
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    size: int
    skip: int


def allow_only(query: Mapping[str, str], allowed: Collection[str]) -> None:
    for name in query:
        if name.startswith("$") and name not in allowed:
            raise bad_request(f"The query option '{name}' is not supported here.")


def read_select(query: Mapping[str, str], known: Collection[str], kind: str) -> frozenset[str]:
    """Empty: everything. An unknown name is refused."""
    names = frozenset(name.strip() for name in query.get("$select", "").split(",") if name.strip())
    unknown = sorted(names.difference(known))
    if unknown:
        raise bad_request(
            f"Parsing OData Select and Expand failed: Could not find a property named "
            f"'{unknown[0]}' on type 'microsoft.graph.{kind}'."
        )
    return names


def select(written: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The id and the annotations come with every selection."""
    if not names:
        return dict(written)
    return {
        name: value
        for name, value in written.items()
        if name in names or name == "id" or name.startswith("@odata.")
    }


def read_expand(query: Mapping[str, str], *, knows_exceptions: bool = True) -> Expansion:
    calendar, exceptions, wanted = False, False, list[str]()
    names = frozenset[str]()
    for part in _split(query.get("$expand", "")):
        if part == "calendar":
            calendar = True
        elif found := _EXPAND_PROPERTIES.match(part):
            wanted += [name.replace("''", "'") for name in _ID_EQUALS.findall(found.group(1))]
        elif knows_exceptions and (found := _EXPAND_EXCEPTIONS.match(part)):
            exceptions = True
            names = read_select({"$select": found.group(1) or ""}, EVENT_PROPERTIES, "event")
        elif part != "extensions":
            raise bad_request(f"Parsing OData Select and Expand failed: '{part}'.")
    return Expansion(calendar, exceptions, names, tuple(wanted))


def read_page(query: Mapping[str, str], preferences: Preferences) -> Page:
    size = _whole(query, "$top", preferences.page_size or USUAL_PER_PAGE)
    if not 0 < size <= MOST_PER_PAGE:
        raise bad_request(f"The limit of '{MOST_PER_PAGE}' for Top query has been exceeded.")
    return Page(size, _whole(query, "$skip", 0))


def next_link(address: str, query: Mapping[str, str], page: Page) -> str:
    following = dict(query) | {"$skip": str(page.skip + page.size)}
    return f"{address}?{urlencode(following)}"


def read_window(query: Mapping[str, str]) -> tuple[datetime, datetime]:
    """Without an offset it is UTC, whatever time zone is preferred."""
    start, end = (_bound(query, name) for name in ("startDateTime", "endDateTime"))
    if end <= start:
        raise _window_refused("The end of the window must be later than its start.")
    if end - start > LONGEST_WINDOW:
        raise _window_refused("The range is greater than the allowed 1825 days.")
    return start, end


def _bound(query: Mapping[str, str], name: str) -> datetime:
    found = {key.casefold(): value for key, value in query.items()}.get(name.casefold())
    moment = read_moment(found.replace(" ", "+")) if found else None
    if moment is None:
        raise _window_refused(
            "This request requires a time window specified by the query string parameters "
            "StartDateTime and EndDateTime."
        )
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _window_refused(message: str) -> GraphProblem:
    return GraphProblem(400, "ErrorInvalidParameter", message)


def _whole(query: Mapping[str, str], name: str, usual: int) -> int:
    given = query.get(name)
    if given is None:
        return usual
    if not given.isdigit():
        raise bad_request(f"The value of the query option '{name}' is not valid: '{given}'.")
    return int(given)


def _split(text: str) -> Sequence[str]:
    """At commas outside of parentheses and quotes."""
    parts, depth, quoted, begun = list[str](), 0, False, 0
    for at, sign in enumerate(text):
        if sign == "'":
            quoted = not quoted
        elif not quoted:
            depth += (sign == "(") - (sign == ")")
            if sign == "," and depth == 0:
                parts.append(text[begun:at].strip())
                begun = at + 1
    return [part for part in [*parts, text[begun:].strip()] if part]
