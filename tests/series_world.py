"""Series in a tenant, in few words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from scenario_world import World


def weekly(start: datetime, count: int = 6, interval: int = 1) -> dict[str, Any]:
    """As often as told, on the day of the week on which it starts."""
    return {
        "pattern": {
            "type": "weekly",
            "interval": interval,
            "daysOfWeek": [start.strftime("%A").lower()],
        },
        "range": {
            "type": "numbered",
            "startDate": start.date().isoformat(),
            "numberOfOccurrences": count,
        },
    }


def endless(start: datetime) -> dict[str, Any]:
    """Every week for ever."""
    span = {"type": "noEnd", "startDate": start.date().isoformat()}
    return weekly(start) | {"range": span}


def nth(world: World, number: int) -> datetime:
    """When the occurrence of this number begins, by UTC; 0 is tomorrow's."""
    return world.tomorrow() + timedelta(weeks=number)
