"""What a round of changes said is gone, and a look shows to be there: it left what the round covers. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from liaison.calendar.rules.situation import Observation, Seen
from liaison.outlook.model import CalendarPlace, EventKind


def as_reported(
    observation: Observation, window: tuple[datetime | None, datetime | None]
) -> Observation:
    """The observation of an event that a round reported; `window`: what that round covers, as far as it is known.

    What still lies inside was merely away for a moment.
    """
    start, end = window
    if not isinstance(observation, Seen) or start is None or end is None:
        return observation
    event = observation.event
    is_single = event.kind is EventKind.SINGLE_INSTANCE
    is_outside = event.when.ends_at < start or event.when.starts_at > end
    if is_single and is_outside and observation.place is CalendarPlace.DEFAULT:
        return replace(observation, reported_removed=True)
    return observation
