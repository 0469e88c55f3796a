"""A person says whose value of a contested field stays, or takes the other one back after the policy had decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.crm_changes import governing_copy, note_activities, note_crm_changes
from liaison.calendar.linking.link import pass_of
from liaison.calendar.linking.meetings import own_representative
from liaison.calendar.linking.rights import get_link_to_act_on
from liaison.calendar.linking.values import Person
from liaison.calendar.model import Contest, Link, LinkState, NoteSource, Synced, SyncedPerson
from liaison.calendar.passes import Pass
from liaison.calendar.rules import synced
from liaison.calendar.rules.contests import REASONS, is_same, is_undecided, told
from liaison.calendar.rules.endings import whose
from liaison.calendar.rules.people import wanted_participants
from liaison.calendar.situations import match, read_acquaintances
from liaison.calendar.stores import decisions, links
from liaison.calendar.tools import Tools
from liaison.crm.model import Activity, ActivityChange, Actor, Applied
from liaison.errors import (
    LinkEnded,
    LinkFrozen,
    NotContested,
    NotFound,
    StillContested,
    VersionMismatch,
)
from liaison.people.model import Representative
from liaison.policy.store import StoredPolicy, read_policy
from liaison.policy.values import Conflict, Owner

WINNERS = {"outlook": Conflict.OUTLOOK_WINS, "crm": Conflict.CRM_WINS}
OVER = "The meeting is over, so nothing of it is written any more."


def settle_field(tools: Tools, person: Person, link_id: UUID, field: str, keep: str) -> Link:
    """Have the value of one side (`keep`: outlook, crm) stay in this field. Saying the same again changes nothing.

    Raises `NotContested` where nothing is contested (any more), `LinkEnded`, `LinkFrozen`.
    """
    own = own_representative(person)
    get_link_to_act_on(tools, person, link_id)
    with tools.database.transaction() as session:
        link = _lock(session, link_id)
        contest, winner = link.contested.get(field), WINNERS[keep]
        if contest is None:
            raise NotContested
        if winner in {contest.how, contest.chosen}:
            return link
        policy = read_policy(session)
        activity = _activity(session, tools, link)
        _check_possible(tools, policy, link, activity, field, contest)
        if contest.how is Conflict.HOLD:
            _choose(session, tools, link, field, replace(contest, chosen=winner))
        else:
            _take_back(session, tools, link, activity, field, own, policy)
        this = pass_of(tools, own, policy)
        decisions.log_decisions(session, [_entry(this, link, own, field, contest, keep)])
        return _lock(session, link_id)


def require_chosen(session: Session, tools: Tools, activity_id: UUID) -> None:
    """Raises `StillContested` while somebody has to choose between two values of this activity, and can."""
    link = links.find_link_of_activity(session, activity_id)
    if link is None or link.state is not LinkState.LIVE or not is_undecided(link.contested):
        return
    if link.baseline is None or not synced.is_over(link.baseline, tools.clock.now()):
        raise StillContested


def _lock(session: Session, link_id: UUID) -> Link:
    link = links.find_link(session, link_id, lock=True)
    if link is None:
        raise NotFound
    if link.state is LinkState.ENDED:
        raise LinkEnded
    if link.state is not LinkState.LIVE or governing_copy(link) is None:
        raise LinkFrozen
    return link


def _activity(session: Session, tools: Tools, link: Link) -> Activity:
    activity = tools.crm.find_activities(session, [link.activity_id]).get(link.activity_id)
    if activity is None or activity.deleted_at is not None:
        raise NotContested("The activity is deleted.")
    return activity


def _check_possible(
    tools: Tools,
    policy: StoredPolicy,
    link: Link,
    activity: Activity,
    field: str,
    contest: Contest,
) -> None:
    """What the activity holds must still be what was contested, or won."""
    won = contest.outlook if contest.how is Conflict.OUTLOOK_WINS else contest.crm
    if not is_same(told(synced.from_activity(activity), field), won):
        raise NotContested("The activity was changed since. Look at it again.")
    copy = governing_copy(link)
    follows_invitee = copy is not None and not copy.is_organizer
    if follows_invitee or getattr(policy.policy.owners, field) is Owner.OUTLOOK:
        raise NotContested("This field is Outlook's now.")
    if link.baseline and synced.is_over(link.baseline, tools.clock.now()):
        raise NotContested(OVER)


def _choose(session: Session, tools: Tools, link: Link, field: str, chosen: Contest) -> None:
    """The rules carry it out at the next look, if both sides still hold just these values."""
    links.save_links(session, [(link, {"contested": {**link.contested, field: chosen}})])
    note_activities(session, tools, [link.activity_id], NoteSource.PERSON)


def _take_back(
    session: Session,
    tools: Tools,
    link: Link,
    activity: Activity,
    field: str,
    own: Representative,
    policy: StoredPolicy,
) -> None:
    """The value that lost becomes the activity's by an edit of this person, which goes to Outlook like any other."""
    contest = link.contested[field]
    lost = contest.crm if contest.how is Conflict.OUTLOOK_WINS else contest.outlook
    members = _members(session, tools, link, activity, field, lost, policy)
    change = ActivityChange(activity.id, activity.version, members)
    actor = Actor(own.name, "crm", own.id)
    [result] = tools.crm.apply_changes(session, [change], actor)
    if not isinstance(result, Applied):
        raise VersionMismatch
    left = {name: one for name, one in link.contested.items() if name != field}
    links.save_links(session, [(link, {"contested": left})])
    note_crm_changes(session, tools, [activity.id])


def _members(
    session: Session,
    tools: Tools,
    link: Link,
    activity: Activity,
    field: str,
    value: Mapping[str, Any],
    policy: StoredPolicy,
) -> dict[str, Any]:
    """The members of the activity that hold this value."""
    if field == "time":
        stored = value.get("recurrence")
        recurrence = {"recurrence": synced.recurrence_from_json(stored)} if stored else {}
        return {"when": synced.when_from_json(value), **recurrence}
    if field != "participants":
        [text] = value.values()
        return {synced.MEMBERS[field]: text}
    people = tuple(SyncedPerson(**one) for one in value[field])
    offered = replace(link.baseline or synced.from_activity(activity), participants=people)
    return {field: _participants(session, tools, offered, activity, policy)}


def _participants(
    session: Session, tools: Tools, offered: Synced, activity: Activity, policy: StoredPolicy
) -> tuple[Any, ...]:
    known = read_acquaintances(session, tools.crm, [offered], [], policy)
    return wanted_participants(offered, match(offered.participants, known), activity)


def _entry(
    this: Pass, link: Link, own: Representative, field: str, contest: Contest, keep: str
) -> Any:
    keeps_outlook = keep == "outlook"
    before, after = contest.crm, contest.outlook
    return this.entry(
        REASONS[WINNERS[keep]],
        "settle-conflict",
        before=before if keeps_outlook else after,
        after=after if keeps_outlook else before,
        facts={"fields": [field], "settled": keep},
        **whose(link, own.id),
    )
