"""A captured meeting may be in the CRM already: then the two are linked, if there is no doubt."""

import pytest

from capture_stage import activities, captures, link_of
from liaison.crm.model import ActivityStatus
from liaison.times import When


def planned(world, ann, subject="Renewal", **fields):
    start = world.tomorrow()
    when = When(start, start.replace(hour=11), "Europe/Berlin")
    return world.activity(ann, subject, **({"when": when} | fields))


def met(world, ann, **fields):
    return ann.create_event(**({"subject": "Renewal", "start": world.tomorrow()} | fields))


def test_matched_existing_is_linked_and_brings_what_outlook_owns(world, ann):
    """SP-12. pains 1: a first run matches before it makes anything."""
    activity = planned(world, ann, internal_notes="Call first")
    met(world, ann, attendees=["ines@contoso.example"], body="Agenda")
    captures(world, "all")

    [report] = world.run(ann)

    [matched] = activities(world)
    assert report.counts["matched-existing"] == 1
    assert (matched.id, matched.notes, matched.internal_notes) == (
        activity.id,
        "Agenda",
        "Call first",
    )
    assert "matched-existing" in world.reasons(link_of(world, matched))


def test_a_matched_activity_is_written_once(world, ann):
    planned(world, ann)
    met(world, ann)
    captures(world, "all")
    world.run(ann)
    before = activities(world)

    [report] = world.run(ann)

    assert activities(world) == before
    assert {reason for reason, count in report.counts.items() if count} <= {"already-agreed"}


def test_more_than_one_is_no_match_and_none_is_guessed(world, ann):
    """pains 19"""
    some = [planned(world, ann), planned(world, ann)]
    met(world, ann)
    captures(world, "all")

    world.run(ann)

    assert len(activities(world)) == 3
    assert all(one.id in {two.id for two in activities(world)} for one in some)


@pytest.mark.parametrize(
    "differing",
    [
        {"subject": "Renewals"},
        {"status": ActivityStatus.COMPLETED},
    ],
)
def test_what_differs_or_is_completed_is_no_match(world, ann, differing):
    planned(world, ann, **differing)
    met(world, ann)
    captures(world, "all")

    world.run(ann)

    assert len(activities(world)) == 2


def test_another_organizers_activity_is_no_match(world, ann, bo):
    planned(world, bo)
    met(world, ann)
    captures(world, "all")

    world.run(ann)

    assert len(activities(world)) == 2


def test_whole_days_match_whole_days(world, ann):
    day = world.tomorrow().date()
    activity = planned(world, ann, when=When(day, day, "UTC"))
    met(world, ann, start=day, all_day=True)
    captures(world, "all")

    world.run(ann)

    assert [one.id for one in activities(world)] == [activity.id]


def test_what_is_linked_already_or_was_unlinked_by_a_person_is_no_match(world, ann):
    linked = planned(world, ann)
    other = world.link(ann, met(world, ann, subject="Other"), linked)
    world.edit(ann, linked, next_step="Call")
    unlinked = world.create(ann, met(world, ann))
    world.unlink(ann, unlinked.link)
    met(world, ann)
    captures(world, "all")

    world.run(ann)

    assert len(activities(world)) == 3
    assert world.link_now(other.link).activity_id == linked.id


def test_two_meetings_that_say_the_same_do_not_share_one_activity(world, ann):
    activity = planned(world, ann)
    met(world, ann)
    met(world, ann)
    captures(world, "all")

    world.run(ann)

    assert len(activities(world)) == 2
    assert len({link_of(world, one).ical_uid for one in activities(world)}) == 2
    assert activity.id in {one.id for one in activities(world)}
