"""How values of the policy are read from JSON or a command line, and written to JSON. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any

from liaison.policy.values import Interval, Owner, Owners, find_interval

Reader = Callable[[Any], Any]

WHOLE = re.compile("[0-9]{1,9}")
LONGEST = 255
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
DAY = re.compile("(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
DOMAIN = re.compile(r"[^\s@\0]{1,200}[.][^\s@\0.]{1,63}")


class WrongValue(ValueError):
    """A value that a key does not take; the text says what it takes."""


def read_word(words: type[StrEnum]) -> Reader:
    """One of some words."""

    def read(value: Any) -> StrEnum:
        if value not in list(words):
            raise WrongValue(f"is one of {_listed(words)}")
        return words(value)

    return read


def read_switch(value: Any) -> bool:
    """On or off."""
    known = {"on": True, "off": False, "true": True, "false": False}
    switch = value if isinstance(value, bool) else known.get(str(value).lower())
    if switch is None:
        raise WrongValue("is on or off")
    return switch


def read_number(least: int, most: int) -> Reader:
    """A whole number within limits."""

    def read(value: Any) -> int:
        number = int(value) if WHOLE.fullmatch(str(value)) else -1
        if not least <= number <= most:
            raise WrongValue(f"is a whole number from {least} to {most}")
        return number

    return read


def read_text(value: Any) -> str:
    """A name that is not empty."""
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise WrongValue(f"is a text of 1 to {LONGEST} characters")
    if CONTROL.search(value):
        raise WrongValue("is a text of one line")
    return value.strip()


def read_interval(value: Any) -> Interval:
    """Some minutes, hours or days."""
    interval = find_interval(value) if isinstance(value, str) else None
    if interval is None:
        raise WrongValue('is a number and minute, hour or day, as in "5 minutes"')
    return interval


def read_day(value: Any) -> date | None:
    """A date, or nothing."""
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value) if DAY.fullmatch(str(value)) else "")
    except ValueError:
        raise WrongValue("is a date as in 2026-01-31, or empty") from None


def read_words(known: Sequence[str]) -> Reader:
    """Several of some words, as a list or with commas between them."""

    def read(value: Any) -> tuple[str, ...]:
        words = _split(value)
        if words is None or not words or not set(words) <= set(known):
            raise WrongValue(f"is a list of {', '.join(known)}")
        return tuple(word for word in known if word in words)

    return read


def read_domains(value: Any) -> tuple[str, ...] | None:
    """Mail domains; nothing stands for those of the representatives."""
    domains = () if value is None else _split(value)
    if domains is None or not all(DOMAIN.fullmatch(one) for one in domains):
        raise WrongValue("is a list of mail domains as in example.com, or empty")
    return tuple(sorted({one.lower() for one in domains})) or None


def read_owners(value: Any) -> Owners:
    """Who owns which field."""
    names = [field.name for field in fields(Owners)]
    form = f"names owners of {', '.join(names)}, each by itself, as in owners.subject=crm"
    if not isinstance(value, Mapping):
        raise WrongValue(form)
    unknown = [str(name) for name in value if name not in names]
    if unknown or len(value) < len(names):
        raise WrongValue(f"{form}, and not of {', '.join(unknown)}" if unknown else form)
    wrong = [name for name, owner in value.items() if owner not in list(Owner)]
    if wrong:
        raise WrongValue(f"names outlook, crm or both for {', '.join(wrong)}")
    if value["notes"] != Owner.OUTLOOK:
        raise WrongValue("leaves the notes to outlook")
    return Owners(**{name: Owner(value[name]) for name in names})


def read_status_map(known: Mapping[str, str]) -> Reader:
    """Outlook's word for each status of a task."""

    def read(value: Any) -> dict[str, str]:
        if not isinstance(value, Mapping) or set(value) != set(known):
            raise WrongValue(f"gives a word for each of {', '.join(known)}")
        return {status: str(value[status]) for status in known}

    return read


def as_json(value: Any) -> Any:
    """A value of the policy as JSON holds it."""
    match value:
        case bool():
            return "on" if value else "off"
        case Owners():
            return {field.name: str(getattr(value, field.name)) for field in fields(value)}
        case StrEnum() | Interval() | date():
            return str(value)
        case tuple():
            return list(value)
        case Mapping():
            return dict(value)
    return value


def _split(value: Any) -> list[str] | None:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        return None
    return [one.strip() for one in value if one.strip()]


def _listed(words: type[StrEnum]) -> str:
    return ", ".join(str(word) for word in words)
