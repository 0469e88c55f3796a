"""What Liaison itself brought to Outlook and somebody copies, or whose link was lost (pains 14, 15)."""

import pytest
from sqlalchemy import text

from liaison.calendar.model import LinkState
from merge_stage import OWNED_BY_BOTH
from scenario_runs import sync
from scenario_traffic import writes_of
from transfer_stage import link_of, plan


@pytest.fixture(autouse=True)
def may_write(world, ann):
    world.writes_allowed = True
    world.set_policy(capture="all", transfer="flagged")
    world.run(ann)


def transferred(world, ann):
    activity = plan(world, ann)
    sync(world, ann)
    [event] = ann.events(subject=activity.subject)
    return activity, event


def test_copied_what_was_transferred_is_known_by_the_marker_it_got(world, ann):
    activity, event = transferred(world, ann)
    ann.copy_event(event.id)

    world.run(ann)
    world.run(ann)

    assert world.count("activities") == 1
    assert link_of(world, activity).copies[0].event_id == event.immutable_id


def test_link_rebuilt_after_a_backup_without_the_link_and_nothing_is_sent_again(world, ann):
    activity, event = transferred(world, ann)
    with world.database.transaction() as session:
        session.execute(text("TRUNCATE links CASCADE"))
    mails = len(world.sandbox.tenant.mails)

    world.run(ann)
    ann.change_event(event.id, location="Room 2")
    world.run(ann)
    world.run(ann)

    assert world.activity_now(activity).place == "Room 2"
    assert (world.count("activities"), len(ann.events())) == (1, 1)
    assert len(world.sandbox.tenant.mails) == mails


def test_link_rebuilt_writes_nothing_that_the_crm_had_before(world, ann):
    world.set_policy(owners=OWNED_BY_BOTH)
    activity, event = transferred(world, ann)
    with world.database.transaction() as session:
        session.execute(text("TRUNCATE links CASCADE"))
        session.execute(text("UPDATE activities SET place = 'Room 9'"))
    written = len(writes_of(world.sandbox))

    world.run(ann)
    ann.change_event(event.id, body="Agenda")
    world.run(ann)
    world.run(ann)

    assert len(writes_of(world.sandbox)) == written
    assert world.activity_now(activity).place == "Room 9"
    assert link_of(world, activity).state is LinkState.LIVE
