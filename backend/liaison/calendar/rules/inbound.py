"""What a meeting that is there and its activity bring to each other. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from liaison.calendar.model import Link, Scope, Synced
from liaison.calendar.rules import log_values, synced
from liaison.calendar.rules.arrival import agreed_since
from liaison.calendar.rules.contests import (
    REASONS,
    Contests,
    contest_remarks,
    contests_after,
    marked,
    winners,
)
from liaison.calendar.rules.copies import copy_remarks, organizing_mailbox
from liaison.calendar.rules.decision import Agree, Decision, Remark, UpdateActivity
from liaison.calendar.rules.going_out import GoingOut, going_out
from liaison.calendar.rules.left import without_left
from liaison.calendar.rules.merge import OWNED_FIELDS, Merged, Sides, merge_fields
from liaison.calendar.rules.outward import apart_outward, inward, outward
from liaison.calendar.rules.people import NOBODY, people_remarks, same_people, wanted_review
from liaison.calendar.rules.private import (
    must_forget,
    outlooks_own,
    private_members,
    private_remarks,
)
from liaison.calendar.rules.repeating import same_series
from liaison.calendar.rules.scope import scope_of
from liaison.calendar.rules.series import fresh_exceptions, told_of
from liaison.calendar.rules.situation import Seen, Situation
from liaison.calendar.rules.stubs import stub_members, updated_reason
from liaison.crm.model import Activity, OccurrenceKind
from liaison.outlook.model import CalendarEvent, CalendarPlace
from liaison.policy.values import Conflict, Owner, UnknownParticipants

UPDATED = "activity-updated"
WRITTEN = "event-updated"
_PLAIN = ("subject", "notes", "time", "recurrence", "place")


def merge(situation: Situation, link: Link, seen: Seen, activity: Activity) -> Decision:
    """Carry to the activity what Outlook changed, and to the meeting what the CRM changed, as far as they own it."""
    offered = situation.offered or synced.from_event(seen.event)
    crm = outward(synced.from_activity(activity), offered, situation.now)
    agreed = agreed_since(situation, link, offered, crm)
    before = agreed and apart_outward(agreed, offered, situation.now)
    sides = Sides(before, offered, crm, activity, situation.matches)
    deciding = winners(link, offered, crm, situation.policy.conflict)
    merged = merge_fields(sides, _owners(situation, link, seen.event), deciding)
    contests = contests_after(link, merged, offered, crm)
    private = situation.policy.private
    fields = {
        **private_members(seen.event, private, activity, link.baseline),
        **inward(_plain_fields(merged.crm, crm), activity, crm, merged.crm),
        **_people_fields(merged, activity),
        **_review_field(situation, link, activity, contests),
        **stub_members(situation, link, activity),
    }
    out = going_out(situation, link, seen.event, merged, offered)
    remarks = copy_remarks(situation, link, seen.event) + _where_remarks(seen)
    remarks += _kind_remark(link, seen.event) + out.remarks + contest_remarks(link, contests)
    remarks += private_remarks(seen.event, private, link.baseline, activity)
    if fields:
        remarks += _update_remarks(situation, link, fields, offered)
        decision = Decision(
            UpdateActivity(fields, activity.version, merged.baseline),
            updated_reason(situation, link, activity),
            facts=_first_facts(link, merged),
        )
        decision = _with_arrival(decision, fields, out, activity)
    else:
        decision = _unchanged(seen, merged, out, contests, activity)
    return replace(
        decision,
        remarks=_besides(decision, remarks),
        forgets=must_forget(seen.event, private, link.baseline),
        outlook=out.change,
        keeps=_kept(link, contests, out),
    )


def _besides(decision: Decision, remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """What the decision itself tells is not told twice."""
    told = {decision.reason} if decision.is_told else set()
    return tuple(one for one in remarks if one.reason not in told) + decision.remarks


def _owners(situation: Situation, link: Link, event: CalendarEvent) -> Mapping[str, Owner]:
    """Whose each field is. While an invitee's copy governs, all are Outlook's, as is what is not stored."""
    owners = situation.policy.owners
    outlooks = outlooks_own(event, situation.policy.private, link.baseline)
    if organizing_mailbox(situation, link) is None:
        outlooks = frozenset(OWNED_FIELDS)
    return {
        name: Owner.OUTLOOK if name in outlooks else getattr(owners, name) for name in OWNED_FIELDS
    }


def _plain_fields(wanted: Synced, held: Synced) -> Mapping[str, Any]:
    return {
        synced.MEMBERS[name]: wanted.value(name)
        for name in _PLAIN
        if wanted.value(name) != held.value(name)
        and not (name == "recurrence" and same_series(wanted.recurrence, held.recurrence))
    }


def _people_fields(merged: Merged, activity: Activity) -> Mapping[str, Any]:
    wanted = merged.participants
    organizer = wanted[0]
    if same_people(wanted, activity.participants) and same_people(
        [organizer], [activity.organizer]
    ):
        return {}
    return {"participants": wanted, "organizer": organizer}


def _update_remarks(
    situation: Situation, link: Link, fields: Mapping[str, Any], offered: Synced
) -> tuple[Remark, ...]:
    people = people_remarks(situation.matches or NOBODY) if "participants" in fields else ()
    if "recurrence" not in fields or link.baseline is None or situation.written:
        return people
    return people + _occurrence_remarks(link.baseline, offered)


def _with_arrival(
    decision: Decision, fields: Mapping[str, Any], out: GoingOut, activity: Activity
) -> Decision:
    """What Outlook made of a write of ours is no change of its own; what came with it is."""
    if not out.after:
        return decision
    facts = _by(activity)
    if decision.reason == UPDATED and set(out.after) >= set(log_values.to_log(fields)):
        return replace(decision, reason=WRITTEN, facts=facts, before=out.before, after=out.after)
    arrived = Remark(WRITTEN, facts, before=out.before, after=out.after)
    return replace(decision, remarks=(arrived,))


def _unchanged(
    seen: Seen, merged: Merged, out: GoingOut, contests: Contests, activity: Activity
) -> Decision:
    """Nothing of the activity changes: its own change arrived, or is on its way; else why nothing happens."""
    action = Agree(merged.baseline)
    if out.after:
        facts = _by(activity)
        return Decision(action, WRITTEN, facts=facts, before=out.before, after=out.after)
    if out.change:
        return Decision(action, WRITTEN, facts=_by(activity), is_told=False)
    if out.remarks:
        return Decision(action, out.remarks[-1].reason, facts=out.remarks[-1].facts)
    where = _where_remarks(seen)
    if where:
        return Decision(action, where[0].reason)
    if any(one.how is Conflict.HOLD for one in contests.values()):
        # It was told when it came up.
        return Decision(action, REASONS[Conflict.HOLD], is_told=False)
    apart = _apart(merged)
    return Decision(action, "already-agreed", facts={"apart": apart} if apart else {})


def _first_facts(link: Link, merged: Merged) -> Mapping[str, Any]:
    """That the two were linked just now, and what only the CRM has, or owns, so that it stays there."""
    is_first = link.baseline is None
    apart = _apart(merged) if is_first else []
    return {"first": is_first} | ({"apart": apart} if apart else {})


def _apart(merged: Merged) -> list[str]:
    """The fields in which each side keeps its own."""
    here, there = merged.crm, merged.wanted
    names = (name for name in OWNED_FIELDS if name != "participants")
    found = [name for name in names if here.value(name) != there.value(name)]
    is_repeated_apart = not same_series(here.recurrence, there.recurrence)
    found += ["time"] if is_repeated_apart and "time" not in found else []
    return found + (["participants"] if merged.people_apart else [])


def _by(activity: Activity) -> Mapping[str, Any]:
    return {"actor": activity.changed_by}


def _kept(link: Link, contests: Contests, out: GoingOut) -> Mapping[str, Any]:
    """What the link remembers besides the baseline, where that is news."""
    news: dict[str, Any] = {}
    if contests != link.contested:
        news["contested"] = contests
    if out.on_its_way != link.sent:
        news["sent"] = out.on_its_way
    return news


def _review_field(
    situation: Situation, link: Link, activity: Activity, contests: Contests
) -> Mapping[str, Any]:
    review = activity.review
    if situation.matches is not None:
        review = wanted_review(
            situation.matches,
            activity,
            is_first=link.baseline is None,
            mark_unknown=situation.policy.unknown_participants is UnknownParticipants.REVIEW,
        )
        review = without_left(review)
    review = marked(review, contests)
    return {} if review == activity.review else {"review": review}


def _where_remarks(seen: Seen) -> tuple[Remark, ...]:
    """A meeting that only left our view is no removal."""
    if seen.place is CalendarPlace.OTHER:
        return (Remark("left-calendar"),)
    return (Remark("left-window"),) if seen.reported_removed else ()


def _kind_remark(link: Link, event: CalendarEvent) -> tuple[Remark, ...]:
    """A single meeting that became a series in place, or back, keeps its link."""
    shown = scope_of(event)
    return () if link.scope in {shown, Scope.OCCURRENCE} else (Remark("kind-changed"),)


def _occurrence_remarks(before: Synced, now: Synced) -> tuple[Remark, ...]:
    fresh = fresh_exceptions(before.recurrence, now.recurrence)
    reasons = {
        OccurrenceKind.CHANGED: "occurrence-changed",
        OccurrenceKind.CANCELLED: "occurrence-cancelled",
    }
    return tuple(
        Remark(
            reasons[kind],
            {"originalStart": one.original_start.isoformat(), **told_of(one.fields, now)},
        )
        for kind, found in fresh.items()
        for one in found
    )
