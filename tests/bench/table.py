"""The figures of the bench, beside their targets and floors."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `target`: what product.md asks for. `floor`: what no program could do without. `ratio`: to the floor, or to what the line names."""

    what: str
    figure: str
    target: str = ""
    floor: str = ""
    ratio: str = ""


def milliseconds(seconds: float) -> str:
    """Readable at any size."""
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def spread(values: Sequence[float]) -> str:
    """Median and 95th percentile."""
    return f"{milliseconds(statistics.median(values))}, p95 {milliseconds(share(values, 0.95))}"


def show(title: str, lines: Sequence[Line]) -> None:
    """Print it."""
    table = Table(title=title, title_justify="left", expand=False)
    for name in ("what", "figure", "target", "floor", "ratio"):
        table.add_column(name, overflow="fold")
    for line in lines:
        table.add_row(line.what, line.figure, line.target, line.floor, line.ratio)
    Console(width=None if Console().is_terminal else 150).print(table)
