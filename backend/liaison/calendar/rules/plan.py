"""What a dry run shows of a decision, and how the same decision is known again when the plan is applied. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from liaison.calendar.rules import log_values
from liaison.calendar.rules.decision import Decision, Leave
from liaison.calendar.rules.drafts import Draft
from liaison.calendar.rules.mail_budget import guests_to_invite, mailed_by
from liaison.calendar.rules.situation import Lost, Seen, Situation
from liaison.crm.model import Activity
from liaison.outlook.model import CalendarEvent

# What differs each time the same is decided.
_OF_THE_MOMENT = {"etag", "deletedAt", "transaction_id", "marker"}
AGREED = "agree"
# These alone change nothing that people see.
IDLE = frozenset({"leave", AGREED, "look-again"})


@dataclass(frozen=True, slots=True)
class Changes:
    """What a decision changes, by its name: values of the activity before and after, as the log holds them."""

    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One decision of a dry run.

    `before`, `after`: None where the content is not to be shown. `fingerprint`: None where there is nothing to carry
    out. `mailed`: the addresses of those whom Outlook would mail. `twin`: the captured event to which its activity
    could be linked instead of making another one.
    """

    mailbox_id: UUID
    event_id: str
    ical_uid: str | None
    activity_id: UUID | None
    reason: str
    action: str
    outcome: str
    start: str | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    outlook: Mapping[str, Any] | None = None
    fingerprint: str | None = None
    mailed: frozenset[str] = field(default=frozenset())
    twin: str | None = None

    @property
    def is_change(self) -> bool:
        """Whether it would change something that people see, on either side."""
        return self.action not in IDLE or self.outlook is not None


def planned(
    situation: Situation,
    decision: Decision,
    changes: Changes,
    *,
    event_id: str,
    outcome: str,
) -> PlannedItem:
    """The item for one decision."""
    shows = _is_shown(situation, decision, changes)
    mailed = mailed_by(situation, decision)
    return PlannedItem(
        mailbox_id=situation.mailbox_id,
        event_id=event_id,
        ical_uid=_ical_uid(situation),
        activity_id=situation.link.activity_id if situation.link else None,
        reason=decision.reason,
        action=changes.action,
        outcome=outcome,
        start=_start(situation),
        before=dict(changes.before) if shows else None,
        after=dict(changes.after) if shows else None,
        outlook=_write_shown(decision, len(mailed), shows=shows),
        fingerprint=fingerprint_of(situation, decision, changes, event_id),
        mailed=mailed,
    )


def fingerprint_of(
    situation: Situation, decision: Decision, changes: Changes, event_id: str
) -> str | None:
    """The same for the same decision about the same values, whenever it is taken. None: nothing to carry out."""
    link = situation.link
    if link is None and isinstance(decision.action, Leave):
        return None
    original_start = link.original_start if link else None
    told = [
        situation.mailbox_id,
        event_id,
        original_start,
        changes.action,
        decision.reason,
        _lasting(changes.before),
        _lasting(changes.after),
        _lasting(asdict(decision.outlook)) if decision.outlook else None,
    ]
    return _digest(told)


def planned_event(mailbox_id: UUID, event_id: str, activity: Activity, draft: Draft) -> PlannedItem:
    """The item for an event that would be made of an activity."""
    event = draft.event
    shown = {"subject": activity.subject, "when": activity.when, "place": activity.place}
    mailed = guests_to_invite(activity)
    told = [mailbox_id, event_id, _lasting(asdict(event)), sorted(mailed)]
    return PlannedItem(
        mailbox_id=mailbox_id,
        event_id=event_id,
        ical_uid=None,
        activity_id=activity.id,
        reason="event-created",
        action="create-event",
        outcome="applied",
        start=event.when.start.isoformat(),
        before=None if activity.confidential else {},
        after=None if activity.confidential else log_values.to_log(shown),
        outlook={"write": "create-event", "fields": [], "people": len(mailed)},
        fingerprint=_digest(told),
        mailed=mailed,
    )


def _is_shown(situation: Situation, decision: Decision, changes: Changes) -> bool:
    """Only content of what is, or would become, an activity that is not confidential."""
    activity = situation.activity
    members = getattr(decision.action, "fields", {})
    was_open = activity is None or not activity.confidential
    becomes_open = not members.get("confidential", False)
    is_activity = activity is not None or bool(changes.after)
    return is_activity and was_open and becomes_open


def _write_shown(decision: Decision, people: int, *, shows: bool) -> dict[str, Any] | None:
    write = decision.outlook
    if write is None:
        return None
    name = type(write).__name__
    fields = sorted(getattr(write, "fields", ())) if shows else []
    return {"write": _kebab(name), "fields": fields, "people": people}


def _kebab(name: str) -> str:
    return "".join(f"-{one.lower()}" if one.isupper() else one for one in name).lstrip("-")


def _ical_uid(situation: Situation) -> str | None:
    if situation.link:
        return situation.link.ical_uid
    event = _event(situation)
    return event.ical_uid if event else None


def _start(situation: Situation) -> str | None:
    event = _event(situation)
    if event:
        return event.when.start.isoformat()
    baseline = situation.link.baseline if situation.link else None
    return baseline.time.start.isoformat() if baseline else None


def _event(situation: Situation) -> CalendarEvent | None:
    match situation.observation:
        case Seen(event) | Lost(master=event):
            return event
    return None


def _digest(told: list[Any]) -> str:
    text = json.dumps(told, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _lasting(values: Any) -> Any:
    """The values without what is of the moment."""
    if isinstance(values, Mapping):
        kept = {str(name): value for name, value in values.items() if name not in _OF_THE_MOMENT}
        return {name: _lasting(value) for name, value in kept.items()}
    if isinstance(values, list | tuple):
        return [_lasting(value) for value in values]
    return values


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset | set) else str(value)
