"""What never reaches the text log: addresses, subjects, bodies, and what else people wrote.

The decision log in the database keeps such values, under the rules of who may read them. The text
log is copied to places nobody watches, so it names things by their ids only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any

# As log fields; their values are what people wrote or how people are reached.
PERSONAL = frozenset(
    {
        "address", "addresses", "aliases", "after", "attendees", "authorization", "before", "body",
        "content", "display_name", "email", "location", "mail", "name", "notes", "organizer",
        "outcome_text", "next_step", "params", "password", "preview", "query", "recipient",
        "recipients", "regarding", "secret", "subject", "text", "title", "token", "upn", "username",
    }
)  # fmt: skip
ADDRESS = re.compile(
    r"[^\s<>\"'=,;:/?&()\[\]]+(?:@|%40)[^\s<>\"'=,;:/?&()\[\]]+\.[^\s<>\"'=,;:/?&()\[\]]+"
)
# To the end of the text: a filter may hold blanks.
QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>=]*=.*", re.DOTALL)
# They would begin a line of their own, or paint over one, wherever the log is read.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
BEARER = re.compile(r"\b(Bearer\s+|eyJ)[\w.~+/=-]{8,}")


def scrub(text: str) -> str:
    """Text in one line, without e-mail addresses, query strings and tokens."""
    text = CONTROLS.sub(" ", text)
    text = BEARER.sub("[token]", text)
    text = ADDRESS.sub("[address]", text)
    return QUERY.sub("?[query]", text)


def redact(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Log fields without personal ones, and with everything else scrubbed."""
    return {name: _value(value) for name, value in fields.items() if name.lower() not in PERSONAL}


def describe_error(error: BaseException) -> str:
    """The kinds of an error and its causes. Their messages quote values, so they are left out."""
    kinds = [type(error).__name__]
    while (cause := error.__cause__ or error.__context__) is not None:
        kinds.append(type(cause).__name__)
        error = cause
    return " < ".join(kinds)


def describe_place(traceback: TracebackType | None) -> str:
    """Where an error came from, innermost first."""
    places: list[str] = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return " < ".join(reversed(places[-8:]))


def _value(value: Any) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case Mapping():
            return redact(value)
        case list() | tuple() | set() | frozenset():
            return [_value(each) for each in value]
        case _:
            return scrub(str(value))
