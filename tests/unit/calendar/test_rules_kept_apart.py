"""In which fields each side keeps its own by the rules, which is no damage, and what of a series is."""

from dataclasses import replace
from datetime import date

import pytest

from calendar_builders import a_link, a_situation, an_activity, an_event
from liaison.calendar.model import LinkState
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Agree, Decision, Leave
from liaison.calendar.rules.differences import (
    Difference,
    fields_apart,
    find_differences,
    keeps_apart,
)
from liaison.calendar.rules.situation import Held, NotFound
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.outlook.model import EventKind
from liaison.policy.values import Owner
from merging import a_pair, crm_after, offer_of, owned
from series_builders import MON, an_hour, local, series, weekly

OTHERS = [Owner.BOTH, Owner.CRM]


def held_by_both(there, here, *, agreed=("Room 1", "Room 1"), owner=Owner.BOTH):
    """Whether a place stays apart that the two had agreed on, or had agreed to differ in."""
    value = a_link().baseline
    baseline = synced.leaving_apart(
        replace(value, place=agreed[0]), replace(value, place=agreed[1])
    )
    link = a_link(baseline=baseline)
    sides = (replace(value, place=place) for place in (there, here))
    return keeps_apart(link, owner, "place", *sides)


@pytest.mark.parametrize("owner", OTHERS)
def test_what_the_two_agreed_to_differ_in_stays_apart(owner):
    assert held_by_both("", "Room 3", agreed=("", "Room 3"), owner=owner)


@pytest.mark.parametrize("owner", OTHERS)
def test_what_the_crm_changed_since_is_on_its_way(owner):
    assert not held_by_both("", "Room 4", agreed=("", "Room 3"), owner=owner)
    assert not held_by_both("Room 1", "Room 4", owner=owner)


@pytest.mark.parametrize(("owner", "stays"), [(Owner.BOTH, False), (Owner.CRM, True)])
def test_what_outlook_changed_since_comes_in_unless_it_is_the_crms(owner, stays):
    assert held_by_both("Lobby", "Room 1", owner=owner) is stays


def test_what_outlook_owns_never_stays_apart():
    assert not held_by_both("", "Room 3", agreed=("", "Room 3"), owner=Owner.OUTLOOK)


def test_people_are_no_field_that_stays_apart_as_a_whole():
    value = a_link().baseline

    assert not keeps_apart(a_link(), Owner.CRM, "participants", replace(value, participants=()), value)  # fmt: skip


def test_before_the_two_agreed_nothing_stays_apart():
    value = a_link().baseline

    assert not keeps_apart(a_link(baseline=None), Owner.CRM, "place", value, value)


def test_the_fields_that_stay_apart_are_counted_where_nothing_else_is_to_be_done():
    link = a_link(state=LinkState.RESERVED, baseline=None)
    pair = a_pair(an_event(place=""), an_activity(place="Room 3"), owned(), link=link)

    after = crm_after(pair, decide(pair))

    assert fields_apart(decide(after)) == ("place",)
    assert find_differences(after, decide(after)) == ()


def test_where_something_else_is_to_be_done_no_field_is_counted():
    facts = {"apart": ["place"]}

    assert fields_apart(Decision(Leave(), "unsupported", facts=facts)) == ()
    assert fields_apart(Decision(Agree(a_link().baseline), "already-agreed")) == ()


def test_a_removal_that_waits_for_an_administrator_is_known_already():
    waiting = a_situation(NotFound("AAMk-ann"), held=Held.WAITING)

    assert find_differences(waiting, decide(waiting)) == ()
    assert find_differences(a_situation(), Decision(Leave(), "already-agreed")) == ()


def test_an_occurrence_that_the_crm_cancelled_and_outlook_shows_is_told_with_how_it_repeats():
    first = an_hour("2026-11-23T10:00")
    event = an_event(
        kind=EventKind.SERIES_MASTER,
        when=first,
        recurrence=series(weekly(MON), date(2026, 11, 23)),
    )
    offered = offer_of(event)
    gone = OccurrenceException(local("2026-11-30T10:00"), OccurrenceKind.CANCELLED)
    repeats = ActivityRecurrence(offered.recurrence.rule, offered.recurrence.pattern, (gone,))
    activity = an_activity(when=first, recurrence=repeats)
    pair = a_pair(event, activity, agreed=event)

    [difference] = find_differences(pair, decide(pair))

    shown, meant = (synced.recurrence_to_json(one) for one in (offered.recurrence, repeats))
    assert difference == Difference("recurrence", shown, meant)
