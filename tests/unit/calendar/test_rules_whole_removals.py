"""What is gone, and what is back: decisions as a whole, with the facts that fill the sentences of the log."""

from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_builders import (
    INES_INVITED,
    NOW,
    a_link,
    a_situation,
    an_activity,
    an_event,
)
from liaison.calendar.model import LinkState, Scope
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import (
    Decision,
    EndLink,
    Leave,
    LookAgain,
    Rekey,
    Remark,
    RemoveActivity,
    RestoreLink,
)
from liaison.calendar.rules.removals import MARK, ORPHANED, give_up_occurrence
from liaison.calendar.rules.situation import (
    Absent,
    Lost,
    NotFound,
    RemovalCount,
)
from liaison.crm.model import ActivityStatus
from liaison.outlook.model import EventKind, Sensitivity
from liaison.policy.settings import Policy
from liaison.policy.values import OnRemoval, Private
from liaison.reasons.model import Outcome
from people import BO

GONE = NotFound("AAMk-ann")
MANY_LINKS = RemovalCount(0, 500)
PRIVATE = an_event(sensitivity=Sensitivity.PRIVATE)
REMOVED = a_link(
    state=LinkState.ENDED, ended_by="SYNC_MASTER", ended_reason="event-cancelled", removal_version=4
)
CANCELLED = an_activity(status=ActivityStatus.CANCELLED)


def test_a_removal_asks_for_the_version_that_was_read():
    decision = decide(a_situation(GONE, removals=MANY_LINKS))

    fields = {"status": ActivityStatus.CANCELLED}
    assert decision == Decision(RemoveActivity("cancel", fields, 4), "event-cancelled")


def test_a_cancelled_copy_that_begins_to_govern_says_whose_it_is():
    link = a_link(baseline=None)

    decision = decide(a_situation(an_event(is_cancelled=True), link=link, removals=MANY_LINKS))

    assert decision.remarks == (Remark("organizer-copy", {"organizer": "Ann Berg"}),)


def test_a_second_look_says_when_and_why():
    decision = decide(a_situation(Absent("AAMk-ann", None)))

    at = NOW + timedelta(seconds=30)
    facts = {"why": "the meeting seems to be gone", "nextAt": at.isoformat()}
    assert decision == Decision(LookAgain(at, NOW), "retry-later", facts=facts)


def test_what_came_back_is_restored_at_the_version_of_the_removal():
    decision = decide(a_situation(link=REMOVED, activity=CANCELLED))

    fields = {"status": ActivityStatus.PLANNED}
    assert decision == Decision(RestoreLink(fields, 4), "event-restored")


def test_what_came_back_to_a_changed_activity_only_revives_the_link():
    decision = decide(a_situation(link=REMOVED, activity=replace(CANCELLED, version=5)))

    assert decision == Decision(RestoreLink({}, None), "event-restored")


@pytest.mark.parametrize(
    "situation",
    [
        a_situation(PRIVATE, link=REMOVED, activity=CANCELLED),
        a_situation(link=REMOVED, activity=CANCELLED, is_activity_taken=True),
        a_situation(GONE, link=REMOVED, activity=CANCELLED),
        a_situation(link=REMOVED, activity=CANCELLED, mailbox_id=BO.id),
    ],
    ids=["private", "taken by another meeting", "not seen", "not the governing copy"],
)
def test_what_came_back_in_part_only_is_left_alone(situation):
    left = Decision(Leave(), "event-cancelled", Outcome.SKIPPED, log=False)

    assert decide(situation) == left


def test_what_came_back_private_is_restored_where_the_policy_takes_it_in():
    policy = Policy(private=Private.INCLUDE)

    decision = decide(a_situation(PRIVATE, link=REMOVED, activity=CANCELLED, policy=policy))

    assert decision.reason == "event-restored"


def test_a_link_that_a_person_ended_names_the_person():
    link = a_link(state=LinkState.ENDED, ended_by="Ann Berg", ended_reason="unlinked-by-person")

    decision = decide(a_situation(link=link))

    assert decision == Decision(Leave(), "unlinked-by-person", facts={"actor": "Ann Berg"})


OCCURRENCE = a_link(scope=Scope.OCCURRENCE, original_start=an_event().when.starts_at)
AT = {"originalStart": an_event().when.starts_at.isoformat()}


def test_an_occurrence_that_is_gone_says_which():
    decision = decide(a_situation(GONE, link=OCCURRENCE, removals=MANY_LINKS))

    assert (decision.reason, decision.facts) == ("occurrence-cancelled", AT)


def test_a_past_occurrence_that_is_gone_leaves_its_activity():
    later = NOW + timedelta(days=30)
    cancelled = an_event(is_cancelled=True, kind=EventKind.EXCEPTION)

    for seen in (GONE, cancelled):
        decision = decide(a_situation(seen, link=OCCURRENCE, now=later, removals=MANY_LINKS))
        assert decision == Decision(EndLink(), "past-removal-kept")


def test_an_occurrence_found_at_another_start_is_known_by_that():
    """occurrence-changed."""
    start = an_event().when.starts_at + timedelta(hours=1)

    decision = decide(a_situation(Lost("AAMk-ann", an_event(), start), link=OCCURRENCE))

    facts = {**AT, "start": start.isoformat()}
    assert decision == Decision(Rekey(start), "occurrence-changed", facts=facts)


def test_an_occurrence_that_is_not_found_again_is_marked_for_a_person():
    """occurrence-orphaned."""
    situation = a_situation(Lost("AAMk-ann", an_event(), None), link=OCCURRENCE)
    removal = RemoveActivity("mark", {"review": (MARK, ORPHANED)}, 4)

    decision = decide(replace(situation, activity=an_activity(review=(MARK,))))

    assert decision == Decision(removal, "occurrence-orphaned", facts=AT)


@pytest.mark.parametrize("activity", [None, an_activity(review=(ORPHANED,))])
def test_an_orphan_is_marked_once(activity):
    decision = give_up_occurrence(a_situation(activity=activity), OCCURRENCE)

    assert decision == Decision(EndLink(), "occurrence-orphaned", facts=AT)


def test_the_occurrence_of_a_whole_day_is_named_by_its_day():
    day = OCCURRENCE.original_start.date()
    all_day = replace(an_event().when, start=day, end=day + timedelta(days=1))
    baseline = replace(OCCURRENCE.baseline, time=all_day)

    decision = give_up_occurrence(a_situation(), replace(OCCURRENCE, baseline=baseline))

    assert decision.facts == {"originalStart": day.isoformat()}


@pytest.mark.parametrize(
    ("on_cancel", "on_delete", "attendees", "how"),
    [
        (OnRemoval.MARK, OnRemoval.DELETE, (INES_INVITED,), "mark"),
        (OnRemoval.MARK, OnRemoval.DELETE, (), "delete"),
    ],
)
def test_a_meeting_with_others_is_cancelled_and_one_alone_is_deleted(
    on_cancel, on_delete, attendees, how
):
    policy = Policy(on_cancel=on_cancel, on_delete=on_delete)
    link = a_link(baseline=synced.from_event(an_event(attendees=attendees)))

    decision = decide(a_situation(GONE, link=link, policy=policy, removals=MANY_LINKS))

    assert decision.action.how == how
