"""An activity is cancelled while its organizer's mailbox is not written: he was switched off, or it cannot be reached."""

from collections import Counter

import pytest

from liaison.calendar.model import FrozenReason, LinkState
from scenario_runs import sync
from scenario_traffic import writes_of
from transfer_stage import INES, colleague, guest, link_of, plan

INVITED_ONCE = {(INES, "invitation"): 1}
TOLD_ONCE = INVITED_ONCE | {(INES, "cancellation"): 1}


@pytest.fixture(autouse=True)
def may_cancel(world, ann):
    world.writes_allowed = True
    world.set_policy(onCrmDelete="cancel")
    world.run(ann)


@pytest.fixture
def activity(world, ann):
    made = plan(world, ann, people=[guest()])
    sync(world, ann)
    return made


def mails_to_ines(world):
    sent = Counter((mail.recipient, mail.kind) for mail in world.sandbox.tenant.mails)
    return {key: count for key, count in sent.items() if key[0] == INES}


def look_often(world, *people):
    for _ in range(3):
        world.clock.advance(hours=2)
        world.run(*people)


@pytest.mark.parametrize("state", ["denied", "unlicensed"])
def test_what_was_cancelled_meanwhile_is_called_off_as_soon_as_the_mailbox_is_back(
    world, ann, activity, state
):
    """event-cancelled-by-crm: an hour without access keeps no meeting that nobody wants any more (invariant 1)."""
    ann.mailbox_state = state
    world.run(ann)

    world.edit(ann, activity, status="cancelled")
    world.run(ann)
    ann.mailbox_state = "ready"
    look_often(world, ann)

    assert mails_to_ines(world) == TOLD_ONCE
    assert ann.events() == []
    assert link_of(world, activity).state is LinkState.ENDED


@pytest.mark.parametrize("is_frozen_before", [True, False])
def test_what_was_cancelled_while_its_organizer_was_switched_off_waits_for_him(
    world, ann, activity, is_frozen_before
):
    """representative-inactive: links are frozen, nothing is removed; once he is back it is carried out."""
    world.switch(ann, active=False)
    if is_frozen_before:
        world.run(ann)
    world.edit(ann, activity, status="cancelled")
    look_often(world, ann)
    assert link_of(world, activity).frozen_reason is FrozenReason.ORGANIZER_INACTIVE
    assert len(ann.events()) == 1

    world.switch(ann, active=True)
    look_often(world, ann)

    assert mails_to_ines(world) == TOLD_ONCE
    assert ann.events() == []
    assert link_of(world, activity).state is LinkState.ENDED


def test_a_colleague_who_was_invited_does_not_end_it_meanwhile(world, ann, bo):
    world.run(bo)
    activity = plan(world, ann, people=[guest(), colleague(world, bo)])
    sync(world, ann)
    world.run(bo)
    world.switch(ann, active=False)

    world.edit(ann, activity, status="cancelled")
    look_often(world, bo, ann)
    assert link_of(world, activity).state is LinkState.FROZEN
    world.switch(ann, active=True)
    look_often(world, ann, bo)

    assert mails_to_ines(world) == TOLD_ONCE
    assert link_of(world, activity).state is LinkState.ENDED


def test_what_is_planned_again_before_he_is_back_stays(world, ann, activity):
    world.switch(ann, active=False)
    world.run(ann)
    world.edit(ann, activity, status="cancelled")
    world.edit(ann, activity, status="planned")

    world.switch(ann, active=True)
    look_often(world, ann)

    assert mails_to_ines(world) == INVITED_ONCE
    assert link_of(world, activity).state is LinkState.LIVE


def test_under_leave_the_link_ends_at_once_and_the_meeting_stays(world, ann, activity):
    world.set_policy(onCrmDelete="leave")
    world.switch(ann, active=False)
    world.run(ann)
    written = len(writes_of(world.sandbox))

    world.edit(ann, activity, status="cancelled")
    look_often(world, ann)

    assert link_of(world, activity).state is LinkState.ENDED
    assert len(writes_of(world.sandbox)) == written
