"""The first sync of a mailbox under a policy that captures everything, in a worker process of its own."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from bench.floor import floor_seconds
from bench.stage import Stage, open_stage
from bench.table import Line, milliseconds
from liaison.policy.store import read_policy, save_policy

ANN = "ann"
# Of Odoo 19 on such a machine, with the same number of events, all at once.
PEER = "peer: 8.1 s, 167 MB"
TARGET = "under 800 ms, under 150 MB"


def first_syncs(template: str, sizes: Sequence[int], times: int) -> list[Line]:
    """Nothing is known yet; each meeting becomes an activity. Each time in a fresh database and a fresh worker."""
    lines = []
    per_event = []
    for size in sizes:
        runs = [_first_sync(template, size) for _ in range(times)]
        seconds = statistics.median(run["seconds"] for run in runs)
        floor = statistics.median(run["floor"] for run in runs)
        per_event.append(seconds / size)
        lines.append(_line(size, runs, seconds, floor, TARGET if size == sizes[0] else ""))
    ratio = f"{per_event[-1] / per_event[0]:.2f}"
    return [
        *lines,
        Line(f"time per event at {sizes[-1]:,} to {sizes[0]:,}", "", "at most 1.0", "", ratio),
    ]


def _first_sync(template: str, size: int) -> dict[str, Any]:
    with open_stage(template) as stage:
        stage.add_person(ANN)
        stage.tenant.ask(order="create", given=ANN, count=size)
        _capture_all(stage)
        with stage.runner() as runner:
            stage.tenant.ask(order="forget_calls")
            run: dict[str, Any] = runner.ask(mailbox=str(stage.people[ANN].id), whole=True)
        if run["stopped_by"] or run["counts"].get("activity-created") != size:
            raise RuntimeError(f"Not all were captured: {run}")
        pages = stage.tenant.ask(order="pages")
        run["floor"] = floor_seconds(stage.database.conninfo, pages)
    return run


def _capture_all(stage: Stage) -> None:
    """As the presets that capture everything do; nothing is marked on this stage."""
    with stage.database.transaction() as session:
        version = read_policy(session).version
        save_policy(session, {"capture": "all"}, if_version=version, actor="bench")


def _line(
    size: int, runs: Sequence[dict[str, Any]], seconds: float, floor: float, target: str
) -> Line:
    waited = statistics.median(run["waited"] for run in runs)
    peak = max(run["peak"] for run in runs)
    told = (
        f"{milliseconds(seconds)}; {milliseconds(waited)} of it waiting for the tenant;"
        f" peak {peak:.0f} MB; {runs[-1]['calls']} calls, {runs[-1]['statements']} statements"
    )
    if size == 2_000:
        told += f" ({PEER})"
    share = f"{(seconds - waited) / floor:.1f} without waiting"
    return Line(f"first sync of {size:,}", told, target, milliseconds(floor), share)
