"""A worker is killed at each step of writing to Outlook: in the end it is as if nobody had died, mails included."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from databases import new_database
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.db.session import Database
from liaison.times import When
from mortal_stage import finish, mortal_runs
from scenario_runs import sync
from transfer_stage import INES, KIM, guest, invited, plan

BOTH = dict.fromkeys(("subject", "time", "participants"), "both")


@pytest.fixture
def copy(postgres, database_url):
    """A copy of this test's database as it is now, as often as it is asked for."""
    source = urlsplit(database_url).path.removeprefix("/")
    return partial(new_database, postgres, source)


@pytest.fixture(autouse=True)
def may_write(world, ann, sandbox):
    # Else a cancelled meeting is looked at twice, half a minute apart.
    sandbox.settings.deleted_items_still_answer = False
    world.set_policy(push=False, owners=BOTH, onCrmDelete="cancel", mark="on")
    world.writes_allowed = True
    world.run(ann)


def a_change(world, ann):
    activity = plan(world, ann, people=[guest()])
    sync(world, ann)
    world.run(ann)
    people = [invited(INES), invited(KIM)]
    world.edit(ann, activity, subject="Renewal 2027", participants=people)


def a_cancellation(world, ann):
    activity = plan(world, ann, people=[guest()])
    sync(world, ann)
    world.run(ann)
    world.edit(ann, activity, status="cancelled")


def a_series(world, ann):
    start = world.tomorrow()
    days = (start + timedelta(days=number) for number in (1, 2))
    exceptions = (
        OccurrenceException(next(days), OccurrenceKind.CANCELLED),
        OccurrenceException(next(days), OccurrenceKind.CHANGED, {"location": "Elsewhere"}),
    )
    other = world.activity(ann, "Other")
    first = replace(other.when, start=start, end=start + timedelta(hours=1))
    repeats = ActivityRecurrence("FREQ=DAILY;COUNT=4", None, exceptions)
    plan(world, ann, people=[guest()], when=first, recurrence=repeats)


def another_rhythm(world, ann):
    """On days that both rhythms have, of which Exchange forgets what they had of their own."""
    start = world.tomorrow()
    exceptions = (
        OccurrenceException(start + timedelta(days=2), OccurrenceKind.CANCELLED),
        OccurrenceException(
            start + timedelta(days=4), OccurrenceKind.CHANGED, {"location": "Elsewhere"}
        ),
    )
    first = When(start, start + timedelta(hours=1), "UTC")
    repeats = ActivityRecurrence("FREQ=DAILY;COUNT=6", None, exceptions)
    activity = plan(world, ann, people=[guest()], when=first, recurrence=repeats)
    sync(world, ann)
    world.run(ann)
    world.edit(ann, activity, recurrence={"rule": "FREQ=DAILY;INTERVAL=2;COUNT=4"})


class TenantNow:
    """The tenant as it is now, to go back to."""

    def __init__(self, sandbox):
        self._exchange = sandbox.tenant.exchange
        self._boxes = [(box, deepcopy(vars(box))) for box in self._exchange.list_mailboxes()]
        self._mails = list(self._exchange.mails)

    def restore(self):
        for box, state in self._boxes:
            vars(box).update(deepcopy(state))
        self._exchange.mails[:] = self._mails


def what_is_there(sandbox, ann, url):
    """Both sides, and what everybody was mailed; without ids."""
    database = Database(url)
    try:
        with database.transaction() as session:
            rows = [
                list(map(tuple, session.execute(text(statement)).all()))
                for statement in (
                    "SELECT subject, status, version FROM activities ORDER BY subject, version",
                    "SELECT state, ended_reason, scope FROM links ORDER BY state",
                    "SELECT event_id FROM noted_items",
                )
            ]
    finally:
        database.close()
    mails = Counter((one.recipient, one.kind) for one in sandbox.tenant.mails)
    items = [one for event in ann.events() for one in (event, *ann.exceptions(event.id))]
    events = sorted(
        (
            one.subject,
            one.type,
            one.start,
            one.location,
            one.categories,
            len(one.attendees),
            sorted(one.cancelled_days),
        )
        for one in items
    )
    return mails, events, rows


@pytest.mark.parametrize("prepare", [a_change, a_cancellation, a_series, another_rhythm])
def test_killed_at_any_step_of_a_write_guests_are_mailed_once(world, ann, sandbox, copy, prepare):
    """pains 2, 5; Invariants 1, 2"""
    prepare(world, ann)
    mailbox_id = world.own(ann).id
    world.database.close()
    before = TenantNow(sandbox)

    def end(url):
        finish(world, url, ann)
        found = what_is_there(sandbox, ann, url)
        before.restore()
        return found

    with mortal_runs(sandbox, coarse=True) as die_at:
        with copy() as undisturbed:
            steps = int(die_at(0, undisturbed, mailbox_id).removeprefix("finished "))
            expected = end(undisturbed)
        for step in range(1, steps + 1):
            with copy() as url:
                died = die_at(step, url, mailbox_id)
                assert end(url) == expected, f"killed at step {step}: {died}"

    assert steps > 10
