"""What happens to single occurrences of a linked series shows in its activity, and in words in the log."""

from datetime import timedelta

import pytest

from liaison.calendar.model import Scope
from liaison.crm.model import OccurrenceKind
from liaison.reasons.explain import explain
from series_world import nth, weekly

BO = "bo@nordwind.example"
INES = "ines@contoso.example"


@pytest.fixture
def series(world, ann):
    start = world.tomorrow()
    return ann.create_event(
        subject="Team", start=start, attendees=[BO, INES], recurrence=weekly(start)
    )


@pytest.fixture
def linked(world, ann, series):
    return world.create(ann, series, scope=Scope.SERIES)


def exceptions(world, linked):
    return world.activity_now(linked.activity).recurrence.exceptions


def told(world, linked, reason):
    return [explain(one, "Europe/Berlin") for one in world.log(linked.link) if one.reason == reason]


def day(moment):
    return f"{moment:%a} {moment.day} {moment:%b}"


def test_every_field_of_a_changed_occurrence_is_carried_and_told(world, ann, series, linked):
    second = nth(world, 1)
    ann.change_occurrence(
        series, second, start=second + timedelta(days=1), subject="With Ines", location="Lounge"
    )
    ann.change_occurrence(series, nth(world, 2), attendees=[BO], body="Bring figures")
    world.run(ann)

    moved, others = exceptions(world, linked)
    assert moved.fields["start"] == (second + timedelta(days=1)).isoformat()
    assert moved.fields["subject"] == "With Ines"
    assert moved.fields["location"] == "Lounge"
    assert set(others.fields) == {"notes", "participants"}
    assert [one["address"] for one in others.fields["participants"]] == [ann.address, BO]
    sentences = told(world, linked, "occurrence-changed")
    assert sentences[0].startswith(f"The occurrence of {day(second)} was moved to ")
    assert 'renamed to "With Ines"' in sentences[0]
    assert sentences[1] == (
        f"The occurrence of {day(nth(world, 2))} was given other notes"
        " and given other people or answers in Outlook."
    )
    version = world.activity_now(linked.activity).version
    world.run(ann)
    assert world.activity_now(linked.activity).version == version


def test_an_occurrence_may_move_over_midnight_and_before_the_first(world, ann, series, linked):
    first, second = nth(world, 0), nth(world, 1)
    ann.change_occurrence(series, first, start=first - timedelta(hours=4))
    ann.change_occurrence(
        series, second, start=second + timedelta(hours=13), end=second + timedelta(hours=15)
    )
    world.run(ann)

    early, late = exceptions(world, linked)
    assert (early.original_start, late.original_start) == (first, second)
    assert early.fields["start"] == (first - timedelta(hours=4)).isoformat()
    assert late.fields["end"] == (second + timedelta(hours=15)).isoformat()


def test_an_answer_to_one_occurrence_is_an_exception_of_that_one(world, ann, bo, series, linked):
    copy = bo.events(ical_uid=ann.event(series).ical_uid)[0]
    bo.answer_occurrence(copy.id, nth(world, 1), "declined")
    world.run(ann)

    (exception,) = exceptions(world, linked)
    answers = {one["address"]: one["response"] for one in exception.fields["participants"]}
    assert answers[bo.address] == "declined"


def test_a_deleted_occurrence_is_found_though_nothing_but_a_round_tells_of_it(
    world, ann, series, linked
):
    world.run(ann)
    ann.delete_occurrence(series, nth(world, 3))
    world.run(ann)

    assert [(one.original_start, one.kind) for one in exceptions(world, linked)] == [
        (nth(world, 3), OccurrenceKind.CANCELLED)
    ]
    assert told(world, linked, "occurrence-cancelled") == [
        f"The occurrence of {day(nth(world, 3))} was cancelled in Outlook."
    ]


def test_a_notification_about_a_deleted_occurrence_that_nobody_knows_leads_to_its_series(
    world, ann, series, linked
):
    world.run(ann)
    gone = ann.occurrence(series, nth(world, 2)).immutable_id
    ann.delete_occurrence(series, nth(world, 2))

    world.notify_id(ann, gone)

    assert [one.original_start for one in exceptions(world, linked)] == [nth(world, 2)]


def test_a_private_occurrence_of_an_open_series_is_left_out(world, ann, series, linked):
    ann.change_occurrence(series, nth(world, 1), subject="Surgery", sensitivity="private")
    world.run(ann)

    (exception,) = exceptions(world, linked)
    assert (exception.kind, exception.fields) == (OccurrenceKind.CANCELLED, {})
    assert "Surgery" not in str(world.log(linked.link))


def test_retracting_a_series_erases_what_its_exceptions_held(world, ann, series, linked):
    ann.change_occurrence(series, nth(world, 1), subject="Surgery")
    world.run(ann)

    world.retract(ann, linked.link)

    assert world.activity_now(linked.activity).recurrence is None
    assert world.link_now(linked.link).baseline is None
    assert "Surgery" not in str(world.log(linked.link))


def test_a_retracted_occurrence_comes_back_nowhere(world, ann, series, linked):
    ann.change_occurrence(series, nth(world, 1), subject="Surgery")
    world.run(ann)
    part = world.create(ann, ann.occurrence(series, nth(world, 1)).id, scope=Scope.OCCURRENCE)

    world.retract(ann, part.link)
    world.run(ann)
    world.notify(ann, series)

    held = str(world.activity_now(linked.activity)) + str(world.link_now(linked.link).baseline)
    assert "Surgery" not in held + str(world.log(part.link)) + str(world.log(linked.link))
    assert [one.kind for one in exceptions(world, linked)] == [OccurrenceKind.CANCELLED]


def test_a_moved_occurrence_is_named_with_its_new_time_and_its_answers_are_no_news(
    world, ann, bo, series, linked
):
    second = nth(world, 1)
    ann.change_occurrence(series, second, start=second + timedelta(days=1))
    world.run(ann)

    [summary] = told(world, linked, "activity-updated")[-1:]
    [single] = told(world, linked, "occurrence-changed")
    assert summary.startswith(
        f"The occurrence of {day(second)} moved to {day(second + timedelta(days=1))}"
    )
    assert single.startswith(f"The occurrence of {day(second)} was moved to ")
    assert "people or answers" not in summary + single
