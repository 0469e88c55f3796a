"""A link as its row holds it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row

from liaison.calendar.model import Contest, Copy, FrozenReason, Link, LinkState, Scope, Synced
from liaison.calendar.rules import synced
from liaison.policy.values import Conflict


def to_columns(members: Mapping[str, Any]) -> dict[str, Any]:
    """Members of a link as columns of its row."""
    columns = {name: _to_column(value) for name, value in members.items()}
    if "contested" in members:
        columns["contested"] = {name: asdict(one) for name, one in members["contested"].items()}
    if isinstance(members.get("baseline"), Synced):
        columns["ends_at"] = synced.ends_at(members["baseline"])
    return columns


def _to_column(value: Any) -> Any:
    if isinstance(value, Synced):
        return synced.to_json(value)
    if isinstance(value, (LinkState, FrozenReason, Scope)):
        return value.value
    return sorted(value) if isinstance(value, frozenset) else value


def to_link(row: Row[Any], copies: tuple[Copy, ...]) -> Link:
    """The link of a row, with the copies of its meeting."""
    return Link(
        id=row.id,
        scope=Scope(row.scope),
        state=LinkState(row.state),
        ical_uid=row.ical_uid,
        original_start=row.original_start,
        activity_id=row.activity_id,
        organizer_address=row.organizer_address,
        copies=copies,
        baseline=_baseline(row),
        created_by=row.created_by,
        version=row.version,
        frozen_reason=FrozenReason(row.frozen_reason) if row.frozen_reason else None,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        ended_reason=row.ended_reason,
        removal_version=row.removal_version,
        last_synced_at=row.last_synced_at,
        contested=_contests(row.contested),
        going_out=frozenset(row.going_out),
        sent=row.sent,
        web_link=row.web_link,
    )


def _contests(stored: Mapping[str, Mapping[str, Any]]) -> dict[str, Contest]:
    return {
        name: Contest(
            one["outlook"],
            one["crm"],
            Conflict(one["how"]),
            Conflict(one["chosen"]) if one.get("chosen") else None,
        )
        for name, one in stored.items()
    }


def _baseline(row: Row[Any]) -> Synced | None:
    """A damaged one counts as none: the reconcile names it, and Outlook's values make a new one."""
    try:
        return synced.from_json(row.baseline) if row.baseline else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
