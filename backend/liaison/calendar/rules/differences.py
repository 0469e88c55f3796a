"""Where a link, its meeting and its activity do not agree: named by field, with both values. Pure.

What counts is what the ordinary rules would do about the meeting as it is now: where they would write nothing, and
what is remembered is right, nothing differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from liaison.calendar.model import SYNCED_FIELDS, Link, LinkState, Synced
from liaison.calendar.rules import log_values, synced
from liaison.calendar.rules.copies import governs
from liaison.calendar.rules.decision import Agree, ChangeEvent, Decision, Leave, UpdateActivity
from liaison.calendar.rules.situation import Held, Seen, Situation
from liaison.outlook.model import CalendarEvent
from liaison.policy.values import Owner


@dataclass(frozen=True, slots=True)
class Difference:
    """One field. `outlook` is what holds, `crm` what was found instead; both JSON-ready."""

    field: str
    outlook: Any = None
    crm: Any = None


def find_differences(situation: Situation, decision: Decision) -> tuple[Difference, ...]:
    """What differs, if this is what the rules decide now."""
    link = situation.link
    # What waits for an administrator is known already, and listed where he decides.
    if link is None or situation.held is Held.WAITING:
        return ()
    return (
        *state_differences(link),
        *_copy_differences(situation, link),
        *_content_differences(situation, link, decision),
    )


def fields_apart(decision: Decision) -> tuple[str, ...]:
    """The fields in which each side keeps its own by the rules, where nothing else is to be done. No damage."""
    return tuple(decision.facts.get("apart", ())) if isinstance(decision.action, Agree) else ()


def keeps_apart(link: Link, owner: Owner, name: str, outlook: Synced, crm: Synced) -> bool:
    """Whether each side keeps its own in this field, until somebody changes it: nothing is on its way."""
    before = link.baseline
    if before is None or owner is Owner.OUTLOOK or name == "participants":
        return False
    if crm.value(name) != before.crm_side.value(name):
        return False
    return owner is Owner.CRM or outlook.value(name) == before.value(name)


def state_differences(link: Link) -> tuple[Difference, ...]:
    """States that no path of ours leaves behind."""
    expected = _expected_state(link)
    if expected is None:
        return ()
    found = {
        "state": link.state.value,
        "frozenReason": link.frozen_reason.value if link.frozen_reason else None,
        "endedAt": link.ended_at.isoformat() if link.ended_at else None,
    }
    return (Difference("state", expected, found),)


def is_on_its_way(event: CalendarEvent, link: Link, since: datetime) -> bool:
    """Whether the meeting was changed while the reconcile ran: that is a change like any other, no difference."""
    changed_at = event.last_modified
    if changed_at is None or changed_at <= since:
        return False
    return link.last_synced_at is None or changed_at > link.last_synced_at


def _expected_state(link: Link) -> str | None:
    match link.state:
        case LinkState.LIVE if link.frozen_reason or link.ended_at or link.ended_reason:
            return "live, without a reason to be frozen or ended"
        case LinkState.FROZEN if link.frozen_reason is None:
            return "frozen, with a reason"
        case LinkState.ENDED if link.ended_at is None:
            return "ended, with a time"
        case LinkState.RESERVED:
            return "live"
    return None


def _copy_differences(situation: Situation, link: Link) -> Iterator[Difference]:
    if not isinstance(situation.observation, Seen) or link.state is LinkState.ENDED:
        return
    event = situation.observation.event
    # An occurrence is remembered by its series.
    shown = event.series_master_id or event.event_id
    copy = link.copy_of(situation.mailbox_id)
    known = copy.event_id if copy else None
    if copy is None or known not in {shown, event.event_id}:
        yield Difference("copy", shown, known)
    elif (copy.is_organizer, copy.is_present) != (event.is_organizer, True):
        shows = {"isOrganizer": event.is_organizer, "isPresent": True}
        found = {"isOrganizer": copy.is_organizer, "isPresent": copy.is_present}
        yield Difference("copy", shows, found)


def _content_differences(
    situation: Situation, link: Link, decision: Decision
) -> Iterator[Difference]:
    if link.state is LinkState.ENDED or not _is_ours(situation, link):
        return
    match decision.action:
        case UpdateActivity(fields):
            yield from _fields(situation, fields)
            yield from _baseline(link, None)
            yield from _going_out(decision)
        case Agree(baseline):
            yield from _baseline(link, baseline)
            yield from _organizer(situation, link)
            yield from _going_out(decision)
        case Leave() if decision.reason != "unsupported":
            return
        case _:
            yield Difference("meeting", decision.reason, link.state.value)


def _is_ours(situation: Situation, link: Link) -> bool:
    """What became of a copy that does not govern is the business of the mailbox whose copy does."""
    return governs(situation, link) or not isinstance(situation.observation, Seen)


def _fields(situation: Situation, fields: Any) -> Iterator[Difference]:
    held = log_values.values_of(situation.activity, fields)
    wanted = log_values.to_log(fields)
    before, after = log_values.only_changes(held, wanted)
    for name, value in after.items():
        yield Difference(name, value, before.get(name))


def _baseline(link: Link, agreed: Synced | None) -> Iterator[Difference]:
    """`agreed`: what both agree on now, None while they do not."""
    if link.baseline is None:
        yield Difference("baseline", "the values both sides agreed on")
    elif agreed:
        for name in SYNCED_FIELDS:
            if link.baseline.value(name) != agreed.value(name):
                shown = synced.field_to_json(agreed, name)
                yield Difference(
                    f"baseline.{name}", shown, synced.field_to_json(link.baseline, name)
                )


def _going_out(decision: Decision) -> Iterator[Difference]:
    """What the CRM changed and the meeting does not show."""
    change = decision.outlook
    if not isinstance(change, ChangeEvent) or change.replaced is None:
        return
    for name in sorted(change.fields | ({"recurrence"} if change.occurrences else set())):
        there = synced.field_to_json(change.replaced, name)
        yield Difference(name, there, synced.field_to_json(change.wanted, name))


def _organizer(situation: Situation, link: Link) -> Iterator[Difference]:
    if isinstance(situation.observation, Seen):
        address = situation.observation.event.organizer.address
        if address != link.organizer_address:
            yield Difference("organizer", address, link.organizer_address)
