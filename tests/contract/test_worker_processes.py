"""Workers as processes of their own, ended in peace and otherwise."""

from dataclasses import replace
from itertools import pairwise

import pytest
from sqlalchemy import text

from fakes.outlook_worlds import settings_for
from liaison.bootstrap import worker_tools
from worker_office import Office, wait_for


@pytest.fixture
def office(sandbox, database_url, tmp_path):
    settings = replace(settings_for(sandbox), database_url=database_url)
    with worker_tools(settings) as tools:
        office = Office.open(sandbox, tools, tmp_path)
        yield office
        office.end_all()


def begin_a_long_run(office, answer_delay_ms):
    """The worker that is at it."""
    office.sandbox.settings.answer_delay_ms = answer_delay_ms
    worker = office.start_worker()
    wait_for(office.runs)
    return worker


def test_a_worker_looks_at_what_is_due_and_ends_in_peace(office):
    worker = office.start_worker()

    wait_for(lambda: office.row().last_success_at)

    assert office.live_pids() == {worker.pid}
    assert office.end(worker) == 0
    assert office.live_pids() == set()


def test_what_is_noted_is_looked_at(office):
    office.start_worker()
    wait_for(lambda: office.row().last_success_at)
    event_id = office.ann.create_event(subject="Review", start=office.tools.clock.now())

    office.note(office.ann.event(event_id).immutable_id)

    wait_for(lambda: [outcome for _, _, outcome in office.runs()] == ["done", "done"])
    assert office.waiting() == 0


def test_told_to_end_a_worker_finishes_the_run_under_way(office):
    worker = begin_a_long_run(office, answer_delay_ms=1_000)

    assert office.end(worker) == 0

    assert [outcome for _, _, outcome in office.runs()] == ["done"]


def test_the_mailbox_of_a_killed_worker_is_looked_at_by_another(office):
    killed = begin_a_long_run(office, answer_delay_ms=60_000)
    killed.kill()
    killed.wait()
    office.sandbox.settings.answer_delay_ms = 0

    office.start_worker()

    wait_for(lambda: office.row().last_success_at)
    assert [outcome for _, _, outcome in office.runs()] == [None, "done"]


def test_jobs_of_dead_workers_are_cleared_away(office):
    with office.tools.database.transaction() as session:
        session.execute(
            text(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
                " VALUES ('default', 'sync-mailbox', 'doing')"
            )
        )

    office.start_worker()

    wait_for(lambda: office.jobs() == [])


def test_a_worker_that_loses_the_queue_finds_it_again(office):
    worker = office.start_worker()
    wait_for(lambda: office.row().last_success_at)

    office.cut_off_the_queue()
    office.note("ical-uid:nobody")

    wait_for(lambda: len(office.runs()) > 1)
    assert worker.poll() is None
    assert office.end(worker) == 0


def test_of_several_workers_one_at_a_time_is_at_a_mailbox(office):
    for _ in range(2):
        office.start_worker("--concurrency=3")
    event_id = office.ann.create_event(subject="Review", start=office.tools.clock.now())

    for _ in range(15):
        office.note(office.ann.event(event_id).immutable_id)
    wait_for(lambda: office.waiting() == 0)
    wait_for(lambda: all(ended for _, ended, _ in office.runs()))

    spans = [(began, ended) for began, ended, _ in office.runs()]
    overlapping = [pair for pair in pairwise(spans) if pair[1][0] < pair[0][1]]
    assert overlapping == []
    assert all(worker.poll() is None for worker in office.workers)
