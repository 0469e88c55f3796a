"""A worker is killed at each step of a run, and another one goes on: the end is that of the play without a death."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

import pytest

from databases import new_database
from liaison.calendar.model import Scope
from mortal_stage import finish, mortal_runs

BO = "bo@nordwind.example"


@pytest.fixture
def copy(postgres, database_url):
    """A copy of this test's database as it is now, as often as it is asked for."""
    source = urlsplit(database_url).path.removeprefix("/")
    return partial(new_database, postgres, source)


@pytest.fixture
def story(world, ann, bo, sandbox):
    """A week's changes that nobody carried over yet: moved, answered, cancelled, deleted, a series."""
    sandbox.settings.deleted_items_still_answer = False
    world.set_policy(push=False)
    start = world.tomorrow()
    weekly = {
        "pattern": {
            "type": "weekly",
            "interval": 1,
            "daysOfWeek": [start.strftime("%A").lower()],
        },
        "range": {"type": "noEnd", "startDate": start.date().isoformat()},
    }
    moved = ann.create_event(subject="Moved", start=start, attendees=[BO])
    gone = ann.create_event(subject="Gone", start=world.tomorrow(12))
    called_off = ann.create_event(subject="Called off", start=world.tomorrow(13), attendees=[BO])
    series = ann.create_event(subject="Team", start=world.tomorrow(14), recurrence=weekly)
    for event_id in (moved, gone, called_off):
        world.create(ann, event_id)
    world.create(ann, series, scope=Scope.SERIES)
    world.run(ann, bo)

    ann.change_event(moved, start=world.tomorrow(16), subject="Moved, and renamed")
    ann.delete_event(gone, hard=True)
    ann.cancel_event(called_off)
    ann.cancel_occurrence(series, world.tomorrow(14) + timedelta(weeks=1))
    return world


def test_killed_at_any_step_the_end_is_the_same(story, ann, sandbox, copy):
    mailbox_id = story.own(ann).id
    story.database.close()
    mails = list(sandbox.tenant.mails)
    reached = []
    with mortal_runs(sandbox) as die_at:
        with copy() as undisturbed:
            steps = int(die_at(0, undisturbed, mailbox_id).removeprefix("finished "))
            expected = finish(story, undisturbed, ann)
        for step in range(1, steps + 1):
            with copy() as url:
                answer = die_at(step, url, mailbox_id)
                assert answer.startswith("killed "), f"step {step}: {answer}"
                reached.append(answer.removeprefix("killed "))
                assert finish(story, url, ann) == expected, f"killed at step {step}, {reached[-1]}"

    assert len(reached) == steps > 30
    assert {"before a commit", "after a commit", "before a call to Graph"} <= set(reached)
    assert sandbox.tenant.mails == mails
