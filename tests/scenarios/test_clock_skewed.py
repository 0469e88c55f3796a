"""Our clock differs from Microsoft's by two minutes: everything arrives all the same, and nothing is taken for over."""

from datetime import timedelta

import pytest

from fakes.clock import FakeClock
from liaison.calendar.model import LinkState
from liaison.crm.model import ActivityStatus
from scenario_runs import mailbox_of, sync
from scenario_world import World

SKEW = timedelta(minutes=2)


class TwoClocks:
    """Microsoft's and ours, which moves along with it."""

    def __init__(self, theirs, ours):
        self.theirs, self.ours = theirs, ours

    def advance(self, **parts):
        self.theirs.advance(**parts)
        self.ours.advance(**parts)


@pytest.fixture(params=[SKEW, -SKEW], ids=["two minutes ahead", "two minutes behind"])
def clocks(request, clock):
    return TwoClocks(clock, FakeClock(clock.now() + request.param))


@pytest.fixture
def skewed(clocks, sandbox, database, web):
    """A Liaison that Microsoft reaches, and whose clock is wrong."""
    world = World.start(sandbox, database, clocks.ours, public_url=web.url)
    web.serve(world)
    yield world
    world.close()


@pytest.fixture
def ann(skewed):
    return skewed.representative("Ann Berg")


def hear(world, ann):
    """The notifications arrive, and a worker looks."""
    world.sandbox.notifier.drain()
    sync(world, ann)


def test_microsoft_tells_us_of_changes(skewed, clocks, ann):
    made = skewed.create(ann, ann.create_event(subject="Review", start=skewed.tomorrow()))
    sync(skewed, ann)
    assert mailbox_of(skewed, ann).subscription_id

    [event] = ann.events(subject="Review")
    ann.change_event(event.id, subject="Review of the year")
    hear(skewed, ann)

    assert skewed.activity_now(made.activity).subject == "Review of the year"


def test_the_subscription_is_renewed_in_time(skewed, clocks, ann):
    sync(skewed, ann)
    first = mailbox_of(skewed, ann)

    for _ in range(8):
        clocks.advance(days=1)
        sync(skewed, ann)

    now = mailbox_of(skewed, ann)
    assert now.subscription_id == first.subscription_id
    assert now.subscription_expires_at > clocks.theirs.now() + timedelta(days=1)


def test_a_meeting_that_still_answers_from_deleted_items_is_gone_at_the_second_look(
    skewed, clocks, ann, sandbox
):
    sandbox.settings.deleted_items_still_answer = True
    made = skewed.create(ann, ann.create_event(subject="Gone", start=skewed.tomorrow()))
    sync(skewed, ann)
    ann.delete_event(ann.events(subject="Gone")[0].id)

    hear(skewed, ann)
    assert skewed.link_now(made.link).state is LinkState.LIVE
    clocks.advance(seconds=31)
    sync(skewed, ann)

    assert skewed.link_now(made.link).state is LinkState.ENDED
    assert skewed.activity_now(made.activity).status is ActivityStatus.CANCELLED


def test_changes_that_no_notification_told_are_found_by_the_rounds(skewed, clocks, ann, sandbox):
    skewed.set_policy(push=False)
    made = skewed.create(ann, ann.create_event(subject="Review", start=skewed.tomorrow()))
    sync(skewed, ann)
    [event] = ann.events(subject="Review")
    ann.change_event(event.id, start=skewed.tomorrow(16))

    clocks.advance(minutes=6)
    sync(skewed, ann)

    assert skewed.activity_now(made.activity).when.starts_at == skewed.tomorrow(16)
