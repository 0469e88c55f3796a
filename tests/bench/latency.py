"""From Microsoft's notification to the changed activity: web server, worker and tenant are programs of their own."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence

from bench.programs import wait_for
from bench.stage import Stage, open_stage
from bench.table import Line, milliseconds, share

ANN = "ann"
TARGETS = {50: (0.150, 0.500)}
POLL_SECONDS = 0.003
SUBJECT = (
    "SELECT a.subject FROM activities a JOIN links l ON l.activity_id = a.id"
    " JOIN link_copies c ON c.link_id = l.id WHERE c.event_id = :id"
)


def notification_to_activity(template: str, delays: Sequence[int], times: int) -> list[Line]:
    """With each of these delays of the tenant's answers, in milliseconds."""
    with open_stage(template) as stage:
        stage.add_person(ANN)
        ids = stage.add_linked(ANN, 200)
        stage.push(on=True)
        with stage.web(), stage.workers(1):
            stage.subscription(ANN)
            _seconds(stage, ids[0], "Warm")
            return [_line(stage, ids, delay, times) for delay in delays]


def _line(stage: Stage, ids: list[str], delay: int, times: int) -> Line:
    stage.tenant.ask(order="settle", answer_delay_ms=delay)
    taken = [_seconds(stage, ids[at], f"Delay {delay}") for at in range(times)]
    median, high = statistics.median(taken), share(taken, 0.95)
    target = (
        "median {:.0f} ms, p95 {:.0f} ms".format(*(1000 * one for one in TARGETS[delay]))
        if delay in TARGETS
        else ""
    )
    # Nothing can be known before the one reading is answered.
    floor = delay / 1000
    ratio = f"{median / floor:.1f}" if floor else ""
    figure = f"median {milliseconds(median)}, p95 {milliseconds(high)} of {times}"
    return Line(
        f"notification to changed activity, {delay} ms per answer",
        figure,
        target,
        f"{delay} ms",
        ratio,
    )


def _seconds(stage: Stage, event_id: str, word: str) -> float:
    # Microsoft tells of one edit several times; what that causes is not to be waited for by the next one.
    wait_for(stage.idle, every=0.02)
    began = time.perf_counter()
    stage.tenant.ask(order="rename", given=ANN, ids=[event_id], word=word)
    wait_for(lambda: str(stage.scalar(SUBJECT, id=event_id)).startswith(word), every=POLL_SECONDS)
    return time.perf_counter() - began
