"""Full rounds, single changes, many changes: over linked meetings, in a worker process of its own."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from bench.floor import floor_seconds
from bench.programs import Asked
from bench.stage import Stage, open_stage
from bench.table import Line, milliseconds

ANN = "ann"
Runs = list[dict[str, Any]]


def full_rounds(template: str, sizes: Sequence[int], times: int) -> list[Line]:
    """The whole window is read, once when nothing differs and once when every meeting does."""
    lines: list[Line] = []
    per_event: dict[str, list[float]] = {}
    for size in sizes:
        with open_stage(template) as stage:
            stage.add_person(ANN)
            ids = stage.add_linked(ANN, size)
            for what, word in (("nothing differs", None), ("every meeting differs", "Round")):
                with stage.runner() as runner:
                    runs = _full_runs(stage, runner, ids, word, times)
                    floor = _floor(stage)
                line = _round_line(f"full round over {size:,} linked, {what}", runs, floor)
                per_event.setdefault(what, []).append(_median(runs) / size)
                lines.append(line)
    for what, (small, *_, large) in per_event.items():
        lines.append(
            Line(
                f"time per event at {sizes[-1]:,} to {sizes[0]:,}, {what}",
                "",
                "1.0",
                "",
                f"{large / small:.2f}",
            )
        )
    return lines


def single_changes(template: str, sizes: Sequence[int], times: int) -> list[Line]:
    """One meeting moved among few and among many, as a notification makes a worker look at it."""
    lines: list[Line] = []
    medians: list[float] = []
    for size in sizes:
        with open_stage(template) as stage, stage.runner() as runner:
            stage.add_person(ANN)
            ids = stage.add_linked(ANN, size)
            _run(stage, runner)
            runs = [_single(stage, runner, ids[at % size], at) for at in range(times + 3)][3:]
        medians.append(_median(runs))
        told = sorted({(run["calls"], run["statements"]) for run in runs})
        said = "; ".join(f"{calls} Graph call(s), {count} statements" for calls, count in told)
        lines.append(
            Line(f"one change among {size:,}", f"{milliseconds(medians[-1])} ({said})", "1 read")
        )
    ratio = f"{medians[-1] / medians[0]:.2f}"
    return [
        *lines,
        Line(f"one change among {sizes[-1]:,} to {sizes[0]:,}", "", "at most 1.2", "", ratio),
    ]


def many_changes(template: str, size: int, times: int) -> list[Line]:
    """200 changes and 20 removals at once."""
    runs: Runs = []
    floors = []
    with open_stage(template) as stage, stage.runner() as runner:
        stage.add_person(ANN)
        ids = stage.add_linked(ANN, size + 20 * times)
        _run(stage, runner)
        for at in range(times):
            gone, ids = ids[:20], ids[20:]
            stage.tenant.ask(order="rename", given=ANN, ids=ids[:200], word=f"Change {at}")
            stage.tenant.ask(order="delete", given=ANN, ids=gone)
            # Those of the run before count for the guard over removals.
            stage.execute("UPDATE decisions SET at = at - interval '2 days'")
            stage.tenant.ask(order="forget_calls")
            runs.append(_run(stage, runner))
            floors.append(_floor(stage))
    return [
        _round_line("200 changes and 20 removals", runs, statistics.median(floors), "under 300 ms")
    ]


def _full_runs(stage: Stage, runner: Asked, ids: list[str], word: str | None, times: int) -> Runs:
    runs: Runs = []
    for at in range(times):
        if word:
            stage.tenant.ask(order="rename", given=ANN, ids=ids, word=f"{word} {at}")
        stage.begin_anew(ANN)
        stage.tenant.ask(order="forget_calls")
        runs.append(_run(stage, runner))
    return runs


def _single(stage: Stage, runner: Asked, event_id: str, at: int) -> dict[str, Any]:
    stage.tenant.ask(order="rename", given=ANN, ids=[event_id], word=f"Single {at}")
    stage.note(ANN, event_id)
    return _run(stage, runner, whole=False)


def _run(stage: Stage, runner: Asked, *, whole: bool = True) -> dict[str, Any]:
    run: dict[str, Any] = runner.ask(mailbox=str(stage.people[ANN].id), whole=whole)
    if run["stopped_by"]:
        raise RuntimeError(f"A run was stopped by {run['stopped_by']}.")
    return run


def _floor(stage: Stage) -> float:
    pages = stage.tenant.ask(order="pages")
    return statistics.median(floor_seconds(stage.database.conninfo, pages) for _ in range(3))


def _round_line(what: str, runs: Runs, floor: float, target: str = "") -> Line:
    seconds = _median(runs)
    waited = _median(runs, "waited")
    peak = max(run["peak"] for run in runs)
    counts = ", ".join(f"{count} {reason}" for reason, count in runs[-1]["counts"].items())
    told = (
        f"{milliseconds(seconds)}; {milliseconds(waited)} of it waiting for the tenant;"
        f" peak {peak:.0f} MB; {runs[-1]['calls']} calls, {runs[-1]['statements']} statements ({counts})"
    )
    return Line(
        what, told, target, milliseconds(floor), f"{(seconds - waited) / floor:.1f} without waiting"
    )


def _median(runs: Runs, name: str = "seconds") -> float:
    return statistics.median(run[name] for run in runs)
