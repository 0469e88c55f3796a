"""The jobs of the queue. Each calls what does the work and ends normally: the next time stands in the mailbox row.

No lock of the queue and no retry: a killed worker's lock would stay, and the mailbox row knows better when to go on.
"""

from __future__ import annotations

from uuid import UUID

from procrastinate import App
from procrastinate.jobs import Status

from liaison.calendar.tools import Tools
from liaison.worker.initial_runs import go_on_with_initial_runs, work_on
from liaison.worker.runs import run_mailbox
from liaison.worker.sweep import forget_old, note_left_over_changes, wake_due_mailboxes
from liaison.worker.waking import INITIAL_RUN, SYNC_MAILBOX

# The last column is seconds. Each tick is one job, however many workers there are.
EVERY_TEN_SECONDS = "* * * * * */10"
# Hourly, so that a machine that is off at night forgets too.
EVERY_HOUR = "23 * * * *"
FIRST = 10


def add_jobs(queue: App, tools: Tools) -> None:
    """Let this queue's workers do these jobs with these tools."""

    @queue.task(name=SYNC_MAILBOX)
    def sync_mailbox(mailbox_id: str) -> None:
        run_mailbox(tools, UUID(mailbox_id))

    @queue.periodic(cron=EVERY_TEN_SECONDS)
    @queue.task(name="wake-due-mailboxes", queueing_lock="wake-due-mailboxes", priority=FIRST)
    def wake_due(timestamp: int) -> None:  # noqa: ARG001 - the queue names the tick
        note_left_over_changes(tools)
        wake_due_mailboxes(tools)

    @queue.task(name=INITIAL_RUN)
    def begin_initial_run(run_id: str) -> None:
        work_on(tools, UUID(run_id))

    @queue.periodic(cron=EVERY_TEN_SECONDS)
    @queue.task(name="go-on-with-initial-runs", queueing_lock="go-on-with-initial-runs")
    def go_on(timestamp: int) -> None:  # noqa: ARG001 - the queue names the tick
        go_on_with_initial_runs(tools)

    @queue.periodic(cron=EVERY_TEN_SECONDS)
    @queue.task(name="clear-stalled-jobs", queueing_lock="clear-stalled-jobs", priority=FIRST)
    async def clear_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001 - the queue names the tick
        # Jobs of killed workers. Their mailboxes are due all the same.
        for job in await queue.job_manager.get_stalled_jobs():
            await queue.job_manager.finish_job(job, Status.FAILED, delete_job=True)

    @queue.periodic(cron=EVERY_HOUR)
    @queue.task(name="forget-old", queueing_lock="forget-old")
    def forget(timestamp: int) -> None:  # noqa: ARG001 - the queue names the tick
        forget_old(tools)
