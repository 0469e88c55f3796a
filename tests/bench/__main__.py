"""`make bench`: measures, prints, asserts nothing."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import time
from collections.abc import Callable, Mapping

from rich.console import Console

from bench.first_sync import first_syncs
from bench.latency import notification_to_activity
from bench.load import notifications_under_load
from bench.paint import first_paint
from bench.reading import reading
from bench.rounds import full_rounds, many_changes, single_changes
from bench.scaling import scaling
from bench.stage import postgres
from bench.table import Line, show
from liaison.telemetry import start_logging

Section = Callable[[str], list[Line]]

WHOLE: Mapping[str, Section] = {
    "first sync": lambda template: first_syncs(template, [2_000, 20_000], times=3),
    "full rounds": lambda template: full_rounds(template, [2_000, 20_000], times=3),
    "one change": lambda template: single_changes(template, [100, 10_000], times=25),
    "many changes": lambda template: many_changes(template, 2_000, times=5),
    "push": lambda template: notification_to_activity(template, [0, 50, 150], times=40),
    "load": lambda template: notifications_under_load(template, seconds=15),
    "reading": lambda template: reading(template, 100_000, 50_000, times=200),
    "scaling": lambda template: [
        *scaling(template, 96, [1, 2, 4], ["--concurrency", "1"]),
        *scaling(template, 96, [1, 4], []),
    ],
    "paint": lambda template: first_paint(template, times=7),
}
QUICK: Mapping[str, Section] = {
    "first sync": lambda template: first_syncs(template, [500, 2_000], times=1),
    "full rounds": lambda template: full_rounds(template, [500, 2_000], times=3),
    "one change": lambda template: single_changes(template, [100, 2_000], times=10),
    "many changes": lambda template: many_changes(template, 1_000, times=3),
    "push": lambda template: notification_to_activity(template, [0, 50], times=15),
    "load": lambda template: notifications_under_load(template, seconds=5),
    "reading": lambda template: reading(template, 10_000, 5_000, times=50),
    "scaling": lambda template: scaling(template, 12, [1, 2, 4], ["--concurrency", "1"]),
    "paint": lambda template: first_paint(template, times=3),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, under three minutes")
    parser.add_argument("--only", choices=list(WHOLE), help="one section")
    given = parser.parse_args()
    # Ended from outside it still ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    start_logging("error")
    sections = QUICK if given.quick else WHOLE
    machine = (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    )
    began = time.monotonic()
    with postgres() as template:
        for name in [given.only] if given.only else sections:
            show(f"{name} ({machine})", sections[name](template))
    Console().print(f"It took {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    main()
