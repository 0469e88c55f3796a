"""Two that are linked for the first time, by a person or by the sync: nothing is written to Outlook, nothing of the CRM is lost."""

import pytest

from capture_stage import captures
from liaison.times import When
from merge_stage import OWNED_BY_BOTH
from scenario_runs import sync
from scenario_traffic import writes_of
from transfer_stage import INES, guest, mails


@pytest.fixture(autouse=True)
def may_write(world):
    """So that a write would be seen, and not be refused."""
    world.writes_allowed = True
    world.set_policy(owners=OWNED_BY_BOTH)


def planned(world, ann, **fields):
    start = world.tomorrow()
    when = When(start, start.replace(hour=11), "Europe/Berlin")
    return world.activity(ann, "Renewal", **({"when": when, "place": "Room 3"} | fields))


def met(world, ann, **fields):
    return ann.create_event(**({"subject": "Renewal", "start": world.tomorrow()} | fields))


def quiet(world, ann):
    for _ in range(2):
        world.run(ann)
    assert writes_of(world.sandbox) == []


def both_places(world, ann, event_id, activity):
    return ann.event(event_id).location, world.activity_now(activity).place


def test_a_matched_meeting_is_not_written_and_the_place_of_the_crm_stays(world, ann):
    """matched-existing: what goes out is caused only by a change of the CRM."""
    activity = planned(world, ann)
    event_id = met(world, ann, attendees=[INES])
    captures(world, "all")
    before = mails(world)

    quiet(world, ann)

    assert both_places(world, ann, event_id, activity) == ("", "Room 3")
    assert mails(world) == before


@pytest.mark.parametrize("owner", ["both", "crm"])
def test_a_person_who_links_writes_nothing_to_outlook(world, ann, owner):
    world.set_policy(owners=OWNED_BY_BOTH | {"place": owner})
    activity = planned(world, ann)
    event_id = met(world, ann, attendees=[INES])

    linked = world.link(ann, event_id, activity)
    quiet(world, ann)

    assert both_places(world, ann, event_id, activity) == ("", "Room 3")
    assert "event-updated" not in world.reasons(linked.link)


def test_what_was_left_apart_goes_out_when_somebody_changes_it_in_the_crm(world, ann):
    activity = planned(world, ann)
    event_id = met(world, ann)
    world.link(ann, event_id, activity)
    quiet(world, ann)

    world.edit(ann, activity, location="Room 4")
    sync(world, ann)
    world.run(ann)

    assert both_places(world, ann, event_id, activity) == ("Room 4", "Room 4")
    assert len(writes_of(world.sandbox)) == 1


def test_what_was_left_apart_is_outlooks_when_somebody_changes_it_there(world, ann):
    activity = planned(world, ann)
    event_id = met(world, ann)
    world.link(ann, event_id, activity)
    quiet(world, ann)

    ann.change_event(event_id, location="Lobby")
    quiet(world, ann)

    assert both_places(world, ann, event_id, activity) == ("Lobby", "Lobby")


def test_guests_whom_only_the_crm_has_are_not_invited_by_linking(world, ann):
    activity = planned(world, ann, participants=(guest(),))
    event_id = met(world, ann)

    world.link(ann, event_id, activity)
    quiet(world, ann)

    assert mails(world) == {}
    assert INES in {one.address for one in world.activity_now(activity).participants}


def test_where_both_have_a_value_outlooks_wins_and_the_log_has_the_other(world, ann):
    activity = planned(world, ann)
    event_id = met(world, ann, location="Lobby")

    linked = world.link(ann, event_id, activity)
    quiet(world, ann)

    assert both_places(world, ann, event_id, activity) == ("Lobby", "Lobby")
    assert "Room 3" in {one.before.get("location") for one in world.log(linked.link)}
