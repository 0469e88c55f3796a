"""What an administrator settled is forgotten with the log; what waits, or was approved and waits to be carried out, is not."""

import pytest
from sqlalchemy import func, select

from held_world import Linkage, approve_as, discard_as, the_hold
from liaison.calendar.stores.hold_tables import HeldLinkRow, HeldMailRow, HoldRow
from liaison.worker.sweep import forget_old
from scenario_runs import sync
from transfer_stage import KIM, guest, plan

DAYS = 30


@pytest.fixture(autouse=True)
def kept_for(world, ann):
    world.writes_allowed = True
    world.set_policy(mailBudgetPerAction=1, removalLimit=1, logRetentionDays=DAYS)
    world.run(ann)


@pytest.fixture
def held_mail(world, ann):
    plan(world, ann, people=[guest(), guest(KIM)])
    sync(world, ann)
    return the_hold(world)


def stored(world):
    """How many holds, links and mails of holds there are."""
    with world.database.transaction() as session:
        rows = (HoldRow, HeldLinkRow, HeldMailRow)
        return tuple(session.scalar(select(func.count()).select_from(row)) for row in rows)


def later(world, days):
    world.clock.advance(days=days)
    forget_old(world.tools)


@pytest.mark.parametrize(("days", "left"), [(DAYS - 1, (1, 0, 1)), (DAYS + 1, (0, 0, 0))])
def test_settled_mails_are_erased_with_the_log(world, held_mail, days, left):
    discard_as(world, held_mail)

    later(world, days)

    assert stored(world) == left


def test_settled_removals_are_erased_with_the_log(world, ann):
    linkage = Linkage.of(world, ann, 3)
    linkage.vanish(0, 1, 2)
    discard_as(world, the_hold(world))

    later(world, DAYS + 1)

    assert stored(world) == (0, 0, 0)


def test_what_waits_is_kept_however_long(world, held_mail):
    later(world, DAYS + 1)

    assert stored(world) == (1, 0, 1)


def test_what_was_approved_and_could_not_be_sent_yet_is_kept(world, held_mail):
    approve_as(world, held_mail)

    later(world, DAYS + 1)

    assert stored(world) == (1, 0, 1)
