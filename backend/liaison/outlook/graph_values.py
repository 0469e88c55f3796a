"""Reading single values out of Graph's JSON, where nearly everything may be null or odd. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# PostgreSQL's text holds no NUL, and UTF-8 no half of a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(value: Any) -> str:
    """The text, without what no database can hold; empty where it is no text."""
    if not isinstance(value, str):
        return ""
    return value if value.isascii() and "\x00" not in value else _UNSTORABLE.sub("", value)


def word(value: Any) -> str:
    """An enum value for comparing: the service takes and gives them in any case."""
    return clean(value).strip().casefold()


def record(value: Any) -> Mapping[str, Any]:
    """The object; empty where it is none."""
    return value if isinstance(value, dict) else {}


def members(value: Any) -> list[Any]:
    """The members of a list; none where it is no list."""
    return value if isinstance(value, list) else []


def records(value: Any) -> list[Mapping[str, Any]]:
    """The objects in a list."""
    return [item for item in members(value) if isinstance(item, dict)]
