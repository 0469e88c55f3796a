"""What a person changes of a series in the CRM: all of it, or single occurrences."""

from datetime import timedelta

import pytest

from liaison.calendar.model import Scope
from merge_stage import INES, KIM, OWNED_BY_BOTH
from scenario_runs import settle_down, sync
from scenario_traffic import writes_of
from series_world import nth, weekly


@pytest.fixture
def series(world, ann):
    """Six weeks of a meeting with Ines, and its activity."""
    world.writes_allowed = True
    world.set_policy(owners=OWNED_BY_BOTH)
    event_id = ann.create_event(
        subject="Weekly",
        start=nth(world, 0),
        attendees=[INES],
        recurrence=weekly(nth(world, 0)),
    )
    made = world.create(ann, event_id, Scope.SERIES)
    world.run(ann)
    return event_id, made.activity, made.link


def mails(world, kind):
    sent = world.sandbox.tenant.mails
    return [mail for mail in sent if (mail.recipient, mail.kind) == (INES, kind)]


def test_a_series_moved_in_the_crm_is_moved_once_as_a_whole(world, ann, series):
    """pains 8: one notice per person."""
    event_id, activity, link = series
    start = nth(world, 0) + timedelta(hours=3)

    world.edit(ann, activity, start=start, end=start + timedelta(hours=1))
    sync(world, ann)
    world.run(ann)

    assert ann.event(event_id).start == start
    assert len(writes_of(world.sandbox)) == 1
    assert len(mails(world, "update")) == 1
    assert world.reasons(link).count("event-updated") == 1


def test_one_occurrence_moved_in_the_crm_is_an_exception_in_outlook(world, ann, series):
    _, activity, link = series
    moved = nth(world, 1) + timedelta(hours=2)
    change = {
        "originalStart": nth(world, 1).isoformat(),
        "kind": "changed",
        "fields": {
            "start": moved.isoformat(),
            "end": (moved + timedelta(minutes=30)).isoformat(),
        },
    }

    world.edit(ann, activity, recurrence={"exceptions": [change]})
    settle_down(world, ann)

    [exception] = world.activity_now(activity).recurrence.exceptions
    assert exception.fields["start"] == moved.isoformat()
    assert len(writes_of(world.sandbox)) == 1
    assert world.reasons(link).count("event-updated") == 1


def test_one_occurrence_cancelled_in_the_crm_is_cancelled_in_outlook_once(world, ann, series):
    """pains 18"""
    _, activity, _ = series
    third = nth(world, 2)
    gone = {"originalStart": third.isoformat(), "kind": "cancelled"}

    world.edit(ann, activity, recurrence={"exceptions": [gone]})
    settle_down(world, ann)

    [exception] = world.activity_now(activity).recurrence.exceptions
    assert (exception.original_start, exception.kind) == (third, "cancelled")
    assert len(mails(world, "cancellation")) == 1
    assert len(writes_of(world.sandbox)) == 1


def test_different_occurrences_changed_on_both_sides_both_apply(world, ann, series):
    event_id, activity, _ = series
    gone = {"originalStart": nth(world, 2).isoformat(), "kind": "cancelled"}
    ann.change_event(event_id, subject="Weekly, renamed")

    world.edit(ann, activity, recurrence={"exceptions": [gone]})
    settle_down(world, ann)

    now = world.activity_now(activity)
    assert now.subject == "Weekly, renamed"
    assert [one.kind for one in now.recurrence.exceptions] == ["cancelled"]


def test_a_linked_occurrence_is_written_by_itself(world, ann):
    world.writes_allowed = True
    world.set_policy(owners=OWNED_BY_BOTH)
    event_id = ann.create_event(
        subject="Weekly", start=nth(world, 0), recurrence=weekly(nth(world, 0))
    )
    made = world.link(
        ann, event_id, world.activity(ann, "Weekly"), Scope.OCCURRENCE, start=nth(world, 1)
    )
    world.run(ann)

    world.edit(ann, made.activity, subject="Only this one")
    settle_down(world, ann)

    assert ann.event(event_id).subject == "Weekly"
    assert world.activity_now(made.activity).subject == "Only this one"
    assert world.reasons(made.link).count("event-updated") == 1
    assert len(writes_of(world.sandbox)) == 1


@pytest.mark.parametrize("of_the_series", [False, True])
def test_who_has_no_address_in_one_occurrence_is_named_and_stops_nobody(
    world, ann, series, of_the_series
):
    """pains 29: Exchange forgets the occurrence when the series moves, and its people are written again."""
    event_id, activity, link = series
    nameless = ("Old Exchange", "/o=Nordwind/cn=old")
    if of_the_series:
        ann.change_event(event_id, attendees=[INES, nameless])
    ann.change_occurrence(event_id, nth(world, 1), attendees=[INES, KIM, nameless])
    world.run(ann)
    start = nth(world, 0) + timedelta(hours=3)

    world.edit(ann, activity, start=start, end=start + timedelta(hours=1))
    settle_down(world, ann)

    occurrence = ann.occurrence(event_id, start + timedelta(weeks=1))
    # The list is written as a whole: it would take out of the meeting who is there without an address.
    others = {nameless[1]} if of_the_series else {KIM}
    assert {one.address for one in occurrence.attendees} == {INES} | others
    said = [one.facts["why"] for one in world.log(link) if one.reason == "unsupported"]
    assert said
    assert all("Old Exchange" in one for one in said)
    assert "failed-permanent" not in world.reasons(link)
    assert world.waiting(ann) == []


def test_an_occurrence_that_outlook_refuses_keeps_no_other_one_back(world, ann, series):
    """failed-permanent: the item says what Microsoft answered; the others are written all the same."""
    event_id, activity, link = series
    times = [nth(world, number) + timedelta(hours=2) for number in (1, 3)]
    changes = [
        {
            "originalStart": (start - timedelta(hours=2)).isoformat(),
            "kind": "changed",
            "fields": {
                "start": start.isoformat(),
                "end": (start + timedelta(hours=1)).isoformat(),
            },
        }
        for start in times
    ]
    code = "ErrorOccurrenceCrossingBoundary"
    world.sandbox.faults.add(method="PATCH", path_regex="/events/", status=400, code=code, times=1)

    world.edit(ann, activity, recurrence={"exceptions": changes})
    sync(world, ann)

    written = [one.start for one in ann.exceptions(event_id)]
    assert len(written) == 1
    assert written[0] in times
    assert "failed-permanent" in world.reasons(link)


def test_no_occurrence_is_moved_into_the_past(world, ann, series):
    """past-never-written: the CRM keeps its value."""
    _, activity, link = series
    past = world.clock.now() - timedelta(days=3)
    fields = {"start": past.isoformat(), "end": (past + timedelta(minutes=30)).isoformat()}
    change = {"originalStart": nth(world, 1).isoformat(), "kind": "changed", "fields": fields}

    world.edit(ann, activity, recurrence={"exceptions": [change]})
    settle_down(world, ann)

    [exception] = world.activity_now(activity).recurrence.exceptions
    assert exception.fields["start"] == past.isoformat()
    assert writes_of(world.sandbox) == []
    assert "past-never-written" in world.reasons(link)
    assert "event-updated" not in world.reasons(link)
