"""Activities of a plan that look like a meeting which the same plan captures: both would then be there twice. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from liaison.calendar.rules.plan import PlannedItem

MADE_HERE = "create-activity"
MADE_THERE = "create-event"

Words = frozenset[str]
Captured = tuple[Words, str]


def mark_twins(items: Sequence[PlannedItem]) -> list[PlannedItem]:
    """The same items; of an event that would be made `outlook` says where it `resembles` a captured meeting.

    That is one in the same mailbox and on the same day, of whose subjects one holds all words of the other. `twin` is
    that meeting where there is but one, and but one activity like it: only then both can be linked.
    """
    captured: dict[tuple[UUID, str], list[Captured]] = defaultdict(list)
    for item in items:
        if item.action == MADE_HERE and (words := _words(item)):
            captured[_day(item)].append((words, item.event_id))
    found = [_alike(item, captured[_day(item)]) for item in items]
    often = Counter(
        (item.mailbox_id, one) for item, like in zip(items, found, strict=True) for one in like
    )
    return [
        _marked(item, like, often) if like else item
        for item, like in zip(items, found, strict=True)
    ]


def _alike(item: PlannedItem, captured: Sequence[Captured]) -> list[str]:
    words = _words(item) if item.action == MADE_THERE else frozenset()
    return [event_id for other, event_id in captured if words and _is_like(words, other)]


def _is_like(words: Words, other: Words) -> bool:
    return words <= other or other <= words


def _marked(
    item: PlannedItem, like: Sequence[str], often: Counter[tuple[UUID, str]]
) -> PlannedItem:
    is_pair = len(like) == 1 and often[item.mailbox_id, like[0]] == 1
    outlook = {**(item.outlook or {}), "resembles": True}
    return replace(item, outlook=outlook, twin=like[0] if is_pair else None)


def _day(item: PlannedItem) -> tuple[UUID, str]:
    return item.mailbox_id, (item.start or "")[:10]


def _words(item: PlannedItem) -> Words:
    return frozenset(str((item.after or {}).get("subject", "")).casefold().split())
