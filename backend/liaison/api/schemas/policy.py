"""The policy on the wire: its keys as they are called everywhere, side by side with version and `notYet`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import marshmallow as ma

from liaison.api.schemas.fields import CamelCased, Moment
from liaison.api.schemas.lists import ListAnswer
from liaison.policy.keys import KEYS, NOT_YET, policy_as_json
from liaison.policy.store import StoredPolicy


def _key_fields() -> dict[str, ma.fields.Field[Any]]:
    """A member for each key; the policy itself says what is wrong with a value, so any is taken here."""
    return {
        key.attribute: ma.fields.Raw(
            data_key=key.name,
            allow_none=True,
            metadata={"description": f"{key.meaning} Takes {key.values}."},
        )
        for key in KEYS
    }


class PolicyFacts(CamelCased):
    """What is told about the policy besides its keys; sent back, it is ignored."""

    version = ma.fields.Integer()
    changed_at = Moment(allow_none=True)
    changed_by = ma.fields.String(allow_none=True)
    not_yet = ma.fields.List(
        ma.fields.String(),
        metadata={"description": "Keys whose other values this version cannot carry out."},
    )
    left_out = ma.fields.List(
        ma.fields.String(),
        metadata={
            "description": "Keys of the preset just taken that stay as they were: not in this version."
        },
    )


PolicyAnswer = PolicyFacts.from_dict(_key_fields(), name="PolicyAnswer")
PolicyRequest = PolicyFacts.from_dict(
    {
        **_key_fields(),
        "preset": ma.fields.String(
            metadata={"description": "Take all values of this preset; alone, without keys."}
        ),
    },
    name="PolicyRequest",
)


class PresetAnswer(CamelCased):
    """A way of working that can be chosen."""

    name = ma.fields.String()
    meaning = ma.fields.String()
    keys = ma.fields.Dict(keys=ma.fields.String())
    not_yet = ma.fields.List(
        ma.fields.String(),
        metadata={
            "description": "Its keys that are left as they are, because this version lacks them."
        },
    )


class PresetsAnswer(ListAnswer):
    """All presets."""

    items = ma.fields.List(ma.fields.Nested(PresetAnswer))


class KeyAnswer(CamelCased):
    """One key as a form needs it."""

    name = ma.fields.String()
    kind = ma.fields.String(
        metadata={
            "description": "word, words, switch, number, text, interval, day, lines, owners, map."
        }
    )
    values = ma.fields.String()
    meaning = ma.fields.String()
    default = ma.fields.Raw(allow_none=True)
    words = ma.fields.List(ma.fields.String())
    members = ma.fields.List(ma.fields.String())
    least = ma.fields.Integer(allow_none=True)
    most = ma.fields.Integer(allow_none=True)
    carried_out = ma.fields.List(
        ma.fields.Raw(),
        allow_none=True,
        metadata={
            "description": "What this version acts on besides the value in force; null: all."
        },
    )


class KeysAnswer(ListAnswer):
    """All keys."""

    items = ma.fields.List(ma.fields.Nested(KeyAnswer))


def show_policy(stored: StoredPolicy, left_out: Sequence[str] = ()) -> dict[str, Any]:
    """As `PolicyAnswer` writes it. `left_out`: of a preset that was just taken."""
    values = policy_as_json(stored.policy)
    return {key.attribute: values[key.name] for key in KEYS} | {
        "version": stored.version,
        "changed_at": stored.changed_at,
        "changed_by": stored.changed_by,
        "not_yet": list(NOT_YET),
        "left_out": list(left_out),
    }


def wished_keys(loaded: Mapping[str, Any]) -> dict[str, Any]:
    """The keys among what was sent, by the names the policy knows."""
    return {key.name: loaded[key.attribute] for key in KEYS if key.attribute in loaded}
