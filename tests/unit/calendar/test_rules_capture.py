"""Which meetings without a link are captured, and as what."""

from datetime import date, timedelta

import pytest

from calendar_builders import (
    ANN_ORGANIZES,
    NOT_OURS,
    NOW,
    a_situation,
    an_event,
    matched,
)
from liaison.calendar.rules.capture import is_worth_remembering, why_not_captured
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import CreateActivity, Leave, LinkActivity
from liaison.calendar.rules.situation import OrganizerStanding, Seen, Standing
from liaison.crm.model import ActivityType, ReviewNote
from liaison.outlook.model import Attendee, CalendarPlace, Organizer, Role, Sensitivity
from liaison.policy.settings import Policy
from liaison.policy.values import Capture, OutsideOrganizer, Private, UnknownParticipants
from people import ANN, BO, CONTOSO, INES, KIM

ALL = Policy(capture=Capture.ALL)
CATEGORY = Policy(capture=Capture.CATEGORY, category_name="Customer")
NO_INTERNAL = Policy(capture=Capture.ALL, capture_internal=False)
BO_ORGANIZES = OrganizerStanding(Standing.ACTIVE, BO.id)
BO_IS_AWAY = OrganizerStanding(Standing.INACTIVE, BO.id)


def unlinked(event=None, policy=ALL, **members):
    given = {"link": None, "activity": None, "policy": policy} | members
    return a_situation(event or an_event(), **given)


def of_kim(**members):
    organizer = Organizer(KIM.name, KIM.addresses[0])
    event = an_event(organizer=organizer, is_organizer=False, **members.pop("event", {}))
    return unlinked(event, organizer=NOT_OURS, **members)


def with_people(*attendees, policy=NO_INTERNAL):
    event = an_event(attendees=attendees)
    situation = unlinked(event, policy)
    return why_not_captured(situation)


def test_activity_created_hangs_on_its_owner_and_the_company():
    """AA-06, AA-07, IN-13"""
    decision = decide(unlinked())

    fields = decision.action.fields
    assert decision.reason == "activity-created"
    assert (fields["type"], fields["owner_id"]) == (ActivityType.APPOINTMENT, ANN.id)
    assert (fields["subject"], fields["notes"]) == ("Renewal Contoso", "Agenda")
    assert fields["organizer"].id == ANN.id
    assert [(one.id, one.invite) for one in fields["participants"]] == [
        (ANN.id, True),
        (INES.id, True),
    ]
    assert fields["company_id"] == CONTOSO.id
    assert (fields["stub"], fields["review"]) == (False, ())


def test_what_is_created_agrees_with_its_meeting_at_once():
    situation = unlinked()

    assert decide(situation).action.baseline == situation.offered


def test_nothing_is_captured_under_linked():
    decision = decide(unlinked(policy=Policy()))

    assert (decision.reason, decision.action, decision.log) == ("not-linked", Leave(), False)


@pytest.mark.parametrize(
    ("categories", "reason"),
    [
        ((), "not-categorised"),
        (("Red",), "not-categorised"),
        (("Customers",), "not-categorised"),
        (("Red", "CUSTOMER"), None),
    ],
)
def test_not_categorised_is_what_lacks_the_category(categories, reason):
    assert why_not_captured(unlinked(an_event(categories=categories), CATEGORY)) == reason


@pytest.mark.parametrize(
    ("attendee", "reason"),
    [
        (Attendee(BO.name, BO.address), "internal-only"),
        (Attendee("New", "new@nordwind.example"), "internal-only"),
        (Attendee("Room", "room@elsewhere.example", Role.RESOURCE), "internal-only"),
        (Attendee("No address", ""), "internal-only"),
        (Attendee(INES.name, INES.addresses[0]), None),
        (Attendee("Mia", "mia@unknown.example"), None),
    ],
)
def test_internal_only_is_what_nobody_from_outside_takes_part_in(attendee, reason):
    assert with_people(attendee) == reason


def test_internal_only_counts_only_where_the_policy_says_so():
    assert with_people(policy=NO_INTERNAL) == "internal-only"
    assert with_people(policy=ALL) is None


@pytest.mark.parametrize(
    ("event", "place", "reason"),
    [
        (an_event(is_cancelled=True), CalendarPlace.DEFAULT, "not-linked"),
        (an_event(), CalendarPlace.OTHER, "not-linked"),
        (an_event(sensitivity=Sensitivity.PRIVATE), CalendarPlace.DEFAULT, "private"),
        (an_event(sensitivity=Sensitivity.CONFIDENTIAL), CalendarPlace.DEFAULT, "private"),
        (an_event(sensitivity=Sensitivity.PERSONAL), CalendarPlace.DEFAULT, None),
    ],
)
def test_what_does_not_take_place_or_is_not_for_us_is_passed_over(event, place, reason):
    """SP-01, SP-06"""
    assert why_not_captured(unlinked(event, observation=Seen(event, place=place))) == reason


def test_a_private_meeting_is_captured_where_the_policy_lets_it_in():
    event = an_event(sensitivity=Sensitivity.PRIVATE)
    policy = Policy(capture=Capture.ALL, private=Private.OWNER_ONLY)

    assert decide(unlinked(event, policy)).action.fields["confidential"]


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        (Policy(capture=Capture.ALL, window_future_days=2), "outside-window"),
        (Policy(capture=Capture.ALL, window_from=date(2026, 11, 30)), "outside-window"),
        (Policy(capture=Capture.ALL, window_future_days=4), None),
    ],
)
def test_outside_window_is_measured_on_the_end(policy, reason):
    assert why_not_captured(unlinked(policy=policy)) == reason


def test_invitee_copy_is_what_an_active_organizer_has_himself():
    """SA-03, SA-04"""
    situation = unlinked(an_event(is_organizer=False), organizer=BO_ORGANIZES)

    decision = decide(situation)

    assert (decision.reason, decision.action) == ("invitee-copy", Leave())
    assert is_worth_remembering(situation, decision)


def test_invitee_copy_comes_before_what_else_would_be_said_of_the_copy():
    event = an_event(is_organizer=False, sensitivity=Sensitivity.PRIVATE)

    assert decide(unlinked(event, CATEGORY, organizer=BO_ORGANIZES)).reason == "invitee-copy"


@pytest.mark.parametrize("organizer", [NOT_OURS, BO_IS_AWAY])
def test_stub_created_where_the_organizers_copy_cannot_be_read(organizer):
    """SA-05, SP-11"""
    decision = decide(
        of_kim()
        if organizer is NOT_OURS
        else unlinked(an_event(is_organizer=False), organizer=organizer)
    )

    assert decision.reason == "stub-created"
    assert decision.action.fields["stub"]


@pytest.mark.parametrize(
    ("choice", "reason"),
    [(OutsideOrganizer.STUB, "stub-created"), (OutsideOrganizer.IGNORE, "not-linked")],
)
def test_outside_organizer_may_be_ignored(choice, reason):
    policy = Policy(capture=Capture.ALL, outside_organizer=choice)

    assert decide(of_kim(policy=policy)).reason == reason


def test_ones_own_meeting_is_no_stub_whatever_the_directory_says():
    decision = decide(unlinked(organizer=NOT_OURS))

    assert (decision.reason, decision.action.fields["stub"]) == ("activity-created", False)


@pytest.mark.parametrize(
    ("alike", "action"),
    [((), CreateActivity), ((INES.id,), LinkActivity), ((INES.id, KIM.id), CreateActivity)],
)
def test_matched_existing_needs_exactly_one(alike, action):
    assert isinstance(decide(unlinked(alike=alike)).action, action)


@pytest.mark.parametrize(
    ("choice", "review"),
    [
        (UnknownParticipants.KEEP, ()),
        (
            UnknownParticipants.REVIEW,
            (ReviewNote("participants-unknown", INES.addresses[0]),),
        ),
    ],
)
def test_participants_unknown_mark_a_new_activity_where_the_policy_says_so(choice, review):
    """AA-08"""
    situation = unlinked(policy=Policy(capture=Capture.ALL, unknown_participants=choice))
    unknown = matched(situation.offered.participants, unknown=True)

    decision = decide(unlinked(policy=situation.policy, matches=unknown))

    assert decision.action.fields["review"] == review
    assert [remark.reason for remark in decision.remarks] == [
        "participants-matched",
        "participants-unknown",
    ]


def test_unsupported_is_a_meeting_that_nobody_organizes():
    decision = decide(unlinked(an_event(organizer=Organizer("", ""))))

    assert (decision.reason, decision.action) == ("unsupported", Leave())


def test_only_invitees_copies_are_worth_remembering():
    own = unlinked(policy=NO_INTERNAL)
    others = unlinked(an_event(is_organizer=False, attendees=()), NO_INTERNAL)

    assert not is_worth_remembering(own, decide(own))
    assert is_worth_remembering(others, decide(others))
    without = unlinked(an_event(is_organizer=False), Policy(), organizer=BO_ORGANIZES)
    assert not is_worth_remembering(without, decide(without))


def test_deciding_twice_is_deciding_once():
    situation = unlinked(organizer=ANN_ORGANIZES, now=NOW + timedelta(hours=1))

    assert decide(situation) == decide(situation)
