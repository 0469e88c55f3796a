"""Graph's JSON of a page of changes, to our words. Pure."""

from __future__ import annotations

from liaison.outlook.event_mapping import Json, read_event
from liaison.outlook.graph_values import clean, members, record, word
from liaison.outlook.model import (
    CalendarEvent,
    DeltaItem,
    DeltaPage,
    RemovedEvent,
    UnreadableEvent,
)

# Delta promises no more than what changed. An item without any of these is a part, and its gaps mean nothing.
_TOLD_OF_WHOLE_EVENTS = ("subject", "body", "organizer", "attendees")


def read_page(payload: Json) -> DeltaPage:
    """A page of delta. Occurrences are skeletons there: only their masters are told."""
    items: list[DeltaItem] = []
    masters: dict[str, None] = {}
    for item in members(payload.get("value")):
        fields = record(item)
        if "@removed" in fields:
            items.append(RemovedEvent(clean(fields.get("id"))))
            continue
        master = clean(fields.get("seriesMasterId"))
        if master:
            masters[master] = None
        if not (master and word(fields.get("type")) == "occurrence"):
            items.append(_read(fields))
    return DeltaPage(
        items=tuple(items),
        next_link=clean(payload.get("@odata.nextLink")) or None,
        delta_link=clean(payload.get("@odata.deltaLink")) or None,
        series_masters=tuple(masters),
    )


def _read(fields: Json) -> CalendarEvent | UnreadableEvent:
    event = read_event(fields)
    if isinstance(event, CalendarEvent) and not any(
        name in fields for name in _TOLD_OF_WHOLE_EVENTS
    ):
        return UnreadableEvent(event.event_id, "Only a part of it is told.")
    return event
