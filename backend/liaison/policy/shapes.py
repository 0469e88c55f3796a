"""How each key of the policy is entered: what kind of value it is, and which words or limits it takes. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from liaison.policy.keys import ALL, KEYS, TYPES, Key, policy_as_json
from liaison.policy.kinds import as_json
from liaison.policy.settings import TASK_STATUS_MAP, Policy
from liaison.policy.values import Interval, Owner, Owners

LIMITS = re.compile("([0-9]+) to ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Shape:
    """One key as a form needs it.

    `kind`: word, words, switch, number, text, interval, day, lines, owners, map. `words` are those to choose from,
    `members` the parts of a value that has parts. `carried_out`: the values that this version acts on besides the one
    in force, None for all.
    """

    name: str
    kind: str
    values: str
    meaning: str
    default: Any
    words: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    carried_out: tuple[Any, ...] | None = None


def list_shapes() -> list[Shape]:
    """All keys, in the order of the documentation."""
    delivered = Policy()
    defaults = policy_as_json(delivered)
    return [_shape(key, getattr(delivered, key.attribute), defaults[key.name]) for key in KEYS]


def _shape(key: Key, value: Any, default: Any) -> Shape:
    kind, words, members = _entered(key, value)
    limits = LIMITS.fullmatch(key.values)
    least, most = (int(limits[1]), int(limits[2])) if limits else (None, None)
    known = None if key.carried_out == ALL else tuple(as_json(one) for one in key.carried_out)
    return Shape(
        key.name, kind, key.values, key.meaning, default, words, members, least, most, known
    )


def _entered(key: Key, value: Any) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Kind, words and members. A switch is a number to Python, a word a text: the first that fits counts."""
    if isinstance(value, StrEnum):
        return "word", tuple(str(word) for word in type(value)), ()
    for kind, (typed, words, members) in _KINDS.items():
        if isinstance(value, typed):
            return kind, words, members
    return ("day" if "date" in key.values else "lines"), (), ()


_KINDS: dict[str, tuple[type, tuple[str, ...], tuple[str, ...]]] = {
    "switch": (bool, ("on", "off"), ()),
    "number": (int, (), ()),
    "interval": (Interval, ("minute", "hour", "day"), ()),
    "owners": (Owners, tuple(Owner), tuple(field.name for field in fields(Owners))),
    "map": (dict, (), tuple(TASK_STATUS_MAP)),
    "words": (tuple, TYPES, ()),
    "text": (str, (), ()),
}
