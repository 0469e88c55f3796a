"""What of a private meeting is let in (pains 10: see exactly what the CRM stores)."""

from dataclasses import replace

import pytest

from calendar_builders import (
    a_copy,
    a_link,
    a_situation,
    an_activity,
    an_event,
)
from liaison.calendar.model import LinkState
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Remark
from liaison.calendar.rules.private import (
    BUSY_SUBJECT,
    UNSTORED,
    is_bare,
    must_forget,
    outlooks_own,
    private_members,
    private_remarks,
    veil,
)
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.outlook.model import Attendee, Organizer, Response, Sensitivity
from liaison.policy.settings import Policy
from liaison.policy.values import Private
from liaison.reasons.model import Outcome
from people import ANN, BO

OWNER = Organizer(ANN.name, ANN.address)
SECRET = an_event(sensitivity=Sensitivity.PRIVATE)
INVITED = replace(SECRET, is_organizer=False, organizer=Organizer("Kim", "kim@fabrikam.example"))
BARE = synced.from_event(veil(SECRET, Private.BUSY_ONLY, OWNER))
WHOLE = synced.from_event(SECRET)


@pytest.mark.parametrize("event", [SECRET, INVITED], ids=["organizer", "invitee"])
def test_private_under_busy_only_leaves_subject_times_and_the_owner(event):
    veiled = veil(event, Private.BUSY_ONLY, OWNER)
    offered = synced.from_event(veiled)

    assert (offered.subject, offered.notes, offered.place) == (BUSY_SUBJECT, "", "")
    assert [(one.address, one.response) for one in offered.participants] == [
        (ANN.address, "organizer")
    ]
    assert offered.time == event.when
    assert veil(veiled, Private.BUSY_ONLY, OWNER) == veiled


def test_private_under_busy_only_tells_nobody_who_invited():
    veiled = veil(INVITED, Private.BUSY_ONLY, OWNER)

    assert veiled.organizer == Organizer("", "")
    assert veiled.attendees == (Attendee(ANN.name, ANN.address, response=Response.ORGANIZER),)


@pytest.mark.parametrize("form", [Private.SKIP, Private.OWNER_ONLY, Private.INCLUDE])
def test_private_in_other_forms_is_not_veiled(form):
    assert veil(SECRET, form, OWNER) == SECRET


def test_private_occurrences_of_an_open_series_are_veiled_by_themselves():
    open_one = an_event(subject="Open")
    master = an_event(exceptions=(SECRET, open_one))

    veiled = veil(master, Private.BUSY_ONLY, OWNER)

    assert [one.subject for one in veiled.exceptions] == [BUSY_SUBJECT, "Open"]
    assert veiled.subject == master.subject


def test_private_series_veil_all_of_their_occurrences():
    veiled = veil(replace(SECRET, exceptions=(an_event(),)), Private.BUSY_ONLY, OWNER)

    assert [(one.subject, one.is_private) for one in veiled.exceptions] == [(BUSY_SUBJECT, True)]


def bare_series(**fields):
    """Of which one occurrence was changed like this."""
    changed = OccurrenceException(SECRET.when.start, OccurrenceKind.CHANGED, fields)
    return replace(BARE, recurrence=ActivityRecurrence("FREQ=WEEKLY", None, (changed,)))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (BARE, True),
        (WHOLE, False),
        (replace(BARE, participants=WHOLE.participants), False),
        (bare_series(start="2026-11-23T10:00:00+00:00"), True),
        (bare_series(subject="Surgery"), False),
    ],
)
def test_bare_is_what_shows_the_times_only(value, expected):
    assert is_bare(value) is expected


@pytest.mark.parametrize(
    ("event", "form", "baseline", "activity", "is_said"),
    [
        (SECRET, Private.OWNER_ONLY, None, None, True),
        (SECRET, Private.OWNER_ONLY, WHOLE, an_activity(), True),
        (SECRET, Private.OWNER_ONLY, WHOLE, an_activity(confidential=True), False),
        (SECRET, Private.BUSY_ONLY, None, None, True),
        (SECRET, Private.BUSY_ONLY, WHOLE, an_activity(confidential=True), True),
        (SECRET, Private.BUSY_ONLY, BARE, an_activity(), False),
        (SECRET, Private.INCLUDE, None, None, False),
        (an_event(), Private.OWNER_ONLY, None, None, False),
        (an_event(), Private.BUSY_ONLY, WHOLE, an_activity(), False),
    ],
)
def test_private_is_said_when_the_meeting_turns_so_and_not_again(
    event, form, baseline, activity, is_said
):
    said = private_remarks(event, form, baseline, activity)

    assert said == ((Remark("private", {"form": form}, Outcome.APPLIED),) if is_said else ())


@pytest.mark.parametrize(
    ("event", "baseline", "fields"),
    [
        (SECRET, None, UNSTORED),
        (SECRET, WHOLE, UNSTORED),
        (an_event(), BARE, UNSTORED),
        (an_event(), WHOLE, frozenset()),
    ],
)
def test_private_fields_that_are_not_stored_are_outlooks(event, baseline, fields):
    assert outlooks_own(event, Private.BUSY_ONLY, baseline) == fields


@pytest.mark.parametrize(
    ("event", "baseline", "forgets"),
    [
        (SECRET, WHOLE, True),
        (SECRET, BARE, False),
        (SECRET, None, False),
        (an_event(), WHOLE, False),
    ],
)
def test_private_turned_meetings_are_forgotten_by_the_log_once(event, baseline, forgets):
    assert must_forget(event, Private.BUSY_ONLY, baseline) is forgets


@pytest.mark.parametrize(
    ("event", "form", "was", "members"),
    [
        (SECRET, Private.OWNER_ONLY, False, {"confidential": True}),
        (SECRET, Private.OWNER_ONLY, True, {}),
        (an_event(), Private.OWNER_ONLY, True, {"confidential": False}),
        (an_event(), Private.OWNER_ONLY, False, {}),
        (SECRET, Private.INCLUDE, True, {"confidential": False}),
        (SECRET, Private.BUSY_ONLY, True, {}),
    ],
)
def test_private_meetings_are_confidential_while_they_are_for_their_people_only(
    event, form, was, members
):
    baseline = synced.from_event(SECRET)

    assert private_members(event, form, an_activity(confidential=was), baseline) == members


def test_private_activities_stay_so_when_they_are_linked_to_a_meeting_that_never_was():
    activity, baseline = an_activity(confidential=True), synced.from_event(an_event())

    assert private_members(an_event(), Private.OWNER_ONLY, activity, baseline) == {}
    assert private_members(an_event(), Private.OWNER_ONLY, activity) == {}


def test_private_series_keep_of_their_changed_occurrences_the_times_only():
    fields = {"subject": "Surgery", "start": "2026-11-23T10:00:00+00:00"}
    changed = OccurrenceException(SECRET.when.start, OccurrenceKind.CHANGED, fields)
    activity = an_activity(recurrence=ActivityRecurrence("FREQ=WEEKLY", None, (changed,)))

    members = private_members(SECRET, Private.BUSY_ONLY, activity)

    assert members["recurrence"].exceptions[0].fields == {"start": fields["start"]}


def test_private_from_now_on_is_said_and_everything_else_follows():
    veiled = veil(SECRET, Private.BUSY_ONLY, OWNER)
    situation = a_situation(
        veiled, policy=Policy(private=Private.BUSY_ONLY), link=a_link(baseline=WHOLE)
    )

    decision = decide(situation)

    assert {"subject", "notes", "place", "participants"} <= set(decision.action.fields)
    assert decision.forgets
    assert Remark("private", {"form": "busy-only"}, Outcome.APPLIED) in decision.remarks


def test_private_only_in_another_copy_is_not_private():
    situation = a_situation(
        replace(INVITED, organizer=Organizer(ANN.name, ANN.address)),
        mailbox_id=BO.id,
        policy=Policy(private=Private.BUSY_ONLY),
    )

    assert decide(situation).reason == "invitee-copy"


@pytest.mark.parametrize(("invited", "followed"), [({BO.id}, True), (set(), False)])
def test_private_links_are_followed_for_those_who_were_invited_though_nobody_is_stored(
    invited, followed
):
    waiting = a_link(state=LinkState.RESERVED, copies=(a_copy(BO.id),), baseline=None)
    situation = a_situation(
        veil(SECRET, Private.BUSY_ONLY, OWNER),
        policy=Policy(private=Private.BUSY_ONLY),
        link=waiting,
        invited=frozenset(invited),
    )

    assert (decide(situation).reason != "failed-permanent") is followed


def test_private_meetings_of_ones_own_keep_who_organizes_and_show_neither_guests_nor_places():
    veiled = veil(replace(SECRET, places=2), Private.BUSY_ONLY, OWNER)

    assert (veiled.organizer, veiled.attendees, veiled.places) == (SECRET.organizer, (), 0)
