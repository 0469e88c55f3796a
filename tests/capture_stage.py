"""What stories of captured meetings choose and look at."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from liaison.calendar.mailbox_switch import policy_changed
from liaison.calendar.model import Link
from liaison.calendar.stores import links
from liaison.crm.embedded.activities import find_activities
from liaison.crm.embedded.tables import ActivityRow
from liaison.crm.model import Activity
from liaison.policy.store import read_policy
from scenario_world import World


def captures(world: World, capture: str, **more: object) -> None:
    """What an administrator chooses on the page of the policy."""
    before = world.policy()
    world.set_policy(capture=capture, **more)
    with world.database.transaction() as session:
        policy_changed(session, before, read_policy(session).policy, world.clock.now())


def activities(world: World) -> Sequence[Activity]:
    """All there are, the oldest first."""
    with world.database.transaction() as session:
        ids = session.scalars(select(ActivityRow.id).order_by(ActivityRow.id)).all()
        found = find_activities(session, ids)
    return [found[one] for one in ids]


def link_of(world: World, activity: Activity) -> Link:
    """The link of the activity that has not ended."""
    with world.database.transaction() as session:
        found = links.find_link_of_activity(session, activity.id)
    assert found
    return found
