"""Times as they are shown: with the offset of their zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from liaison.times import When


def show_when(when: When) -> dict[str, Any]:
    """Start, end, zone, and whether whole days are meant."""
    return {
        "start": in_zone(when.start, when.time_zone),
        "end": in_zone(when.end, when.time_zone),
        "time_zone": when.time_zone,
        "all_day": when.is_all_day,
    }


def in_zone(moment: datetime | date, zone: str) -> datetime | date:
    """An instant with the offset that its zone has then; a date as it is.

    RFC 3339 has no offsets with seconds, as zones had before there were railways: then UTC.
    """
    if not isinstance(moment, datetime):
        return moment
    local = moment.astimezone(ZoneInfo(zone))
    offset = local.utcoffset()
    return moment.astimezone(UTC) if offset and offset.total_seconds() % 60 else local
