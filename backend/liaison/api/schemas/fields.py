"""The kinds of values in our JSON: camelCase names, texts PostgreSQL can hold, times with their offset."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

import marshmallow as ma
from marshmallow import validate

SHORT, LONG = 500, 100_000
# RFC 3339, which is less than Python reads: no weeks, no missing separators, no offsets with seconds.
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(
    DAY.pattern + r"[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
NO_OFFSET = re.compile(r".*[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?")
# They mean what the computer is set to, or nothing at all.
ODD_ZONES = frozenset({"localtime", "Factory", "posixrules"})
# A moment outside these years is a slip, and cannot be shifted between zones.
FIRST_YEAR, LAST_YEAR = 1900, 2200
# What marshmallow says of every kind of member, in words for people.
WORDS = {"required": "Is needed.", "null": "Cannot be null. Leave it out instead."}
ADDRESS = re.compile(r"[^@\s<>\"']{1,64}@[^@\s<>\"']{1,255}")


class CamelCased(ma.Schema):
    """Members are camelCase in JSON and snake_case in Python; unknown ones are refused."""

    error_messages = {"unknown": "Cannot be given here."}  # noqa: RUF012 - marshmallow wants it so

    def on_bind_field(self, field_name: str, field_obj: ma.fields.Field[Any]) -> None:
        """Name the member in JSON."""
        field_obj.data_key = field_obj.data_key or camel(field_name)
        field_obj.error_messages |= WORDS


def camel(name: str) -> str:
    """`last_synced_at` -> `lastSyncedAt`."""
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


class Line(ma.fields.String):
    """A text of one line."""

    def __init__(self, *, longest: int = SHORT, shortest: int = 0, **options: Any) -> None:
        """`longest` and `shortest` in characters."""
        checks = [*_list(options.pop("validate", None)), validate.Length(shortest, longest)]
        super().__init__(validate=checks, **options)

    def _deserialize(self, value: Any, *rest: Any, **options: Any) -> str:
        text = super()._deserialize(value, *rest, **options)
        if "\0" in text:
            raise ma.ValidationError("Contains a character that cannot be stored.")
        return text


class Lines(Line):
    """A text of many lines."""

    def __init__(self, **options: Any) -> None:
        """As `Line`, but longer."""
        super().__init__(**{"longest": LONG, **options})


class Word(ma.fields.Enum[StrEnum]):
    """One of the words of an enumeration, by its value."""

    def __init__(self, words: type[StrEnum], **options: Any) -> None:
        """`words`: their values stand in JSON."""
        super().__init__(words, by_value=Line, **options)


class YesNo(ma.fields.Boolean):
    """true or false, and nothing that might mean it."""

    def _deserialize(self, value: Any, *_rest: Any, **_options: Any) -> bool:
        if not isinstance(value, bool):
            raise ma.ValidationError("Is neither true nor false.")
        return value


class Address(Line):
    """An e-mail address; lower-case inside."""

    def _deserialize(self, value: Any, *rest: Any, **options: Any) -> str:
        text = super()._deserialize(value, *rest, **options).strip().lower()
        if not ADDRESS.fullmatch(text):
            raise ma.ValidationError("Is no e-mail address.")
        return text


class Zone(Line):
    """The IANA name of a time zone."""

    def _deserialize(self, value: Any, *rest: Any, **options: Any) -> str:
        text = super()._deserialize(value, *rest, **options)
        if text not in _zones():
            raise ma.ValidationError("Is no time zone such as Europe/Berlin.")
        return text


class Moment(ma.fields.Field[datetime | date]):
    """An instant with its offset (RFC 3339), UTC inside; or, for whole days, a date."""

    def __init__(self, *, days_too: bool = False, **options: Any) -> None:
        """`days_too`: a date is accepted as well."""
        self.days_too = days_too
        form = {} if days_too else {"format": "date-time"}
        metadata = {"type": "string", **form, **options.pop("metadata", {})}
        super().__init__(metadata=metadata, **options)

    def _serialize(self, value: Any, *_rest: Any, **_options: Any) -> str | None:
        return None if value is None else value.isoformat()

    def _deserialize(self, value: Any, *_rest: Any, **_options: Any) -> datetime | date:
        if not isinstance(value, str):
            raise ma.ValidationError("Is no time.")
        moment = (
            _day(value) if self.days_too and len(value) == len("2026-11-20") else _instant(value)
        )
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ma.ValidationError(f"The year must be from {FIRST_YEAR} to {LAST_YEAR}.")
        return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


class Reference(CamelCased):
    """Somebody or something by its id; what else a GET gave is ignored."""

    class Meta:
        """Read-only members may be sent back."""

        unknown = ma.EXCLUDE

    id = ma.fields.UUID(required=True)

    @ma.post_load
    def only_id(self, loaded: Mapping[str, UUID], **_options: Any) -> UUID:
        """The id is all that counts."""
        return loaded["id"]


class Named(CamelCased):
    """Somebody or something, to be shown and linked to."""

    id = ma.fields.UUID(allow_none=True)
    name = ma.fields.String()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(_written(DAY, text))
    except ValueError:
        raise ma.ValidationError("Is no date such as 2026-11-24.") from None


def _instant(text: str) -> datetime:
    if NO_OFFSET.fullmatch(text):
        raise ma.ValidationError("Lacks its offset, such as +01:00 or Z.")
    try:
        return datetime.fromisoformat(_written(INSTANT, text))
    except ValueError:
        raise ma.ValidationError(
            "Is no time with an offset such as 2026-11-24T10:00:00+01:00."
        ) from None


def _written(form: re.Pattern[str], text: str) -> str:
    if not form.fullmatch(text):
        raise ValueError(text)
    return text


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones()) - ODD_ZONES


def _list(checks: Any) -> list[Any]:
    if checks is None:
        return []
    return list(checks) if isinstance(checks, (list, tuple)) else [checks]
