"""Pages of a list: where one ends and the next begins."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import orjson

from liaison.errors import InvalidRequest

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items, and the cursor of those after them; None at the end."""

    items: list[Item]
    next: str | None


def cursor_of(*position: str) -> str:
    """The place behind an item, as a text for addresses."""
    return base64.urlsafe_b64encode(orjson.dumps(position)).decode().rstrip("=")


def read_cursor(cursor: str, members: int) -> Sequence[str]:
    """The place that a cursor means. Raises `InvalidRequest`."""
    try:
        position = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        position = None
    is_fine = isinstance(position, list) and all(_is_storable(one) for one in position)
    if not is_fine or len(position) != members:
        raise wrong_cursor()
    return tuple(position)


def _is_storable(text: object) -> bool:
    return isinstance(text, str) and "\0" not in text


def wrong_cursor() -> InvalidRequest:
    """The refusal of a cursor that no list gave."""
    return InvalidRequest(errors={"cursor": ["This is no cursor of this list."]})
