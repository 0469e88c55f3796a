"""Edits of the CRM where something stands in the way: lost answers, somebody faster, several places, links just made."""

from datetime import timedelta

import pytest

from liaison.crm.model import ActivityChange, Actor
from merge_stage import INES, KIM, OWNED_BY_BOTH, Stage
from scenario_runs import settle_down
from scenario_traffic import writes_of


@pytest.fixture
def stage(world, ann):
    return lambda **given: Stage(world, ann, **given)


@pytest.mark.parametrize("kind", ["timeout", "drop-before", "drop-after", "truncate"])
def test_after_a_lost_answer_guests_get_one_mail_and_the_log_one_line(stage, sandbox, kind):
    """pains 11"""
    both = stage()
    both.edit(subject="Ours")
    sandbox.faults.add(method="PATCH", path_regex="/events/", kind=kind)

    both.work()
    sandbox.faults.clear()
    settle_down(both.world, both.ann)

    assert both.subjects == ("Ours", "Ours")
    assert both.mails() == {(INES, "update"): 1}
    assert len(both.told("event-updated")) == 1


def test_an_edit_while_the_answer_is_lost_is_an_edit_of_its_own(stage, sandbox):
    both = stage(conflict="hold")
    both.edit(subject="First")
    sandbox.faults.add(method="PATCH", path_regex="/events/", kind="drop-after")
    both.work()
    sandbox.faults.clear()

    both.edit(subject="Second")
    settle_down(both.world, both.ann)

    assert both.subjects == ("Second", "Second")
    assert both.told("conflict-held") == []


def test_who_was_faster_in_outlook_is_not_overwritten(stage):
    """SA-06: written only with the etag just read."""
    both = stage()
    both.edit(subject="Ours")
    both.world.after_call(
        "look_up", lambda: both.ann.change_event(both.event_id, location="Room 9")
    )

    both.work()
    settle_down(both.world, both.ann)

    assert both.subjects == ("Ours", "Ours")
    assert (both.event.location, both.activity_now.place) == ("Room 9", "Room 9")


def test_a_place_is_left_alone_where_there_are_several(stage):
    both = stage(location=["Room 1", "Lobby"])

    both.edit(subject="Ours", location="Room 3")
    both.work(times=2)

    assert both.subjects == ("Ours", "Ours")
    assert [one.display_name for one in both.event.locations] == ["Room 1", "Lobby"]
    assert both.told("unsupported")


def test_what_a_crm_owned_field_holds_stays_on_either_side_when_the_two_are_linked(world, ann):
    world.writes_allowed = True
    world.set_policy(owners=OWNED_BY_BOTH | {"subject": "crm"})
    event_id = ann.create_event(
        subject="Theirs", start=world.tomorrow(), attendees=[INES], location="Room 1"
    )
    activity = world.activity(ann, "Ours", place="Room 2")

    world.link(ann, event_id, activity)
    settle_down(world, ann)

    now = world.activity_now(activity)
    assert (ann.event(event_id).subject, now.subject) == ("Theirs", "Ours")
    assert now.place == "Room 1"
    assert writes_of(world.sandbox) == []


def test_linking_again_writes_nothing_more(world, ann, stage):
    both = stage()
    both.edit(subject="Ours")
    both.work()

    both.world.link(both.ann, both.event_id, both.activity)
    settle_down(both.world, both.ann)

    assert both.writes() == 1


def test_the_reconcile_brings_out_what_nobody_noted(world, stage):
    both = stage(start=world.tomorrow() + timedelta(days=5))
    now, own = both.activity_now, both.world.own(both.ann)
    change = ActivityChange(now.id, now.version, {"subject": "Ours"})
    with both.world.database.transaction() as session:
        both.world.tools.crm.apply_changes(session, [change], Actor(own.name, "crm", own.id))
        both.world.tools.crm.take_changes(session, [now.id], limit=10)

    both.world.clock.advance(hours=25)
    settle_down(both.world, both.ann)

    assert both.subjects == ("Ours", "Ours")


def test_people_are_left_alone_where_somebody_has_no_usable_address_and_the_rest_goes_out(stage):
    """pains 29: unsupported, named, and it stops nothing else."""
    odd = ("Old system", "/o=exchange/cn=recipients/cn=old")
    both = stage(attendees=[INES, odd])
    people = both.activity_now.participants

    both.edit(
        subject="Ours",
        participants=[
            *({"kind": "other", "name": one.name, "address": one.address} for one in people[1:]),
            {"kind": "other", "address": KIM, "invite": True},
        ],
    )
    both.work(times=2)

    assert both.subjects == ("Ours", "Ours")
    assert [one.name for one in both.event.attendees] == [INES, "Old system"]
    assert "Old system" in both.told("unsupported")[0].facts["why"]
    assert both.told("failed-permanent") == []
