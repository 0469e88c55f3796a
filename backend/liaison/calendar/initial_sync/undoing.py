"""Takes back what a run wrote to the CRM, where nothing newer happened. Outlook is not touched, and nobody is mailed.

What was made is deleted softly and its link ended; what was changed holds its old values again and its link is frozen
until a person resumes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.model import FrozenReason, Link, LinkState, LoggedDecision
from liaison.calendar.passes import Pass
from liaison.calendar.rules import journal, log_values, synced
from liaison.calendar.rules.endings import ended
from liaison.calendar.rules.journal import Kind
from liaison.calendar.stores import decisions, links
from liaison.calendar.stores.made_meetings import list_made_meetings
from liaison.crm.model import Activity, ActivityChange, Applied
from liaison.crm.port import Crm
from liaison.reasons.model import Outcome

TOMBSTONE = "unlinked-by-person"
FROZEN = "link-frozen"


@dataclass(frozen=True, slots=True)
class Step:
    """What would be taken back of one activity: the members to write, and what its link becomes."""

    link: Link
    activity: Activity
    kind: Kind
    fields: Mapping[str, Any]
    baseline: Any


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What undoing would do. `newer`: the activities that are left, because something newer happened to them.

    `meetings`: the activities whose meetings the runs made in Outlook, where they stay.
    """

    steps: Sequence[Step]
    newer: Sequence[UUID]
    meetings: Sequence[UUID] = ()

    @property
    def created(self) -> int:
        """How many are deleted; their meetings are never captured again by themselves."""
        return sum(one.kind is Kind.CREATED for one in self.steps)


def foresee(session: Session, crm: Crm, run_ids: Sequence[UUID], *, lock: bool = False) -> Foreseen:
    """What could be taken back of these runs now."""
    written = _written(session, run_ids)
    ids = sorted({one.link_id for lines in written.values() for one in lines if one.link_id})
    found = links.lock_links_by_ids(session, ids) if lock else links.list_links(session, ids)
    tied = {link.id: link for link in found}
    activities = crm.find_activities(session, sorted(written))
    present = links.find_links_of_activities(session, written)
    steps, newer = [], []
    for activity_id, lines in written.items():
        link = tied.get(lines[-1].link_id) if lines[-1].link_id else None
        activity = activities.get(activity_id)
        if link is None or activity is None or _is_undone(link, activity, lines):
            continue
        other = present.get(activity_id)
        if (other and other.id != link.id) or _is_newer(activity, link, lines):
            newer.append(activity_id)
        else:
            steps.append(_step(link, activity, lines))
    return Foreseen(steps, newer, list_made_meetings(session, run_ids))


def undo(session: Session, crm: Crm, run_ids: Sequence[UUID], this: Pass) -> Foreseen:
    """Take back what can be. The actor's origin is the sync's, so that nothing of it goes out."""
    foreseen = foresee(session, crm, run_ids, lock=True)
    changes = [
        ActivityChange(one.activity.id, one.activity.version, _members(one, this))
        for one in foreseen.steps
    ]
    results = crm.apply_changes(session, changes, this.actor) if changes else []
    came = list(zip(foreseen.steps, results, strict=True))
    done = [step for step, result in came if isinstance(result, Applied)]
    late = [step.activity.id for step, result in came if not isinstance(result, Applied)]
    links.save_links(session, [(one.link, _link_members(one, this)) for one in done])
    decisions.log_decisions(session, [_entry(one, this) for one in done])
    return Foreseen(done, [*foreseen.newer, *late], foreseen.meetings)


def _written(session: Session, run_ids: Sequence[UUID]) -> dict[UUID, list[LoggedDecision]]:
    """What these runs wrote, the first first, by activity."""
    found: dict[UUID, list[LoggedDecision]] = {}
    for line in decisions.list_journal(session, run_ids):
        if line.activity_id:
            found.setdefault(line.activity_id, []).append(line)
    return found


def _is_undone(link: Link, activity: Activity, lines: Sequence[LoggedDecision]) -> bool:
    """Whether nothing is left to take back: of what was made, that it is deleted and its link ended."""
    is_gone = activity.deleted_at is not None and link.state is LinkState.ENDED
    return link.frozen_reason is FrozenReason.UNDONE or (is_gone and _is_created(lines))


def _is_created(lines: Sequence[LoggedDecision]) -> bool:
    return any(one.undo is not None and one.undo["kind"] == Kind.CREATED for one in lines)


def _is_newer(activity: Activity, link: Link, lines: Sequence[LoggedDecision]) -> bool:
    """Whether somebody changed the activity since, or in between, or a person ended the link."""
    versions = [one.activity_version for one in lines if one.activity_version is not None]
    if any(later > earlier + 1 for earlier, later in pairwise(versions)):
        return True
    if versions and activity.version != versions[-1]:
        return True
    was_removed = lines[-1].undo is not None and lines[-1].undo["kind"] == Kind.REMOVED
    return link.state is LinkState.ENDED and not was_removed


def _step(link: Link, activity: Activity, lines: Sequence[LoggedDecision]) -> Step:
    """The oldest values count, whatever the run wrote one after the other."""
    stored = [one.undo for one in lines if one.undo is not None]
    fields: dict[str, Any] = {}
    for one in reversed(stored):
        fields |= journal.members_before(one)
    kind = Kind.CREATED if _is_created(lines) else Kind(stored[-1]["kind"])
    baseline = stored[0]["baseline"]
    return Step(link, activity, kind, fields, synced.from_json(baseline) if baseline else None)


def _members(step: Step, this: Pass) -> Mapping[str, Any]:
    return {"deleted_at": this.now} if step.kind is Kind.CREATED else step.fields


def _link_members(step: Step, this: Pass) -> dict[str, Any]:
    if step.kind is Kind.CREATED:
        return ended(FrozenReason.UNDONE.value, this.actor.name, this.now)
    return {
        "state": LinkState.FROZEN,
        "frozen_reason": FrozenReason.UNDONE,
        "ended_at": None,
        "ended_by": None,
        "ended_reason": None,
        "removal_version": None,
        "baseline": step.baseline,
    }


def _entry(step: Step, this: Pass) -> LoggedDecision:
    members = _members(step, this)
    before, after = log_values.only_changes(
        log_values.values_of(step.activity, members), log_values.to_log(members)
    )
    copy = min(step.link.copies, key=lambda one: not one.is_organizer, default=None)
    is_created = step.kind is Kind.CREATED
    facts = {"how" if is_created else "cause": FrozenReason.UNDONE.value}
    return this.entry(
        TOMBSTONE if is_created else FROZEN,
        "undo-creation" if is_created else "undo-change",
        outcome=Outcome.APPLIED,
        mailbox_id=copy.mailbox_id if copy else None,
        event_id=copy.event_id if copy else None,
        link_id=step.link.id,
        activity_id=step.activity.id,
        before=before,
        after=after,
        facts=facts | ({"confidential": True} if step.activity.confidential else {}),
    )
