"""Activities of the CRM become meetings in Outlook: in the organizer's mailbox, with the people who are invited."""

from datetime import timedelta

import pytest

from liaison.calendar.model import LinkState
from liaison.crm.model import ActivityStatus, ActivityType, ReviewNote
from liaison.reasons.explain import explain
from liaison.times import When
from scenario_runs import sync
from scenario_traffic import writes_of
from transfer_stage import (
    INES,
    KIM,
    ask,
    colleague,
    end_link,
    guest,
    link_of,
    mails,
    plan,
    reasons_of,
)


@pytest.fixture(autouse=True)
def may_write(world, ann):
    world.writes_allowed = True
    world.run(ann)


def test_a_flagged_activity_becomes_one_event_and_invites_who_is_to_be_invited(world, ann):
    """event-created, IF-04, SA-06, SA-08, IN-10, IN-11."""
    activity = plan(world, ann, people=[guest(), guest(KIM, invite=None)])

    sync(world, ann)

    [event] = ann.events(subject="Renewal")
    assert [one.address for one in event.attendees] == [INES]
    assert mails(world) == {(INES, "invitation"): 1}
    link = link_of(world, activity)
    assert (link.state, link.ical_uid) == (LinkState.LIVE, event.ical_uid)
    [told] = [one for one in world.log(link) if one.reason == "event-created"]
    assert explain(told, "Europe/Berlin").endswith(f"an invitation by mail went to {INES}.")
    assert KIM in {one.address for one in world.activity_now(activity).participants}


def test_a_further_run_writes_nothing(world, ann):
    """Invariant 3; pains 4, 6."""
    plan(world, ann, people=[guest()])
    sync(world, ann)

    world.run(ann)
    world.run(ann)

    assert len(writes_of(world.sandbox)) == 1
    assert mails(world) == {(INES, "invitation"): 1}


def test_colleagues_are_invited_and_their_copies_are_attached_never_made_again(world, ann, bo):
    """pains 2, 9; SA-10: no invitee's mailbox is written."""
    world.run(bo)
    activity = plan(world, ann, people=[colleague(world, bo), guest()])

    sync(world, ann)
    world.run(bo, ann, bo)

    assert len(writes_of(world.sandbox)) == 1
    assert mails(world) == {(INES, "invitation"): 1, (bo.address, "invitation"): 1}
    assert {copy.mailbox_id for copy in link_of(world, activity).copies} == {
        world.own(ann).id,
        world.own(bo).id,
    }
    assert world.count("activities") == 1


@pytest.mark.parametrize(("transfer", "count"), [("flagged", 0), ("all", 1)])
def test_transfer_says_which_activities_are_brought_to_outlook(world, ann, transfer, count):
    world.set_policy(transfer=transfer)
    world.activity(ann, "Unasked")

    world.run(ann)

    assert len(ann.events(subject="Unasked")) == count


@pytest.mark.parametrize(("types", "count"), [(["call"], 0), (["call", "visit"], 1)])
def test_transfer_types_says_which_types_are_brought_to_outlook(world, ann, types, count):
    """IP-01."""
    world.set_policy(transfer="all", transferTypes=types)
    world.activity(ann, "On site", type=ActivityType.VISIT)

    world.run(ann)

    assert len(ann.events(subject="On site")) == count


@pytest.mark.parametrize(
    "fields",
    [
        {"status": ActivityStatus.COMPLETED},
        {"status": ActivityStatus.CANCELLED},
        {"stub": True},
        {"review": (ReviewNote("participants-unknown", KIM),)},
    ],
)
def test_all_takes_only_what_is_planned_and_without_review(world, ann, fields):
    world.set_policy(transfer="all")
    world.activity(ann, "Not this one", **fields)

    world.run(ann)

    assert ann.events() == []


def test_what_lies_beyond_the_window_waits(world, ann):
    """outside-window; SA-07."""
    world.set_policy(windowFutureDays=30)
    start = world.tomorrow() + timedelta(days=60)
    activity = plan(world, ann, when=When(start, start + timedelta(hours=1), "Europe/Berlin"))

    world.run(ann)

    assert ann.events() == []
    assert reasons_of(world, activity) == ["outside-window"]


def test_the_past_is_never_written_and_that_is_said_once(world, ann):
    """past-never-written; pains 1."""
    start = world.clock.now() - timedelta(days=1)
    activity = plan(world, ann, when=When(start, start + timedelta(hours=1), "Europe/Berlin"))

    world.run(ann)
    world.edit(ann, activity, subject="Renewal, again")
    world.run(ann)

    assert writes_of(world.sandbox) == []
    assert reasons_of(world, activity) == ["past-never-written"]


def test_an_organizer_who_is_not_active_gets_nothing_and_the_activity_says_so(world, ann, dev):
    """organizer-not-active; SP-10, IN-03. Once he is active it goes out."""
    world.import_person(dev)
    activity = plan(world, dev, people=[guest()])

    world.run(ann)

    assert writes_of(world.sandbox) == []
    assert reasons_of(world, activity) == ["organizer-not-active"]
    world.switch(dev, active=True)
    world.run(dev)
    assert len(dev.events(subject="Renewal")) == 1
    assert mails(world) == {(INES, "invitation"): 1}


def test_an_activity_whose_link_ended_goes_out_only_when_a_person_asks(world, ann):
    world.set_policy(transfer="all")
    activity = plan(world, ann, people=[guest()])
    sync(world, ann)
    end_link(world, ann, activity)

    world.edit(ann, activity, subject="Renewal 2027")
    world.run(ann)
    assert len(ann.events()) == 1
    ask(world, ann, activity)
    world.run(ann)

    assert [one.subject for one in ann.events()] == ["Renewal", "Renewal 2027"]
    assert mails(world) == {(INES, "invitation"): 2}
    assert link_of(world, activity).state is LinkState.LIVE


@pytest.mark.parametrize("status", ["cancelled", "completed"])
def test_what_is_no_longer_planned_before_it_went_out_leaves_no_event(world, ann, status):
    activity = plan(world, ann, people=[guest()])

    world.edit(ann, activity, status=status)
    world.run(ann)

    assert writes_of(world.sandbox) == []
    assert link_of(world, activity) is None


def test_a_first_run_matches_what_is_in_the_calendar_before_it_writes(world, bo):
    """matched-existing; pains 1, 14: the meeting that is there already is the activity's."""
    world.set_policy(capture="all", transfer="all")
    start = world.tomorrow()
    when = When(start, start + timedelta(hours=1), "Europe/Berlin")
    activity = world.activity(bo, "Renewal", when=when)
    event_id = bo.create_event(
        subject="Renewal", start=start, end=start + timedelta(hours=1), attendees=[INES]
    )

    world.run(bo)
    world.run(bo)

    assert writes_of(world.sandbox) == []
    assert mails(world) == {(INES, "invitation"): 1}
    assert link_of(world, activity).ical_uid == bo.event(event_id).ical_uid


def test_what_is_under_way_waits_while_the_organizer_is_not_active(world, ann):
    activity = plan(world, ann, people=[guest()])
    world.sandbox.faults.add(
        method="POST", path_regex=r"/users/[^/]+/events$", kind="drop-after", times=1
    )
    sync(world, ann)

    world.switch(ann, active=False)
    sync(world, ann)
    world.switch(ann, active=True)
    world.run(ann)

    assert len(ann.events()) == 1
    assert link_of(world, activity).state is LinkState.LIVE
    assert mails(world) == {(INES, "invitation"): 1}
