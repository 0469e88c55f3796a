"""Several meetings vanish at once: they are looked at some at a time and settled together, the failing one alone waits."""

from typing import Any

import pytest

from fakes.unruly import CannotBeStored, CrowdedCalendars
from held_world import Linkage
from liaison.calendar.looking_ahead import IN_FLIGHT
from liaison.crm.model import ActivityStatus
from scenario_runs import sync, with_calendars, with_crm


@pytest.fixture(autouse=True)
def gone_for_good(sandbox):
    sandbox.settings.deleted_items_still_answer = False


@pytest.fixture
def calendar(world, ann):
    """Ten linked meetings, of which four may vanish unasked."""
    return Linkage.of(world, ann, 10)


class StubbornCrm:
    """A CRM that cannot change one activity."""

    def __init__(self, crm: Any, activity_id: Any) -> None:
        self._crm = crm
        self._activity_id = activity_id

    def __getattr__(self, name: str) -> Any:
        return getattr(self._crm, name)

    def apply_changes(self, session: Any, changes: Any, actor: Any) -> Any:
        if self._activity_id in [change.activity_id for change in changes]:
            raise CannotBeStored
        return self._crm.apply_changes(session, changes, actor)


def test_what_vanished_is_looked_at_several_at_a_time_but_never_more_than_may_be_in_flight(
    world, ann, calendar
):
    crowded = CrowdedCalendars(world.tools.outlook.calendars)
    with_calendars(world, crowded)

    calendar.vanish(*range(4))

    assert (len(calendar.cancelled), crowded.looks) == (4, 4)
    assert 2 <= crowded.most <= IN_FLIGHT


def test_a_removal_that_cannot_be_stored_waits_alone(world, ann, calendar):
    bad = calendar.linked[1]
    with_crm(world, StubbornCrm(world.tools.crm, bad.activity.id))

    calendar.vanish(*range(4))

    assert calendar.cancelled == [0, 2, 3]
    assert world.activity_now(bad.activity).status is not ActivityStatus.CANCELLED
    assert world.log(bad.link)[-1].outcome == "failed"
    assert len(world.waiting(ann)) == 1


def test_removals_that_microsoft_throttles_come_when_it_allows(world, ann, calendar, sandbox):
    sandbox.faults.add(path_regex="/events/", status=429, retry_after="30", times=1)

    calendar.vanish(*range(4))
    stopped = len(calendar.cancelled)
    world.clock.advance(minutes=6)
    sync(world, ann)

    assert stopped < 4
    assert (len(calendar.cancelled), world.waiting(ann)) == (4, [])
