"""The same work by one, two and four workers."""

from __future__ import annotations

import time
from collections.abc import Sequence

import psutil

from bench.programs import wait_for
from bench.stage import Stage, open_stage
from bench.table import Line
from liaison.worker.waking import Waker

DELAY_MS = 100
LINKED = 5


def scaling(
    template: str, mailboxes: int, workers: Sequence[int], options: Sequence[str]
) -> list[Line]:
    """All mailboxes have changes at once; the tenant takes its time for each answer."""
    with open_stage(template) as stage:
        names = [f"person{number}" for number in range(mailboxes)]
        known = {}
        for name in names:
            stage.add_person(name)
            known[name] = stage.add_linked(name, LINKED)
        stage.tenant.ask(order="settle", answer_delay_ms=DELAY_MS)
        spent = [_spent(stage, known, count, options) for count in workers]
    said = " ".join(options) or "as delivered"
    return [
        Line(
            f"{mailboxes} mailboxes with {LINKED} changes each, {DELAY_MS} ms per answer, {count} worker(s), {said}",
            f"{seconds:.2f} s, the cores {busy:.0%} busy",
            "3.5 times the work of one" if count == 4 else "",
            "",
            f"{spent[0][0] / seconds:.1f} times the work of one",
        )
        for count, (seconds, busy) in zip(workers, spent, strict=True)
    ]


def _spent(
    stage: Stage, known: dict[str, list[str]], count: int, options: Sequence[str]
) -> tuple[float, float]:
    """Seconds, and how busy all of the machine's cores were meanwhile, whoever kept them so."""
    with stage.workers(count, *options):
        _round(stage, known, "Warm")
        return _round(stage, known, f"By {count}")


def _round(stage: Stage, known: dict[str, list[str]], word: str) -> tuple[float, float]:
    wait_for(stage.idle)
    for name, ids in known.items():
        stage.tenant.ask(order="rename", given=name, ids=ids, word=word)
    waker = Waker(stage.database.conninfo)
    psutil.cpu_percent()
    began = time.perf_counter()
    stage.execute("UPDATE mailboxes SET wants_delta = true, due_at = now()")
    waker.wake(*(stage.people[name].id for name in known))
    wait_for(stage.idle, every=0.02)
    spent, busy = time.perf_counter() - began, psutil.cpu_percent() / 100
    waker.close()
    return spent, busy
