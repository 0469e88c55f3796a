"""Activities of a plan that look like a meeting which the same plan captures: both would then be there twice. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from liaison.calendar.rules.plan import PlannedItem

MADE_HERE = "create-activity"
MADE_THERE = "create-event"

Words = frozenset[str]


def mark_twins(items: Sequence[PlannedItem]) -> list[PlannedItem]:
    """The same items; of an event that would be made `outlook` says where it `resembles` a captured meeting.

    That is one in the same mailbox and on the same day, of whose subjects one holds all words of the other.
    """
    captured: dict[tuple[UUID, str], list[Words]] = defaultdict(list)
    for item in items:
        if item.action == MADE_HERE and (words := _words(item)):
            captured[_day(item)].append(words)
    return [_marked(item) if _has_twin(item, captured[_day(item)]) else item for item in items]


def _has_twin(item: PlannedItem, captured: Sequence[Words]) -> bool:
    words = _words(item) if item.action == MADE_THERE else frozenset()
    return bool(words) and any(words <= other or other <= words for other in captured)


def _marked(item: PlannedItem) -> PlannedItem:
    return replace(item, outlook={**(item.outlook or {}), "resembles": True})


def _day(item: PlannedItem) -> tuple[UUID, str]:
    return item.mailbox_id, (item.start or "")[:10]


def _words(item: PlannedItem) -> Words:
    return frozenset(str((item.after or {}).get("subject", "")).casefold().split())
