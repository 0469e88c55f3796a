"""What is sent back as it was read is no wish, whatever it is: read-only members, null, what no request could bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import marshmallow as ma
from flask import current_app, g

from liaison.api.versions import version_or
from liaison.errors import VersionMismatch

View = TypeVar("View", bound=Callable[..., Any])
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands, and which of its members are judged in another way."""

    find: Callable[[], Mapping[str, Any]]
    asking: frozenset[str]
    moving: frozenset[str]


def sent_back(
    read: Callable[..., Any],
    answer: type[ma.Schema],
    *,
    asking: frozenset[str] = NONE,
    moving: frozenset[str] = NONE,
) -> Callable[[View], View]:
    """The view may be sent back what `read`, given the parts of the path, finds and `answer` writes.

    `asking`: members that ask for something also where they stand already, unless the whole is sent back.
    `moving`: read-only members that change without the version. Raises `VersionMismatch` for what is not read anew.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def change(**parts: Any) -> Any:
            g.standing = _Standing(lambda: _as_json(answer().dump(read(**parts))), asking, moving)
            return view(**parts)

        return change  # type: ignore[return-value]  # called as the view is

    return wrap


def wishes_of(given: Any, schema: ma.Schema) -> Any:
    """Of the body what differs from what stands, and what never stands."""
    standing: _Standing | None = g.pop("standing", None)
    if standing is None or not isinstance(given, dict):
        return given
    present = standing.find()
    if version_or(lambda: present["version"]) != present["version"]:
        raise VersionMismatch
    read_only = present.keys() - {one.data_key for one in schema.load_fields.values()}
    asking = NONE if read_only & given.keys() else standing.asking
    return {
        name: value
        for name, value in given.items()
        if name in asking or not (name in standing.moving or _stands(name, value, present))
    }


def _as_json(answer: Any) -> Any:
    return current_app.json.loads(current_app.json.dumps(answer))


def _stands(name: str, value: Any, present: Mapping[str, Any]) -> bool:
    return name in present and _is_same(value, present[name])


def _is_same(given: Any, stands: Any) -> bool:
    """As JSON: to Python true is 1. As deep as what stands, whatever was given."""
    if type(given) is not type(stands):
        return False
    if isinstance(stands, dict):
        return given.keys() == stands.keys() and all(
            _is_same(given[name], stands[name]) for name in stands
        )
    if isinstance(stands, list):
        return len(given) == len(stands) and all(map(_is_same, given, stands))
    return bool(given == stands)
