"""Meetings that nobody linked become activities when the policy asks for it."""

from datetime import timedelta

from capture_stage import activities, captures, link_of
from liaison.crm.model import ActivityType
from merge_stage import OWNED_BY_BOTH
from scenario_runs import sync
from series_world import weekly

INES = "ines@contoso.example"


def test_activity_created_from_the_organizers_own_copy(world, ann):
    captures(world, "all")
    ann.create_event(subject="Renewal", start=world.tomorrow(), attendees=[INES])

    [report] = world.run(ann)

    [made] = activities(world)
    assert report.counts["activity-created"] == 1
    assert (made.subject, made.type, made.stub) == ("Renewal", ActivityType.APPOINTMENT, False)
    assert made.owner_id == world.own(ann).id
    assert [one.address for one in made.participants] == [ann.address, INES]
    assert world.reasons(link_of(world, made))[-1] == "activity-created"


def test_a_further_run_writes_nothing(world, ann):
    captures(world, "all")
    ann.create_event(subject="Renewal", start=world.tomorrow(), attendees=[INES])
    world.run(ann)
    [before] = activities(world)

    world.run(ann)

    assert activities(world) == [before]


def test_who_is_taken_off_in_the_crm_before_the_meeting_is_read_again_is_taken_off_in_outlook(
    world, ann
):
    world.writes_allowed = True
    captures(world, "all", owners=OWNED_BY_BOTH)
    event_id = ann.create_event(
        subject="Renewal", start=world.tomorrow(), attendees=[INES, "kim@fabrikam.example"]
    )
    world.run(ann)
    [made] = activities(world)
    kept = [one for one in made.participants if one.address == INES]

    world.edit(
        ann,
        made,
        participants=[
            {"kind": one.kind.value, "id": one.id, "name": one.name, "address": one.address}
            for one in kept
        ],
    )
    sync(world, ann)

    assert [one.address for one in ann.event(event_id).attendees] == [INES]


def test_a_series_becomes_one_activity(world, ann):
    captures(world, "all")
    start = world.tomorrow()
    ann.create_event(subject="Jour fixe", start=start, recurrence=weekly(start))

    world.run(ann)

    [made] = activities(world)
    assert made.recurrence.rule.startswith("FREQ=WEEKLY")


def test_a_notification_captures_a_new_meeting(world, ann):
    captures(world, "all")
    world.run(ann)
    event_id = ann.create_event(subject="New", start=world.tomorrow())

    world.notify(ann, event_id)

    assert [one.subject for one in activities(world)] == ["New"]


def test_a_change_of_a_captured_meeting_is_carried_over(world, ann):
    captures(world, "all")
    event_id = ann.create_event(subject="Renewal", start=world.tomorrow())
    world.run(ann)

    ann.change_event(event_id, subject="Renewal of Contoso", start=world.tomorrow(14))
    world.notify(ann, event_id)

    [made] = activities(world)
    assert made.subject == "Renewal of Contoso"
    assert made.when.starts_at == world.tomorrow(14)


def test_outside_window_is_not_captured(world, ann):
    captures(world, "all", windowFutureDays=30)
    event_id = ann.create_event(subject="Far", start=world.tomorrow() + timedelta(days=60))

    report = world.notify(ann, event_id)

    assert activities(world) == []
    assert report.counts["outside-window"] == 1
