"""The bodies that Microsoft posts to us, read tolerantly. Pure; an odd shape is a problem told, never an error.

Samples differ in the case of paths, and lifecycle notifications lack fields that the schema demands, so the event
is taken from `resourceData.id` only. Who sent it is for the caller to check, by subscription and client state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from liaison.outlook.graph_values import clean, record, word

MAX_NOTICES = 1000


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification. `lifecycle_event`, lower-case, is None for a change; `event_id` is None where none is told."""

    subscription_id: str
    client_state: str = field(repr=False)
    change_type: str | None = None
    event_id: str | None = None
    lifecycle_event: str | None = None
    tenant_id: str | None = None


@dataclass(frozen=True, slots=True)
class Notices:
    """What a body holds, and what could not be read of it."""

    notices: tuple[Notice, ...] = ()
    problems: tuple[str, ...] = ()


def read_notices(body: bytes) -> Notices:
    """All notifications of one post."""
    try:
        payload = orjson.loads(body)
    except orjson.JSONDecodeError:
        return Notices(problems=("The body is no JSON.",))
    value = payload.get("value") if isinstance(payload, Mapping) else None
    if not isinstance(value, list):
        return Notices(problems=("The body has no list of notifications.",))
    if len(value) > MAX_NOTICES:
        return Notices(problems=("The body has too many notifications.",))
    found = [_notice(item) for item in value]
    notices = tuple(notice for notice in found if notice is not None)
    lost = len(found) - len(notices)
    problems = (f"{lost} notifications name no subscription.",) if lost else ()
    return Notices(notices, problems)


def _notice(item: Any) -> Notice | None:
    fields = record(item)
    subscription_id = clean(fields.get("subscriptionId"))
    if not subscription_id:
        return None
    return Notice(
        subscription_id=subscription_id,
        client_state=clean(fields.get("clientState")),
        change_type=word(fields.get("changeType")) or None,
        event_id=clean(record(fields.get("resourceData")).get("id")) or None,
        lifecycle_event=word(fields.get("lifecycleEvent")) or None,
        tenant_id=word(fields.get("tenantId")) or None,
    )
