"""Events, links and situations of which a test overrides what matters to it: Ann's meeting with Ines on Monday at ten."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from builders import a_contact_participant, a_representative_participant, a_time
from liaison.calendar.model import Copy, Link, LinkState, Scope
from liaison.calendar.rules import synced
from liaison.calendar.rules.decision import Decision, RemoveActivity, RestoreLink, UpdateActivity
from liaison.calendar.rules.situation import (
    Observation,
    OrganizerStanding,
    Seen,
    Situation,
    Standing,
)
from liaison.crm.matching import Candidate, Matches, match_people
from liaison.crm.model import Activity, ActivityStatus, ActivityType, PersonKind
from liaison.outlook.model import Attendee, CalendarEvent, EventKind, Organizer, Response
from liaison.policy.settings import Policy
from people import ANN, BO, CARLA, INES, JON, KIM

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
ANN_ORGANIZES = OrganizerStanding(Standing.ACTIVE, ANN.id)
NOT_OURS = OrganizerStanding(Standing.OUTSIDE)
INES_INVITED = Attendee(INES.name, INES.addresses[0], response=Response.ACCEPTED)


def an_event(**members: Any) -> CalendarEvent:
    """Ann's copy of the meeting."""
    event = CalendarEvent(
        event_id="AAMk-ann",
        ical_uid="040000008200E00074C5B7101A82E008",
        etag='W/"1"',
        kind=EventKind.SINGLE_INSTANCE,
        subject="Renewal Contoso",
        notes="Agenda",
        when=a_time(),
        place="Room 1",
        organizer=Organizer(ANN.name, ANN.address),
        is_organizer=True,
        attendees=(INES_INVITED,),
    )
    return replace(event, **members)


def an_activity(**members: Any) -> Activity:
    """The activity, in step with the meeting."""
    organizer = a_representative_participant(response="organizer")
    activity = Activity(
        id=UUID(int=0xE001),
        type=ActivityType.APPOINTMENT,
        subject="Renewal Contoso",
        notes="Agenda",
        when=a_time(),
        place="Room 1",
        status=ActivityStatus.PLANNED,
        owner_id=ANN.id,
        organizer=organizer,
        participants=(organizer, a_contact_participant(INES, response="accepted")),
        version=4,
        created_by=ANN.name,
        changed_by=ANN.name,
        changed_at=NOW,
    )
    return replace(activity, **members)


def a_copy(mailbox_id: UUID = ANN.id, **members: Any) -> Copy:
    """A copy that is there, the organizer's if it is Ann's."""
    copy = Copy(mailbox_id, f"AAMk-{mailbox_id}", mailbox_id == ANN.id, is_present=True)
    return replace(copy, **members)


def a_link(**members: Any) -> Link:
    """A live link, in step."""
    link = Link(
        id=UUID(int=0xF001),
        scope=Scope.SINGLE,
        state=LinkState.LIVE,
        ical_uid=an_event().ical_uid,
        original_start=None,
        activity_id=UUID(int=0xE001),
        organizer_address=ANN.address,
        copies=(a_copy(event_id="AAMk-ann"),),
        baseline=synced.from_event(an_event()),
        created_by=ANN.name,
        version=2,
    )
    return replace(link, **members)


def a_situation(seen: CalendarEvent | Observation | None = None, **members: Any) -> Situation:
    """Ann's copy was observed, and nothing differs."""
    observation = Seen(seen) if isinstance(seen, CalendarEvent) else seen or Seen(an_event())
    offered = synced.from_event(observation.event) if isinstance(observation, Seen) else None
    situation = Situation(
        mailbox_id=ANN.id,
        observation=observation,
        source=observation,
        link=a_link(),
        activity=an_activity(),
        organizer=ANN_ORGANIZES,
        policy=Policy(),
        now=NOW,
        offered=offered,
        matches=matched(offered.participants) if offered else None,
    )
    return replace(situation, **members)


def an_outside_meeting(mailbox_id: UUID, **members: Any) -> Situation:
    """Kim of Fabrikam organizes; seen is the copy of one of ours; Bo and Carla have one each."""
    event = an_event(
        event_id=f"AAMk-{mailbox_id}",
        organizer=Organizer(KIM.name, KIM.addresses[0]),
        is_organizer=False,
        **members.pop("event", {}),
    )
    link = a_link(
        organizer_address=KIM.addresses[0],
        copies=(a_copy(BO.id), a_copy(CARLA.id)),
        baseline=synced.from_event(event),
    )
    return replace(
        a_situation(event, mailbox_id=mailbox_id, link=link, organizer=NOT_OURS), **members
    )


def matched(people: Any, *, unknown: bool = False) -> Matches:
    """Who these people are to a CRM that knows the cast; of the contacts none where `unknown`."""
    ours = {
        one.address: Candidate(PersonKind.REPRESENTATIVE, one.id, one.name)
        for one in (ANN, BO, CARLA)
    }
    theirs = {} if unknown else {one.addresses[0]: [one] for one in (INES, JON, KIM)}
    return match_people(people, ours, theirs, frozenset({"nordwind.example"}))


def applied(situation: Situation, decision: Decision) -> Situation:
    """The same observation after the decision was carried out, as values."""
    activity, link = situation.activity, situation.link
    match decision.action:
        case UpdateActivity(fields, version, baseline):
            activity = replace(activity, **fields, version=version + 1)
            link = replace(link, baseline=baseline, state=LinkState.LIVE)
        case RemoveActivity(_, fields, version):
            activity = replace(activity, **fields, version=version + 1)
            link = _ended(link, decision, removal_version=version + 1)
        case RestoreLink(fields):
            activity = replace(activity, **fields, version=activity.version + 1)
            link = replace(link, state=LinkState.LIVE)
    return replace(situation, activity=activity, link=link)


def _ended(link: Link, decision: Decision, *, removal_version: int) -> Link:
    return replace(
        link,
        state=LinkState.ENDED,
        ended_by="SYNC_MASTER",
        ended_reason=decision.reason,
        removal_version=removal_version,
    )
