"""How an activity repeats, as one JSON column and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind


def as_json(recurrence: ActivityRecurrence | None) -> dict[str, Any] | None:
    """What the column holds."""
    if recurrence is None:
        return None
    return {
        "rule": recurrence.rule,
        "pattern": recurrence.pattern,
        "exceptions": [
            {
                "originalStart": one.original_start.isoformat(),
                "kind": one.kind,
                "fields": one.fields,
            }
            for one in recurrence.exceptions
        ],
    }


def from_json(stored: Mapping[str, Any] | None) -> ActivityRecurrence | None:
    """What `as_json` made."""
    if stored is None:
        return None
    exceptions = tuple(
        OccurrenceException(
            _moment(one["originalStart"]), OccurrenceKind(one["kind"]), one["fields"]
        )
        for one in stored["exceptions"]
    )
    return ActivityRecurrence(stored["rule"], stored["pattern"], exceptions)


def _moment(text: str) -> datetime | date:
    if "T" not in text:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).astimezone(UTC)
