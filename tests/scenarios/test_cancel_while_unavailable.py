"""An activity is cancelled while its organizer's mailbox cannot be reached for a while."""

from collections import Counter

import pytest

from liaison.calendar.model import LinkState
from scenario_runs import sync
from transfer_stage import INES, guest, link_of, plan


@pytest.mark.parametrize("state", ["denied", "unlicensed"])
def test_what_was_cancelled_meanwhile_is_called_off_as_soon_as_the_mailbox_is_back(
    world, ann, state
):
    """event-cancelled-by-crm: an hour without access keeps no meeting that nobody wants any more (invariant 1)."""
    world.writes_allowed = True
    world.set_policy(onCrmDelete="cancel")
    world.run(ann)
    activity = plan(world, ann, people=[guest()])
    sync(world, ann)
    ann.mailbox_state = state
    world.run(ann)

    world.edit(ann, activity, status="cancelled")
    world.run(ann)
    ann.mailbox_state = "ready"
    for _ in range(3):
        world.clock.advance(hours=7)
        world.run(ann)

    mails = Counter((mail.recipient, mail.kind) for mail in world.sandbox.tenant.mails)
    assert mails == {(INES, "invitation"): 1, (INES, "cancellation"): 1}
    assert ann.events() == []
    assert link_of(world, activity).state is LinkState.ENDED
