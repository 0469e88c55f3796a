"""What counts as a difference, which meetings are looked at together, when, and what is stated."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from builders import a_time
from calendar_builders import NOW, a_copy, a_link, a_situation, an_activity, an_event
from liaison.calendar.model import FrozenReason, LinkState, Scope
from liaison.calendar.rules import completeness
from liaison.calendar.rules.ages import age_of_change
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.differences import find_differences, is_on_its_way, state_differences
from liaison.calendar.rules.situation import NotFound
from liaison.calendar.rules.spans import ENOUGH, SINGLES, group_links, may_govern
from liaison.policy.settings import Policy
from people import ANN, BO, CARLA


def fields_of(situation):
    return [one.field for one in find_differences(situation, decide(situation))]


def test_nothing_differs_where_the_rules_would_write_nothing():
    assert fields_of(a_situation()) == []


@pytest.mark.parametrize(
    ("situation", "fields"),
    [
        (a_situation(activity=an_activity(subject="Other")), ["subject"]),
        (a_situation(activity=an_activity(place="Other", notes="")), ["notes", "location"]),
        (a_situation(link=a_link(baseline=None)), ["baseline"]),
        (a_situation(link=a_link(copies=())), ["copy"]),
        (a_situation(link=a_link(copies=(a_copy(event_id="other"),))), ["copy"]),
        (
            a_situation(link=a_link(copies=(a_copy(event_id="AAMk-ann", is_present=False),))),
            ["copy"],
        ),
        (a_situation(link=a_link(ended_at=NOW)), ["state"]),
        (a_situation(link=a_link(organizer_address="a.berg@nordwind.example")), ["organizer"]),
        (a_situation(activity=None), ["meeting"]),
        (a_situation(NotFound("AAMk-ann")), ["meeting"]),
    ],
)
def test_what_differs_is_named_by_its_field(situation, fields):
    assert sorted(fields_of(situation)) == sorted(fields)


def test_a_difference_tells_both_values():
    situation = a_situation(activity=an_activity(subject="Other"))

    (difference,) = find_differences(situation, decide(situation))

    assert (difference.outlook, difference.crm) == ("Renewal Contoso", "Other")


@pytest.mark.parametrize(
    ("link", "is_odd"),
    [
        (a_link(), False),
        (a_link(frozen_reason=FrozenReason.PRIVATE), True),
        (a_link(state=LinkState.FROZEN), True),
        (a_link(state=LinkState.FROZEN, frozen_reason=FrozenReason.PRIVATE), False),
        (a_link(state=LinkState.ENDED), True),
        (a_link(state=LinkState.ENDED, ended_at=NOW), False),
        (a_link(state=LinkState.RESERVED), True),
    ],
)
def test_states_that_no_path_leaves_behind_are_odd(link, is_odd):
    assert bool(state_differences(link)) is is_odd


@pytest.mark.parametrize(
    ("changed_at", "synced_at", "on_its_way"),
    [
        (None, None, False),
        (NOW, None, False),
        (NOW + timedelta(seconds=1), None, True),
        (NOW + timedelta(seconds=1), NOW, True),
        (NOW + timedelta(seconds=1), NOW + timedelta(seconds=1), False),
    ],
)
def test_only_what_was_changed_since_the_run_began_is_on_its_way(changed_at, synced_at, on_its_way):
    event, link = an_event(last_modified=changed_at), a_link(last_synced_at=synced_at)

    assert is_on_its_way(event, link, NOW) is on_its_way


def links_on(*days):
    start = datetime(2026, 11, 23, 9, tzinfo=UTC)
    return [
        a_link(
            baseline=replace(
                a_link().baseline,
                time=replace(
                    a_time(),
                    start=start + timedelta(days=day),
                    end=start + timedelta(days=day, hours=1),
                ),
            )
        )
        for day in days
    ]


def test_meetings_that_lie_close_together_are_listed_at_once():
    links = links_on(*range(ENOUGH), 400)

    together, alone = group_links(links)

    assert len(together.links) == ENOUGH
    assert together.span[0] <= links[0].baseline.time.starts_at - timedelta(days=1)
    assert together.span[1] >= links[ENOUGH - 1].baseline.time.ends_at + timedelta(days=1)
    assert (alone.links, alone.span) == ((links[-1],), None)


@pytest.mark.parametrize("first", range(0, 28, 3))
def test_meetings_of_four_weeks_are_listed_at_once_on_whatever_day_these_begin(first):
    within = links_on(first + 27, first, first + 14)

    (group,) = group_links(within)

    assert group.links == (within[1], within[2], within[0])
    assert group.span is not None


def test_the_next_four_weeks_begin_with_the_first_meeting_after_four_weeks():
    links = links_on(0, 1, 2, 28, 29, 30)

    assert [group.links for group in group_links(links)] == [tuple(links[:3]), tuple(links[3:])]


def test_what_repeats_and_what_has_no_known_time_is_looked_up_by_itself():
    links = [replace(one, scope=Scope.SERIES) for one in links_on(1, 2, 3, 4)]
    links += [a_link(baseline=None)] * SINGLES

    assert [(len(group.links), group.span) for group in group_links(links)] == [
        (SINGLES, None),
        (4, None),
    ]


@pytest.mark.parametrize(
    ("copies", "governs"),
    [
        ((a_copy(),), True),
        ((a_copy(), a_copy(BO.id)), True),
        ((a_copy(ANN.id, is_organizer=False), a_copy(BO.id, is_organizer=True)), False),
        ((a_copy(ANN.id, is_organizer=False), a_copy(CARLA.id)), ANN.id < CARLA.id),
        ((), True),
    ],
)
def test_one_mailbox_answers_for_each_link(copies, governs):
    assert may_govern(a_link(copies=copies), ANN.id) is governs


def test_the_statement_is_a_sentence():
    at = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)

    def said(*numbers, now=at):
        return completeness.statement(*numbers, at=at, now=now, zone="Europe/Berlin")

    assert said(412, 0, 0, 0) == "412 links, 0 differences at 10:05"
    assert said(412, 0, 0, 2) == (
        "412 links, 0 differences at 10:05; in 2 fields each side keeps its own"
    )
    assert said(1, 1, 0, 0) == "1 link, 1 difference (1 settled) at 10:05"
    assert said(412, 3, 1, 0, now=at + timedelta(days=1)) == (
        "412 links, 3 differences (2 settled) on Fri 20 Nov at 10:05"
    )


def test_reconciles_are_spread_and_those_with_differences_come_sooner():
    policy = Policy()

    assert completeness.first_at(policy, NOW, 0.25) == NOW + timedelta(hours=6)
    assert completeness.next_at(policy, NOW, 1.0, is_settled=True) == NOW + timedelta(hours=21.6)
    assert completeness.next_at(policy, NOW, 1.0, is_settled=False) == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("changed", "synced", "age"),
    [
        (timedelta(seconds=-30), timedelta(hours=-1), 30.0),
        (timedelta(seconds=30), timedelta(hours=-1), 0.0),
        (timedelta(hours=-2), timedelta(hours=-1), None),
        (timedelta(seconds=-30), None, None),
    ],
)
def test_the_age_of_a_change_counts_from_the_change_in_outlook(changed, synced, age):
    event = an_event(subject="New", last_modified=NOW + changed)
    link = a_link(last_synced_at=NOW + synced if synced is not None else None)
    situation = a_situation(event, link=link)

    assert age_of_change(situation, decide(situation), NOW) == age
