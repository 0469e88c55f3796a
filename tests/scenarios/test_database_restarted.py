"""The database is restarted in the middle of a run, while Outlook answers: the next run goes on, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from liaison.calendar.model import LinkState
from liaison.crm.model import ActivityStatus
from liaison.worker.leases import lease
from scenario_runs import note, settle_down, sync

# What a run asks Outlook, and how the story brings it about.
QUESTIONS = {"look_up": "noted", "read_changes": "round", "read_window": "new epoch"}


@pytest.fixture
def leased(world):
    """Runs hold the mailbox by a lock on a connection of their own, as workers do."""
    world.tools = replace(world.tools, lease=lease(world.database))
    return world


@pytest.fixture
def restart(postgres):
    def restart():
        postgres.stop()
        postgres.start()

    return restart


@pytest.fixture
def calendar(leased, ann, sandbox):
    """Two linked meetings; one is renamed, one deleted, and of the renaming a notification tells."""
    sandbox.settings.deleted_items_still_answer = False
    start = leased.tomorrow() + timedelta(days=4)
    renamed, deleted = (
        leased.create(ann, ann.create_event(subject=subject, start=start))
        for subject in ("Renamed", "Deleted")
    )
    leased.run(ann)
    leased.clock.advance(minutes=6)
    [event] = ann.events(subject="Renamed")
    ann.change_event(event.id, subject="New name")
    ann.delete_event(ann.events(subject="Deleted")[0].id)
    note(leased, ann, event.id)
    return renamed, deleted


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_restart_of_the_database_within_a_run_loses_nothing(
    leased, ann, sandbox, calendar, restart, question
):
    renamed, deleted = calendar
    if QUESTIONS[question] == "new epoch":
        sandbox.tenant.expire_delta_tokens()
    restarts = []
    leased.after_call(question, lambda: restarts.append(restart()))

    sync(leased, ann)
    settle_down(leased, ann)

    assert len(restarts) == 1
    assert leased.activity_now(renamed.activity).subject == "New name"
    assert leased.activity_now(deleted.activity).status is ActivityStatus.CANCELLED
    assert leased.link_now(deleted.link).state is LinkState.ENDED
    assert leased.waiting(ann) == []


def test_while_the_database_is_away_a_run_says_so_and_the_next_one_does_the_work(
    leased, ann, calendar, postgres
):
    renamed, _ = calendar
    leased.after_call("look_up", postgres.stop)

    report = sync(leased, ann)
    postgres.start()
    settle_down(leased, ann)

    assert report.stopped_by == "interrupted"
    assert report.sentence == "The database could not be reached."
    assert leased.activity_now(renamed.activity).subject == "New name"
    assert leased.waiting(ann) == []
