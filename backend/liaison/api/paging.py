"""Lists in pages: `limit` and an opaque `cursor` in, `items` and `next` out."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from liaison.errors import InvalidRequest

Item = TypeVar("Item")
BAD_CURSOR = "Is no cursor of this list."


def page_of(everything: Sequence[Any], query: Mapping[str, Any]) -> dict[str, Any]:
    """A page of a short list that was read as a whole; the cursor is a position."""
    start = _position(query.get("cursor"))
    items = everything[start : start + query["limit"]]
    is_last = start + len(items) >= len(everything)
    return {"items": items, "next": None if is_last else write_cursor(str(start + len(items)))}


def page_by_id(
    read: Callable[[int, UUID | None], Sequence[Item]],
    query: Mapping[str, Any],
    id_of: Callable[[Item], UUID],
) -> dict[str, Any]:
    """A page of a long list that is read on from an id; one more is read to know whether there are more."""
    limit = query["limit"]
    found = read(limit + 1, read_id(query.get("cursor")))
    items = found[:limit]
    return {"items": items, "next": write_cursor(str(id_of(items[-1]))) if found[limit:] else None}


def read_id(cursor: str | None) -> UUID | None:
    """The id that a cursor carries."""
    if cursor is None:
        return None
    try:
        return UUID(read_cursor(cursor))
    except ValueError:
        raise InvalidRequest(errors={"cursor": [BAD_CURSOR]}) from None


def write_cursor(position: str) -> str:
    """Opaque, so that nobody relies on what is in it."""
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> str:
    """What `write_cursor` wrote."""
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        raise InvalidRequest(errors={"cursor": [BAD_CURSOR]}) from None


def _position(cursor: str | None) -> int:
    if cursor is None:
        return 0
    text = read_cursor(cursor)
    if not (text.isascii() and text.isdecimal() and len(text) < 10):  # noqa: PLR2004 - no list is longer
        raise InvalidRequest(errors={"cursor": [BAD_CURSOR]})
    return int(text)
