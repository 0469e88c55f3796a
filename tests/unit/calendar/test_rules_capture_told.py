"""What is told of a meeting without a link, what a captured one begins with, and series that reach into the window."""

from dataclasses import replace
from datetime import date

import pytest

from calendar_builders import NOT_OURS, a_link, a_situation, an_event
from liaison.calendar.rules.capture import is_worth_remembering, why_not_captured
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Decision, Leave, LinkActivity
from liaison.calendar.rules.situation import NotFound, OrganizerStanding, Standing
from liaison.outlook.model import EventKind, Organizer
from liaison.policy.settings import Policy
from liaison.policy.values import Capture
from liaison.reasons.model import Outcome
from merging import offer_of
from people import BO, INES, KIM
from series_builders import MON, an_hour, series, weekly

ALL = Policy(capture=Capture.ALL)
NO_INTERNAL = replace(ALL, capture_internal=False)
BO_ORGANIZES = OrganizerStanding(Standing.ACTIVE, BO.id)
KIMS = an_event(organizer=Organizer(KIM.name, KIM.addresses[0]), is_organizer=False)
NAMELESS = replace(KIMS, organizer=Organizer("", KIM.addresses[0]))
ALONE = an_event(attendees=())


def unlinked(event=None, policy=ALL, **members):
    return a_situation(event, **{"link": None, "activity": None, "policy": policy} | members)


def repeating(begin, policy=ALL, **ends):
    """A weekly series of Mondays."""
    day = date.fromisoformat(begin)
    event = an_event(
        kind=EventKind.SERIES_MASTER,
        when=an_hour(f"{begin}T10:00"),
        recurrence=series(weekly(MON), day, **ends),
    )
    return unlinked(event, policy, offered=offer_of(event))


@pytest.mark.parametrize(
    ("event", "name"), [(KIMS, "Kim Sato"), (NAMELESS, KIM.addresses[0])], ids=["name", "address"]
)
def test_an_invitees_copy_names_whose_copy_counts(event, name):
    decision = decide(unlinked(event, organizer=BO_ORGANIZES))

    facts = {"organizer": name}
    assert decision == Decision(Leave(), "invitee-copy", Outcome.SKIPPED, facts=facts, log=False)


def test_what_is_passed_over_for_another_reason_names_nobody():
    decision = decide(unlinked(KIMS, Policy(), organizer=NOT_OURS))

    assert decision == Decision(Leave(), "not-linked", Outcome.SKIPPED, log=False)


def test_a_stub_names_who_is_not_active():
    assert decide(unlinked(KIMS, organizer=NOT_OURS)).facts == {"organizer": "Kim Sato"}
    assert decide(unlinked()).facts == {}


def test_a_meeting_that_nobody_organizes_says_so_and_is_only_counted():
    decision = decide(unlinked(an_event(organizer=Organizer("", ""))))

    facts = {"why": "it does not say who organizes it"}
    assert decision == Decision(Leave(), "unsupported", Outcome.SKIPPED, facts=facts, log=False)


def test_the_one_activity_that_says_the_same_is_linked():
    assert decide(unlinked(alike=(INES.id,))) == Decision(LinkActivity(INES.id), "matched-existing")


def test_a_captured_meeting_brings_its_time_place_and_organizer():
    fields = decide(unlinked()).action.fields

    assert (fields["when"], fields["place"]) == (an_event().when, "Room 1")
    assert fields["recurrence"] is None
    assert fields["organizer"] == fields["participants"][0]


def test_a_captured_series_brings_how_it_repeats():
    situation = repeating("2026-11-23")

    assert decide(situation).action.fields["recurrence"] == situation.offered.recurrence


@pytest.mark.parametrize(
    ("begin", "ends", "policy", "reason"),
    [
        ("2024-01-01", {}, ALL, None),
        ("2024-01-01", {"count": 3}, ALL, "outside-window"),
        ("2026-12-28", {}, replace(ALL, window_future_days=30), "outside-window"),
        ("2026-12-14", {}, replace(ALL, window_future_days=30), None),
    ],
    ids=["goes on", "was long ago", "begins later", "begins within"],
)
def test_a_series_is_in_the_window_by_any_occurrence(begin, ends, policy, reason):
    assert why_not_captured(repeating(begin, policy, **ends)) == reason


def test_what_is_linked_or_gone_is_no_question_of_capturing():
    assert why_not_captured(a_situation(policy=ALL)) == "not-linked"
    assert why_not_captured(unlinked(observation=NotFound("AAMk-ann"))) == "not-linked"


def test_a_meeting_whose_people_are_not_matched_has_nobody_from_outside():
    assert why_not_captured(unlinked(policy=NO_INTERNAL, matches=None)) == "internal-only"


def test_ones_own_copy_is_not_worth_remembering():
    own = unlinked(ALONE, NO_INTERNAL)

    assert decide(own).reason == "internal-only"
    assert not is_worth_remembering(own, decide(own))


def test_nothing_more_is_remembered_of_what_is_linked_captured_or_gone():
    passed_over = Decision(Leave(), "invitee-copy")
    seen = unlinked(KIMS, organizer=NOT_OURS)

    assert is_worth_remembering(seen, passed_over)
    assert not is_worth_remembering(replace(seen, link=a_link()), passed_over)
    assert not is_worth_remembering(seen, decide(seen))
    assert not is_worth_remembering(replace(seen, observation=NotFound("e")), passed_over)
