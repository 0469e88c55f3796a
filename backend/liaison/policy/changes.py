"""Changing a policy: all that is wrong with a wish at once, and only what can be carried out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from liaison.errors import InvalidRequest, NotAvailableYet
from liaison.policy.contradictions import Contradiction, find_contradictions, told_by_key
from liaison.policy.keys import ALL, BY_NAME, KEYS, Key, policy_as_json
from liaison.policy.kinds import LONGEST, WrongValue, as_json
from liaison.policy.presets import DELIVERED, PRESETS
from liaison.policy.settings import Policy


def changed_policy(policy: Policy, wishes: Mapping[str, Any], today: date) -> Policy:
    """The policy after the wishes (key -> JSON value; of a value with members some may be named).

    Raises `InvalidRequest` with `errors` {key: [sentences]} for all that is wrong: values, and choices that contradict
    each other; or `NotAvailableYet` with `keys`. What is in force already is always fine, so that a whole policy can be
    sent back.
    """
    values, errors = _read_all(policy, wishes)
    changed = replace(policy, **{key.attribute: value for key, value in values.items()})
    for key, sentences in told_by_key(_new_contradictions(policy, changed, today)).items():
        errors.setdefault(key, []).extend(sentences)
    refused = _refused(policy, values)
    if errors:
        for name in refused:
            errors.setdefault(name, []).append(f"{name} cannot be set to this yet.")
        raise _wrong(errors)
    if refused:
        raise NotAvailableYet(
            f"This version of Liaison cannot carry this out yet: {', '.join(refused)}.",
            keys=refused,
        )
    return changed


def preset_wishes(name: str) -> dict[str, Any]:
    """The values of a preset as wishes, as far as this version carries them out.

    Raises `InvalidRequest` for one that does not exist.
    """
    preset = PRESETS.get(name)
    if preset is None:
        sentence = f"There is no preset {name}. There are {', '.join(PRESETS)}."
        raise InvalidRequest(sentence, errors={"preset": [sentence]})
    left_out = not_yet_in(preset)
    return {key: value for key, value in policy_as_json(preset).items() if key not in left_out}


def not_yet_in(preset: Policy) -> list[str]:
    """The keys that stay as they are when this preset is taken, because this version cannot carry out its values."""
    values = {key: getattr(preset, key.attribute) for key in KEYS}
    return _refused(DELIVERED, values)


def stored_policy(keys: Mapping[str, Any]) -> Policy:
    """The policy that was saved with these keys; keys that came later have their first value."""
    known = {name: value for name, value in keys.items() if name in BY_NAME}
    values, errors = _read_all(DELIVERED, known)
    if errors:
        raise _wrong(errors)
    return replace(DELIVERED, **{key.attribute: value for key, value in values.items()})


def _new_contradictions(before: Policy, after: Policy, today: date) -> list[Contradiction]:
    known = find_contradictions(before, today)
    return [one for one in find_contradictions(after, today) if one not in known]


def _read_all(
    policy: Policy, wishes: Mapping[str, Any]
) -> tuple[dict[Key, Any], dict[str, list[str]]]:
    """The values that can be read, and what is wrong with the others."""
    values: dict[Key, Any] = {}
    errors: dict[str, list[str]] = {}
    for name, wish in wishes.items():
        if name not in BY_NAME:
            errors[name] = [f"{name} is no key of the policy."]
            continue
        try:
            values[BY_NAME[name]] = _read(policy, BY_NAME[name], wish)
        except WrongValue as wrong:
            errors[name] = [f"{name} {wrong}{_given(wish)}."]
    return values, errors


def _given(wish: Any) -> str:
    return f', not "{wish}"' if isinstance(wish, str) and 0 < len(wish) <= LONGEST else ""


def _wrong(errors: Mapping[str, list[str]]) -> InvalidRequest:
    """One of several keys may say the same as another."""
    sentences = dict.fromkeys(line for lines in errors.values() for line in lines)
    return InvalidRequest(" ".join(sentences), errors=errors)


def _read(policy: Policy, key: Key, wish: Any) -> Any:
    now = as_json(getattr(policy, key.attribute))
    if isinstance(now, dict) and isinstance(wish, Mapping):
        wish = now | dict(wish)
    return key.read(wish)


def _refused(policy: Policy, values: Mapping[Key, Any]) -> list[str]:
    return [
        key.name
        for key, value in values.items()
        if value != getattr(policy, key.attribute) and not _is_carried_out(key, value)
    ]


def _is_carried_out(key: Key, value: Any) -> bool:
    return key.carried_out == ALL or value in key.carried_out
