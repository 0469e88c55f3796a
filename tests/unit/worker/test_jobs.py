"""The jobs as the queue knows them."""

import pytest
from procrastinate import App
from procrastinate.testing import InMemoryConnector

from liaison.worker.jobs import add_jobs

PERIODIC = {
    "wake-due-mailboxes",
    "go-on-with-initial-runs",
    "clear-stalled-jobs",
    "forget-old",
}


@pytest.fixture
def queue():
    queue = App(connector=InMemoryConnector())
    add_jobs(queue, tools=None)
    return queue


def ours(queue):
    return {name: task for name, task in queue.tasks.items() if "builtin" not in name}


def test_these_are_the_jobs(queue):
    named = {name for name in ours(queue) if "procrastinate" not in name}

    assert named == {"sync-mailbox", "initial-run", *PERIODIC}


def test_no_job_has_a_lock_that_a_killed_worker_would_keep(queue):
    assert [task.lock for task in ours(queue).values() if task.lock] == []


def test_no_job_is_repeated_by_the_queue(queue):
    assert [task.retry_strategy for task in ours(queue).values() if task.retry_strategy] == []


def test_what_is_done_at_intervals_waits_once_however_long_nobody_worked(queue):
    waiting = {each.task.queueing_lock for each in queue.periodic_registry.periodic_tasks.values()}

    assert waiting == PERIODIC
