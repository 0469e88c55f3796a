"""What a series, and who takes part, brings to an activity."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from builders import a_contact_participant, a_stranger, a_time
from calendar_builders import (
    INES_INVITED,
    NOW,
    a_link,
    a_situation,
    an_activity,
    an_event,
    matched,
)
from liaison.calendar.model import FrozenReason, LinkState, Scope
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import (
    Agree,
    Decision,
    HoldRemoval,
    Leave,
    Remark,
    UpdateActivity,
)
from liaison.calendar.rules.people import same_people, wanted_participants, wanted_review
from liaison.calendar.rules.situation import Held, NotFound
from liaison.crm.matching import Matches
from liaison.crm.model import (
    ActivityRecurrence,
    OccurrenceException,
    OccurrenceKind,
    PersonKind,
    ReviewNote,
)
from liaison.outlook.model import Attendee, EventKind, Organizer, Sensitivity
from liaison.policy.settings import Policy
from liaison.policy.values import Owner, Owners
from people import ANN, INES, JON

FIRST, SECOND = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 30, 9, tzinfo=UTC)
WEEKLY = ActivityRecurrence("FREQ=WEEKLY;BYDAY=MO;WKST=MO")
CHANGED = OccurrenceException(FIRST, OccurrenceKind.CHANGED, {"location": "Room 2"})
CANCELLED = OccurrenceException(SECOND, OccurrenceKind.CANCELLED)
MASTER = an_event(kind=EventKind.SERIES_MASTER)


def of_series(before, now, **members):
    """The activity and the baseline have the one, the meeting shows the other."""
    baseline = replace(a_link().baseline, recurrence=before)
    link = a_link(scope=Scope.SERIES, baseline=baseline)
    offered = replace(synced.from_event(MASTER), recurrence=now)
    activity = an_activity(recurrence=before)
    return a_situation(MASTER, link=link, offered=offered, activity=activity, **members)


def test_occurrences_that_changed_since_are_named_each():
    now = replace(WEEKLY, exceptions=(CHANGED, CANCELLED))

    decision = decide(of_series(WEEKLY, now))

    assert decision.action.fields == {"recurrence": now}
    assert decision.remarks == (
        Remark("occurrence-changed", {"originalStart": FIRST.isoformat(), "location": "Room 2"}),
        Remark("occurrence-cancelled", {"originalStart": SECOND.isoformat()}),
    )


def test_occurrences_that_were_known_are_not_named_again():
    before = replace(WEEKLY, exceptions=(CHANGED,))
    now = replace(WEEKLY, exceptions=(CHANGED, CANCELLED))

    reasons = [remark.reason for remark in decide(of_series(before, now)).remarks]

    assert reasons == ["occurrence-cancelled"]


def test_occurrences_are_not_named_at_a_first_sync_or_where_only_a_subject_changed():
    now = replace(WEEKLY, exceptions=(CHANGED,))
    first = of_series(None, now)
    first = replace(first, link=replace(first.link, baseline=None))
    renamed = of_series(now, now)
    renamed = replace(renamed, activity=replace(renamed.activity, subject="Other"))

    assert [remark.reason for remark in decide(first).remarks] == ["organizer-copy"]
    assert decide(renamed).remarks == ()


def test_how_a_series_repeats_is_a_part_of_its_time():
    shared = Policy(owners=Owners(time=Owner.BOTH))
    ours = Policy(owners=Owners(time=Owner.CRM))
    now = replace(WEEKLY, rule="FREQ=WEEKLY;BYDAY=TU")
    moved = of_series(WEEKLY, now, policy=shared)
    only_here = of_series(WEEKLY, WEEKLY, policy=shared)
    only_here = replace(only_here, activity=an_activity(recurrence=None))

    assert decide(moved).action.fields == {"recurrence": now}
    assert isinstance(decide(only_here).action, Agree)
    assert isinstance(decide(of_series(WEEKLY, now, policy=ours)).action, Agree)


def test_a_time_of_both_is_carried_whole_once_outlook_changed_any_of_it():
    shared = Policy(owners=Owners(time=Owner.BOTH))
    situation = of_series(WEEKLY, replace(WEEKLY, rule="FREQ=WEEKLY;BYDAY=TU"), policy=shared)
    moved_here = an_activity(recurrence=WEEKLY, when=a_time(hours=2))

    fields = decide(replace(situation, activity=moved_here)).action.fields

    assert fields.keys() == {"when", "recurrence"}
    moved_there = replace(situation.offered, time=a_time(hours=3), recurrence=WEEKLY)
    moved = replace(situation, offered=moved_there)
    assert decide(moved).action.fields == {"when": a_time(hours=3)}


@pytest.mark.parametrize(
    ("kind", "scope", "said"),
    [
        (EventKind.SERIES_MASTER, Scope.SINGLE, True),
        (EventKind.SINGLE_INSTANCE, Scope.SERIES, True),
        (EventKind.SINGLE_INSTANCE, Scope.OCCURRENCE, False),
        (EventKind.SERIES_MASTER, Scope.SERIES, False),
    ],
)
def test_a_meeting_that_became_a_series_keeps_its_link_and_says_so(kind, scope, said):
    """kind-changed."""
    decision = decide(a_situation(an_event(kind=kind), link=a_link(scope=scope)))

    assert decision.remarks == ((Remark("kind-changed"),) if said else ())


def test_what_a_meeting_offers_is_read_from_it_where_nobody_did_before():
    situation = replace(a_situation(an_event(subject="New")), offered=None)

    assert decide(situation).action.fields == {"subject": "New"}


def test_a_whole_update():
    event = an_event(subject="New")

    decision = decide(a_situation(event))

    update = UpdateActivity({"subject": "New"}, 4, synced.from_event(event))
    assert decision == Decision(update, "activity-updated", facts={"first": False})


def test_a_removal_that_waits_says_only_that():
    decision = decide(a_situation(NotFound("AAMk-ann"), held=Held.WAITING))

    assert decision == Decision(HoldRemoval(), "held-removal", log=False)


def test_a_meeting_that_stays_private_is_remembered_as_present():
    private = an_event(sensitivity=Sensitivity.CONFIDENTIAL)
    link = a_link(state=LinkState.FROZEN, frozen_reason=FrozenReason.PRIVATE)

    decision = decide(a_situation(private, link=link))

    facts = {"cause": "private"}
    assert decision == Decision(Leave(copy_present=True), "link-frozen", facts=facts)


def test_the_organizer_stays_first_where_the_meeting_names_none():
    offered = synced.from_event(an_event(organizer=Organizer("", ""), attendees=(INES_INVITED,)))
    activity = an_activity()

    wanted = wanted_participants(offered, matched(offered.participants), activity)

    assert [one.address for one in wanted] == [ANN.address, INES_INVITED.address]
    assert wanted_participants(replace(offered, participants=()), Matches(()), activity) == (
        activity.organizer,
    )


def test_people_are_told_apart_by_id_then_address_then_name():
    ines, jon = a_contact_participant(INES), a_contact_participant(JON)
    renamed = replace(ines, name="Moreau, Ines")
    mia, other_mia = a_stranger(), a_stranger(name="Mia Two")
    one, two = a_stranger("", name="One"), a_stranger("", name="Two")

    assert same_people([ines, jon], [jon, renamed])
    assert not same_people([ines], [replace(ines, id=JON.id)])
    assert not same_people([mia], [other_mia])
    assert not same_people([one], [two])
    assert not same_people([mia], [replace(mia, role="optional")])
    assert not same_people([mia], [replace(mia, response="accepted")])


def test_strangers_without_address_stay_two_people():
    people = (Attendee("One", ""), Attendee("Two", ""))
    offered = synced.from_event(an_event(attendees=people))

    wanted = wanted_participants(offered, Matches(()), an_activity())

    assert [(one.kind, one.name) for one in wanted[1:]] == [
        (PersonKind.OTHER, "One"),
        (PersonKind.OTHER, "Two"),
    ]


@pytest.mark.parametrize("note", [ReviewNote("participants-unknown"), ReviewNote("participants-unknown", "gone@x.example")])  # fmt: skip
def test_a_mark_of_nobody_in_the_meeting_goes(note):
    kept = ReviewNote("event-deleted")
    activity = an_activity(review=(note, kept))

    review = wanted_review(Matches(()), activity, is_first=False, mark_unknown=True)

    assert review == (kept,)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_stranger_who_stood_in_the_activity_is_marked_at_the_first_sync_only(is_first):
    people = synced.from_event(an_event(attendees=(Attendee("Mia", "mia@unknown.example"),)))
    activity = an_activity(participants=(an_activity().organizer, a_stranger()))
    matches = matched(people.participants)

    review = wanted_review(matches, activity, is_first=is_first, mark_unknown=True)

    mark = ReviewNote("participants-unknown", "mia@unknown.example")
    assert review == ((mark,) if is_first else ())
    assert wanted_review(matches, activity, is_first=is_first, mark_unknown=False) == ()


def test_the_organizer_of_an_activity_is_required_and_answered():
    organizer = replace(an_activity().organizer, role="optional", response="none")
    held = synced.from_activity(an_activity(organizer=organizer, participants=(), recurrence=WEEKLY))  # fmt: skip

    (person,) = held.participants

    assert (person.role, person.response) == ("required", "organizer")
    assert held.recurrence == WEEKLY
    assert not synced.is_over(held, NOW)
