"""What is told while fields of a linked meeting wait, are contested or stay out, and what being private means to a merge."""

from dataclasses import replace
from datetime import date

import pytest

from builders import a_stranger
from calendar_builders import INES_INVITED, a_link, an_activity, an_event
from liaison.calendar.model import Contest, LinkState, Scope
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Agree, Remark
from liaison.calendar.rules.identities import held_now
from liaison.calendar.rules.private import BUSY_SUBJECT, veil
from liaison.calendar.rules.situation import Seen
from liaison.crm.model import ReviewNote
from liaison.outlook.model import Attendee, CalendarPlace, EventKind, Organizer, Sensitivity
from liaison.policy.settings import Policy
from liaison.policy.values import Conflict, Owner, Private, UnknownParticipants
from merging import a_pair, crm_after, is_idle, offer_of, owned, seen_now
from people import ANN
from series_builders import MON, an_hour, series, weekly

BY_ANN = {"actor": "Ann Berg"}
HELD = owned(conflict=Conflict.HOLD)
WAITS = ReviewNote("conflict-held")
SUBJECTS = Contest({"subject": "Theirs"}, {"subject": "Ours"}, Conflict.HOLD)
SECRET = an_event(sensitivity=Sensitivity.PRIVATE)
VEILED = veil(SECRET, Private.BUSY_ONLY, Organizer(ANN.name, ANN.address))
BARE, WHOLE = synced.from_event(VEILED), synced.from_event(SECRET)


def members_of(decision):
    return (decision.reason, decision.facts, decision.is_told)


def test_a_change_on_its_way_is_not_told_before_outlook_has_answered():
    decision = decide(a_pair(activity=an_activity(place="Room 3")))

    assert isinstance(decision.action, Agree)
    assert members_of(decision) == ("event-updated", BY_ANN, False)


@pytest.mark.parametrize("answers", [True, False], ids=["answered", "answer lost"])
def test_a_change_that_arrived_is_told_with_who_made_it_and_both_values(answers):
    sent = a_pair(activity=an_activity(place="Room 3"))
    decision = decide(sent)
    shown = an_event(place="Room 3", etag='W/"2"')

    arrived = decide(seen_now(crm_after(sent, decision), shown, decision.outlook if answers else None))  # fmt: skip

    assert isinstance(arrived.action, Agree)
    assert members_of(arrived) == ("event-updated", BY_ANN, True)
    assert (arrived.before, arrived.after) == ({"location": "Room 1"}, {"location": "Room 3"})


def test_what_may_not_be_written_says_why_and_nothing_else_is_told():
    several = an_event(place="Room 1; Lobby", places=2)
    pair = a_pair(several, an_activity(place="Room 3"), agreed=several)

    decision = decide(pair)

    why = {"why": "the meeting has several places", "partly": True}
    assert isinstance(decision.action, Agree)
    assert (decision.outlook, decision.remarks) == (None, ())
    assert members_of(decision) == ("unsupported", why, True)


def test_of_several_reasons_for_not_writing_the_last_is_the_decisions_and_the_others_stand_beside():
    past = replace(an_event().when, start=an_event().when.start.replace(day=16), end=an_event().when.end.replace(day=16))  # fmt: skip
    several = an_event(place="Room 1; Lobby", places=2, when=past)
    activity = an_activity(place="Room 3", subject="Ours", when=past)

    decision = decide(a_pair(several, activity, agreed=several))

    assert members_of(decision) == ("past-never-written", {}, True)
    assert [one.reason for one in decision.remarks] == ["unsupported"]


def test_a_meeting_that_only_left_our_view_is_told_once():
    decision = decide(a_pair())
    left = decide(replace(a_pair(), observation=Seen(an_event(), place=CalendarPlace.OTHER)))

    assert decision.remarks == ()
    assert (left.reason, left.remarks) == ("left-calendar", ())


def contested_pair(**activity):
    """Subjects are contested and waiting; the activity is marked for it."""
    activity = an_activity(subject="Ours", review=(WAITS,), **activity)
    pair = a_pair(an_event(subject="Theirs", place="Lobby"), activity, HELD)
    return replace(pair, link=replace(pair.link, contested={"subject": SUBJECTS}))


def test_a_conflict_that_waits_is_not_told_again():
    decision = decide(contested_pair(place="Lobby"))

    assert isinstance(decision.action, Agree)
    assert members_of(decision) == ("conflict-held", {}, False)
    assert decision.remarks == ()


def test_a_second_conflict_is_told_beside_the_one_that_waits():
    decision = decide(contested_pair(place="Room 3"))

    also = Remark(
        "conflict-held",
        {"fields": ["place"]},
        before={"location": "Room 3"},
        after={"location": "Lobby"},
    )
    assert decision.remarks == (also,)


def test_a_conflict_that_was_settled_is_no_reason_any_more():
    pair = a_pair()
    settled = replace(SUBJECTS, outlook={"subject": "Renewal Contoso"}, how=Conflict.OUTLOOK_WINS)

    decision = decide(replace(pair, link=replace(pair.link, contested={"subject": settled})))

    assert decision.reason == "already-agreed"


def test_somebody_unknown_is_marked_when_the_two_are_linked_though_he_took_part_before():
    mia = Attendee("Mia", "mia@unknown.example")
    activity = an_activity(participants=(*an_activity().participants, a_stranger(invite=True)))
    policy = Policy(unknown_participants=UnknownParticipants.REVIEW)
    link = a_link(state=LinkState.RESERVED, baseline=None)

    decision = decide(a_pair(an_event(attendees=(INES_INVITED, mia)), activity, policy, link=link))

    assert decision.action.fields["review"] == (
        ReviewNote("participants-unknown", "mia@unknown.example"),
    )


def kept_private(event, activity, form, baseline, owner=Owner.BOTH):
    policy = replace(owned(owner), private=form)
    link = a_link(baseline=replace(baseline, held=held_now(activity)))
    return decide(a_pair(event, activity, policy, link=link))


def test_a_meeting_that_is_for_its_people_only_stays_so_without_a_word():
    confidential = an_activity(confidential=True)

    decision = kept_private(SECRET, confidential, Private.OWNER_ONLY, WHOLE)

    assert is_idle(decision)
    assert decision.remarks == ()


def test_a_meeting_that_is_private_no_more_is_for_everybody_again():
    decision = kept_private(an_event(), an_activity(confidential=True), Private.OWNER_ONLY, WHOLE)

    assert decision.action.fields == {"confidential": False}


def test_of_a_meeting_whose_times_are_kept_only_that_is_said_once():
    organizer = an_activity().organizer
    busy = an_activity(subject=BUSY_SUBJECT, notes="", place="", participants=(organizer,))

    decision = kept_private(VEILED, busy, Private.BUSY_ONLY, BARE)

    assert is_idle(decision)
    assert decision.remarks == ()


@pytest.mark.parametrize(
    ("event", "baseline", "subject"),
    [
        (VEILED, WHOLE, BUSY_SUBJECT),
        (VEILED, BARE, BUSY_SUBJECT),
        (an_event(), BARE, "Renewal Contoso"),
    ],
    ids=["turns private", "is private", "is private no more"],
)
def test_what_is_not_stored_of_a_private_meeting_is_outlooks_and_still_is_when_it_is_stored_again(
    event, baseline, subject
):
    organizer = an_activity().organizer
    edited = an_activity(subject="Ours", notes="", place="", participants=(organizer,))

    decision = kept_private(event, edited, Private.BUSY_ONLY, baseline, Owner.CRM)

    assert decision.outlook is None
    assert decision.action.fields["subject"] == subject


def test_a_series_that_had_begun_before_it_came_to_outlook_is_as_agreed_there():
    shown = an_event(
        kind=EventKind.SERIES_MASTER,
        when=an_hour("2026-11-23T10:00"),
        recurrence=series(weekly(MON), date(2026, 11, 23)),
    )
    repeats = replace(offer_of(shown).recurrence, pattern=None)
    activity = an_activity(when=an_hour("2026-11-02T10:00"), recurrence=repeats)
    agreed = replace(offer_of(shown), held=held_now(activity))
    link = a_link(scope=Scope.SERIES, baseline=agreed)

    for baseline in (agreed, synced.leaving_apart(agreed, replace(agreed, time=activity.when))):
        pair = a_pair(shown, activity, owned(Owner.CRM), link=replace(link, baseline=baseline))
        assert is_idle(decide(pair))
