"""An activity that is cancelled or deleted in the CRM takes its meeting along, or leaves it, as the policy says."""

from collections import Counter
from datetime import timedelta

import pytest

from liaison.calendar.model import LinkState, Scope
from liaison.crm.model import ActivityStatus
from scenario_runs import sync
from scenario_traffic import writes_of
from series_world import nth, weekly

INES, KIM = "ines@contoso.example", "kim@fabrikam.example"


@pytest.fixture(autouse=True)
def may_write(world):
    world.writes_allowed = True


@pytest.fixture
def linked(world, ann):
    def linked(policy="cancel", **fields):
        world.set_policy(onCrmDelete=policy)
        given = {"start": world.tomorrow(), "attendees": [INES, KIM]} | fields
        event_id = ann.create_event(subject="Review", **given)
        made = world.create(ann, event_id)
        world.run(ann)
        return event_id, made

    return linked


def mails(world):
    sent = world.sandbox.tenant.mails
    return Counter((mail.recipient, mail.kind) for mail in sent if mail.kind != "invitation")


@pytest.mark.parametrize(
    ("policy", "told", "writes"),
    [("cancel", {(INES, "cancellation"): 1, (KIM, "cancellation"): 1}, 1), ("leave", {}, 0)],
)
def test_on_crm_delete_says_what_becomes_of_the_meeting(world, ann, linked, policy, told, writes):
    """event-cancelled-by-crm, pains 20: each guest is told once, on cancel only."""
    event_id, made = linked(policy)

    world.edit(ann, made.activity, status="cancelled")
    sync(world, ann)
    world.run(ann)

    assert mails(world) == told
    assert len(writes_of(world.sandbox)) == writes
    assert world.link_now(made.link).state is LinkState.ENDED
    assert world.reasons(made.link).count("event-cancelled-by-crm") == 1
    assert world.activity_now(made.activity).status is ActivityStatus.CANCELLED
    assert (event_id in [one.id for one in ann.events()]) is (policy == "leave")


def test_a_meeting_without_guests_is_deleted_and_nobody_is_mailed(world, ann, linked):
    _, made = linked(attendees=[])

    world.edit(ann, made.activity, status="cancelled")
    sync(world, ann)

    assert ann.events() == []
    assert [call.method for call in writes_of(world.sandbox)] == ["DELETE"]
    assert mails(world) == {}


def test_what_is_over_is_never_cancelled(world, ann, linked):
    """past-never-written."""
    _, made = linked()
    world.clock.advance(days=3)

    world.edit(ann, made.activity, status="cancelled")
    sync(world, ann)

    assert writes_of(world.sandbox) == []
    assert "past-never-written" in world.reasons(made.link)
    assert world.link_now(made.link).state is LinkState.ENDED


def test_a_meeting_whose_activity_is_restored_in_time_stays(world, ann, linked):
    _, made = linked()
    world.edit(ann, made.activity, status="cancelled")

    world.edit(ann, made.activity, status="planned")
    sync(world, ann)

    assert writes_of(world.sandbox) == []
    assert world.link_now(made.link).state is LinkState.LIVE


def test_an_invitees_copy_is_always_left(world, ann, dev, linked):
    world.set_policy(onCrmDelete="cancel")
    dev.create_event(subject="Board", start=world.tomorrow(), attendees=[ann.address, INES])
    [copy] = ann.events(subject="Board")
    made = world.create(ann, copy.id)
    world.run(ann)

    world.edit(ann, made.activity, status="cancelled")
    sync(world, ann)

    assert writes_of(world.sandbox) == []
    assert world.link_now(made.link).state is LinkState.ENDED


@pytest.mark.parametrize("kind", ["drop-before", "drop-after"])
def test_a_lost_answer_to_a_cancellation_tells_nobody_twice(world, ann, linked, kind):
    _, made = linked()
    world.edit(ann, made.activity, status="cancelled")
    world.sandbox.faults.add(method="POST", path_regex="/cancel", kind=kind, times=1)

    for _ in range(3):
        sync(world, ann)
        world.clock.advance(minutes=10)

    assert mails(world) == {(INES, "cancellation"): 1, (KIM, "cancellation"): 1}
    assert world.link_now(made.link).state is LinkState.ENDED


def test_linking_a_cancelled_activity_never_cancels_the_meeting(world, ann):
    world.set_policy(onCrmDelete="cancel")
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), attendees=[INES])
    activity = world.activity(ann, status=ActivityStatus.CANCELLED)

    made = world.link(ann, event_id, activity)
    world.clock.advance(minutes=10)
    world.run(ann)
    world.run(ann)

    assert writes_of(world.sandbox) == []
    assert world.link_now(made.link).state is LinkState.LIVE
    assert timedelta(0) < ann.event(event_id).end - world.clock.now()


def test_the_activity_of_one_occurrence_takes_this_occurrence_only(world, ann):
    """Each guest is told once; the rest of the series stays (pains 8)."""
    world.set_policy(onCrmDelete="cancel")
    start = world.tomorrow()
    series = ann.create_event(
        subject="Team", start=start, attendees=[INES], recurrence=weekly(start)
    )
    made = world.create(ann, ann.occurrence(series, nth(world, 1)).id, scope=Scope.OCCURRENCE)
    world.run(ann)

    world.edit(ann, made.activity, status="cancelled")
    sync(world, ann)
    world.run(ann)

    left = ann.occurrences(series, start, start + timedelta(weeks=4))
    assert [one.start for one in left] == [nth(world, 0), nth(world, 2), nth(world, 3)]
    assert mails(world) == {(INES, "cancellation"): 1}
    assert world.link_now(made.link).state is LinkState.ENDED


def test_a_whole_series_is_cancelled_on_its_master_with_one_message(world, ann):
    """pains 8: one notice per person and action."""
    world.set_policy(onCrmDelete="cancel")
    start = world.tomorrow()
    series = ann.create_event(
        subject="Team", start=start, attendees=[INES], recurrence=weekly(start)
    )
    made = world.create(ann, series, scope=Scope.SERIES)
    world.run(ann)

    world.edit(ann, made.activity, status="cancelled")
    sync(world, ann)

    assert ann.events() == []
    assert mails(world) == {(INES, "cancellation"): 1}
    assert len(writes_of(world.sandbox)) == 1
