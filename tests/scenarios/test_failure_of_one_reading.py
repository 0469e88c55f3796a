"""Outlook refuses to show one event, in whatever words; the others and the mailbox are not stopped by it."""

import pytest

from liaison.calendar.model import LinkState
from liaison.calendar.run import Extent, sync_mailbox
from scenario_runs import linked_meetings, note, settle_down, sync

REFUSALS = [
    (403, "ErrorAccessDenied"),
    (404, "ErrorFolderNotFound"),
    (404, "UnknownError"),
    (409, "ErrorOccurrenceCrossingBoundary"),
    (410, "Gone"),
    (423, "Locked"),
]


@pytest.fixture
def two(world, ann):
    return linked_meetings(world, ann, 2)


@pytest.mark.parametrize(("status", "code"), REFUSALS)
def test_one_event_that_is_refused_stops_no_other_and_is_not_lost(
    world, ann, two, sandbox, status, code
):
    bad, good = sorted(ann.events(), key=lambda event: event.subject)
    sandbox.faults.add(path_regex=f"/events/{bad.immutable_id}", status=status, code=code, times=-1)
    ann.change_event(bad.id, subject="Changed 0")
    ann.change_event(good.id, subject="Changed 1")
    note(world, ann, bad.id, good.id)

    sync(world, ann)
    world.clock.advance(minutes=20)
    report = sync(world, ann)

    assert world.activity_now(two[1].activity).subject == "Changed 1"
    assert report.stopped_by is None
    assert [world.link_now(one.link).state for one in two] == [LinkState.LIVE] * 2

    sandbox.faults.clear()
    settle_down(world, ann)

    assert world.activity_now(two[0].activity).subject == "Changed 0"
    assert world.link_now(two[0].link).state is LinkState.LIVE


@pytest.mark.parametrize(("status", "code"), [(403, "ErrorAccessDenied"), (404, "UnknownError")])
def test_the_reconcile_goes_on_beyond_one_event_that_is_refused(
    world, ann, two, sandbox, status, code
):
    bad, good = sorted(ann.events(), key=lambda event: event.subject)
    sandbox.faults.add(path_regex=f"/events/{bad.immutable_id}", status=status, code=code, times=-1)
    ann.change_event(good.id, subject="Changed 1")

    report = sync_mailbox(world.tools, world.own(ann).id, extent=Extent.PROOF)

    assert report.stopped_by is None
    assert world.activity_now(two[1].activity).subject == "Changed 1"
    assert [world.link_now(one.link).state for one in two] == [LinkState.LIVE] * 2
