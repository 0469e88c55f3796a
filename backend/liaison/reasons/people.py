"""Changes among the people of a meeting, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from liaison.reasons.lists import join

Person = Mapping[str, Any]

MOST_NAMED = 4
_ANSWERS = {
    "accepted": "accepted",
    "declined": "declined",
    "tentative": "accepted tentatively",
    "organizer": "organizes now",
}


def phrases(before: Sequence[Person], after: Sequence[Person]) -> list[str]:
    """Who came, who left, who answered; beyond a handful only how many more."""
    was, now = ({_key(one): one for one in people} for people in (before, after))
    found = [f"{name_of(now[key])} added" for key in now if key not in was]
    found += [f"{name_of(was[key])} left" for key in was if key not in now]
    for key in [key for key in now if key in was]:
        found += _answer(was[key], now[key])
    if not found:
        return ["people updated"]
    rest = len(found) - MOST_NAMED
    return [*found[:MOST_NAMED], f"{rest} more people changed"] if rest > 1 else found


def invited_words(facts: Mapping[str, Any]) -> str:
    """Who got an invitation; nothing where that is not told."""
    if "invited" not in facts:
        return ""
    names = [str(name) for name in facts["invited"]]
    if not names:
        return "; nobody was invited"
    rest = len(names) - MOST_NAMED
    told = [*names[:MOST_NAMED], f"{rest} more"] if rest > 1 else names
    return f"; an invitation by mail went to {join(told)}"


def name_of(one: Person) -> str:
    """How to name a person."""
    return str(one.get("name") or one.get("address") or "somebody")


def _answer(was: Person, now: Person) -> list[str]:
    if was.get("response") == now.get("response"):
        return []
    answer = _ANSWERS.get(now.get("response", ""), "is asked again")
    return [f"{name_of(now)} {answer}"]


def _key(one: Person) -> str:
    return str(one.get("address") or one.get("name"))
