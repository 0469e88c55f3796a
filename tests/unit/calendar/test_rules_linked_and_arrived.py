"""What is told when two are linked, and when Outlook shows what it made of a write of ours."""

from dataclasses import replace
from datetime import date

import pytest

from builders import a_representative_participant
from calendar_builders import INES_INVITED, a_link, an_activity, an_event
from liaison.calendar.model import LinkState, Scope
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Remark, UpdateActivity
from liaison.outlook.model import EventKind
from liaison.policy.values import Owner
from merging import a_pair, crm_after, offer_of, owned, seen_now
from people import BO
from series_builders import MON, TUE, an_hour, series, weekly

BY_ANN = {"actor": "Ann Berg"}
ORGANIZER, INES_THERE = an_activity().participants
MONDAYS = an_event(
    kind=EventKind.SERIES_MASTER,
    when=an_hour("2026-11-23T10:00"),
    recurrence=series(weekly(MON), date(2026, 11, 23)),
)


def linked(event=None, activity=None, owner=Owner.CRM, scope=Scope.SINGLE):
    """The first decision about two that were linked just now."""
    link = a_link(state=LinkState.RESERVED, baseline=None, scope=scope)
    return decide(a_pair(event, activity, owned(owner), link=link))


def repeating(event, **members):
    """An activity that repeats as this meeting does."""
    offered = offer_of(event)
    return an_activity(when=offered.time, recurrence=offered.recurrence, **members)


def answered(**shown):
    """The decision about Outlook's answer to a place that was written, and what that shows besides."""
    pair = a_pair(activity=an_activity(place="Room 3"))
    decision = decide(pair)
    event = an_event(etag='W/"2"', **{"place": "Room 3 (upstairs)", **shown})
    return decide(seen_now(crm_after(pair, decision), event, decision.outlook))


def test_what_outlook_made_of_a_write_is_no_change_of_its_own():
    decision = answered()

    assert decision.action.fields == {"place": "Room 3 (upstairs)"}
    assert (decision.reason, decision.facts) == ("event-updated", BY_ANN)
    assert decision.before == {"location": "Room 1"}
    assert decision.after == {"location": "Room 3 (upstairs)"}


def test_what_came_with_the_answer_is_a_change_of_outlooks_beside_it():
    decision = answered(subject="Theirs")

    arrived = Remark(
        "event-updated",
        BY_ANN,
        before={"location": "Room 1"},
        after={"location": "Room 3 (upstairs)"},
    )
    assert set(decision.action.fields) == {"place", "subject"}
    assert decision.reason == "activity-updated"
    assert decision.remarks == (arrived,)


def test_what_only_the_crm_has_is_named_when_the_two_are_linked():
    decision = linked(
        an_event(place=""), an_activity(place="Room 3", notes="Old"), owner=Owner.BOTH
    )

    assert isinstance(decision.action, UpdateActivity)
    assert decision.facts == {"first": True, "apart": ["place"]}


def test_a_later_change_does_not_tell_again_what_was_left_apart():
    link = a_link(state=LinkState.RESERVED, baseline=None)
    pair = a_pair(an_event(place=""), an_activity(place="Room 3"), link=link)

    after = crm_after(pair, decide(pair))
    decision = decide(seen_now(after, an_event(place="", subject="Theirs")))

    assert decision.action.fields == {"subject": "Theirs"}
    assert decision.facts == {"first": False}


def test_two_that_agree_but_for_how_a_guest_is_called_keep_nothing_apart():
    called = replace(INES_INVITED, name="Ines M.")

    assert "apart" not in linked(an_event(attendees=(called,))).facts


def test_people_whom_only_the_crm_has_stay_apart():
    also = an_activity(participants=(ORGANIZER, INES_THERE, a_representative_participant(BO, invite=True)))  # fmt: skip

    assert linked(activity=also).facts["apart"] == ["participants"]


@pytest.mark.parametrize(
    ("activity", "apart"),
    [
        (repeating(MONDAYS), []),
        (repeating(replace(MONDAYS, recurrence=series(weekly(MON, TUE), date(2026, 11, 23)))), ["time"]),
        (repeating(replace(MONDAYS, when=an_hour("2026-11-23T11:00"))), ["time"]),
        (replace(repeating(MONDAYS), when=an_hour("2026-11-23T11:00"), recurrence=None), ["time"]),
    ],
    ids=["alike", "other days", "another hour", "does not repeat"],
)  # fmt: skip
def test_how_something_repeats_stays_apart_with_its_time(activity, apart):
    assert linked(MONDAYS, activity, scope=Scope.SERIES).facts.get("apart", []) == apart
