"""A worker is killed at each step of applying a plan: the next one goes on, nothing is done and nobody mailed twice."""

from collections import Counter
from functools import partial
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from databases import new_database
from initial_stage import approve, dry_run, work
from liaison.calendar.initial_sync.model import RunStatus
from mortal_stage import is_free, mortal_runs, next_worker
from transfer_stage import INES, KIM, guest, plan
from worker_office import wait_for


@pytest.fixture
def copy(postgres, database_url):
    """A copy of this test's database as it is now, as often as it is asked for."""
    source = urlsplit(database_url).path.removeprefix("/")
    return partial(new_database, postgres, source)


@pytest.fixture
def eva(world):
    """Imported, and not active before the plan is applied."""
    person = world.person("Eva Holm")
    world.import_person(person)
    return person


@pytest.fixture
def run(world, eva):
    """A plan, which an administrator wants applied, of a meeting to capture and an activity with two guests to send."""
    world.writes_allowed = True
    world.set_policy(push=False, capture="all")
    eva.create_event(subject="Review", start=world.tomorrow(15))
    plan(world, eva, people=[guest(), guest(KIM)])
    planned = dry_run(world)
    approve(world, planned)
    return planned


def test_killed_at_any_step_of_a_plan_everything_is_done_once(world, eva, run, sandbox, copy):
    world.database.close()
    reached = []
    with mortal_runs(sandbox, coarse=True) as die_at:
        with copy() as undisturbed:
            steps = int(die_at(0, undisturbed, run.id).removeprefix("finished "))
            forget(eva)
        for step in range(1, steps + 1):
            with copy() as url:
                reached.append(die_at(step, url, run.id).removeprefix("killed "))
                found = go_on(world, url, run, eva)
                assert found == EXPECTED, f"killed at step {step}, {reached[-1]}: {found}"
            forget(eva)

    assert {"after a call to Graph", "after a commit"} == set(reached)


EXPECTED = (
    RunStatus.DONE,
    {INES: 1, KIM: 1},
    {"activities": 2, "live": 2, "created": 1, "left": 0},
)


def go_on(world, url, run, eva):
    with next_worker(world, url) as other:
        wait_for(
            lambda: is_free(other.database, run.id) and is_free(other.database, of(other, eva))
        )
        done = work(other, run)
        other.run(eva)
        invited = Counter(
            mail.recipient
            for mail in other.sandbox.tenant.mails
            if mail.kind == "invitation" and mail.ical_uid in uids(eva)
        )
        return done.status, invited, in_the_end(other.database)


def of(world, person):
    return world.own(person).id


def uids(eva):
    return {event.ical_uid for event in eva.events()}


def in_the_end(database):
    asked = {
        "activities": "SELECT count(*) FROM activities",
        "live": "SELECT count(*) FROM links WHERE state = 'live'",
        "created": "SELECT count(*) FROM decisions WHERE reason = 'event-created'",
        "left": "SELECT count(*) FROM plan_items WHERE fingerprint IS NOT NULL AND state <> 'applied'",
    }
    with database.transaction() as session:
        return {name: session.scalar(text(sql)) for name, sql in asked.items()}


def forget(eva):
    """The next play begins with nothing in the calendar but the meeting that was there."""
    for event in eva.events():
        if event.subject != "Review":
            eva.delete_event(event.id, hard=True)
