"""One worker process: listens to the queue, runs several mailboxes at a time in threads, and stops in peace."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg import AsyncConnection
from psycopg_pool import PoolTimeout
from sqlalchemy.orm import configure_mappers

from liaison.calendar.tools import Tools
from liaison.db.connections import queue_conninfo
from liaison.worker.heartbeats import Heartbeat
from liaison.worker.jobs import add_jobs

# What a run takes for one mailbox that is in a hurry to end; runs are safe to be cut off.
LONGEST_FAREWELL_SECONDS = 30.0
PAUSE_SECONDS = 2.0
# The queue does not hear of a job that is put in while it looks for one; by itself it would look five seconds later.
LOOK_ANYWAY_SECONDS = 1.0
CUT_OFF_EXIT = 1
# So many are made before the garbage collector looks whether some are in the way.
YOUNG_OBJECTS = 50_000

log = structlog.get_logger(__name__)


def work(tools: Tools, *, concurrency: int) -> None:
    """Work until SIGTERM or SIGINT; then end the runs under way, for at most 30 seconds."""
    spare_what_is_loaded()
    with Heartbeat(tools.database, tools.clock):
        log.info("worker-started", concurrency=concurrency)
        asyncio.run(_work(tools, concurrency))
    log.info("worker-stopped")


def spare_what_is_loaded() -> None:
    """Libraries stay as long as the process: the garbage collector need not look through them again and again.

    Graph's SDK alone is hundreds of thousands of objects; a run over a mailbox would spend a fifth of its time there.
    A page of events is tens of thousands that live for a moment: looking through the young ones whenever there are
    some hundred of them took another tenth.
    """
    # Else the first statement would wait for it.
    configure_mappers()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


async def _work(tools: Tools, concurrency: int) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    # The queue runs jobs in the loop's own threads; by default there are too few.
    loop.set_default_executor(ThreadPoolExecutor(concurrency + 1, thread_name_prefix="run"))
    while not stop.is_set():
        await _listen(tools, concurrency, stop)


async def _listen(tools: Tools, concurrency: int, stop: asyncio.Event) -> None:
    """Until told to stop, or until the queue is lost, as when the database is restarted."""
    try:
        async with _queue(tools).open_async() as queue:
            working = asyncio.create_task(
                queue.run_worker_async(
                    concurrency=concurrency,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=LOOK_ANYWAY_SECONDS,
                )
            )
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            await _say_farewell(working)
    except (ConnectorException, PoolTimeout) as error:
        log.warning("queue-lost", error=type(error).__name__)
    if not stop.is_set():
        await _pause(stop)


async def _say_farewell(working: asyncio.Task[None]) -> None:
    """Let the runs under way end. Those that take longer are cut off with the process."""
    working.cancel()
    done, _ = await asyncio.wait({working}, timeout=LONGEST_FAREWELL_SECONDS)
    if not done:
        log.warning("runs-cut-off", after_seconds=LONGEST_FAREWELL_SECONDS)
        # Threads cannot be ended otherwise. What they had not committed waits as before.
        os._exit(CUT_OFF_EXIT)
    if not working.cancelled():
        working.result()


async def _pause(stop: asyncio.Event) -> None:
    """A moment, unless told to stop."""
    try:
        await asyncio.wait_for(stop.wait(), PAUSE_SECONDS)
    except TimeoutError:
        return


def _queue(tools: Tools) -> App:
    connector = PsycopgConnector(
        conninfo=queue_conninfo(tools.database.conninfo), min_size=1, max_size=4,
        configure=_in_single_statements,
    )  # fmt: skip
    # A job that is done is worth nothing: what came of it stands in the run and in the log.
    queue = App(connector=connector, worker_defaults={"delete_jobs": "always"})
    add_jobs(queue, tools)
    return queue


async def _in_single_statements(connection: AsyncConnection[Any]) -> None:
    """The queue does each thing it does in one: nothing is won by transactions around them."""
    await connection.set_autocommit(True)
