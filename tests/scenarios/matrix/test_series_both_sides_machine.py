"""Both sides change one series at random; once quiet it takes place at the same times in both, and nobody writes any more."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from liaison.crm.recurring import next_dates
from liaison_sandbox.problems import GraphProblem
from matrix_stage import HOUR, Office, cancelled, moved
from series_world import weekly

PLAYS = int(os.environ.get("SOAK_PLAYS", "0"))
SHORT = 4
RULES = (
    "FREQ=WEEKLY;COUNT=6",
    "FREQ=WEEKLY;COUNT=3",
    "FREQ=WEEKLY;INTERVAL=2;COUNT=4",
    "FREQ=DAILY;COUNT=9",
)
DAY = timedelta(days=1)
number, hours = st.integers(0, 5), st.sampled_from([-30, -1, 2, 30, 200])
happening = st.one_of(
    st.tuples(st.just("crm moves"), number, hours),
    st.tuples(st.just("crm cancels"), number),
    st.tuples(st.just("crm lets go"), number),
    st.tuples(st.just("crm repeats"), st.sampled_from([*RULES, None])),
    st.tuples(st.just("crm shifts"), hours),
    st.tuples(st.just("outlook moves"), number, hours),
    st.tuples(st.just("outlook cancels"), number),
    st.tuples(st.just("outlook renames"), number),
    st.tuples(st.just("outlook shifts"), hours),
    st.tuples(st.just("outlook ends"), number),
    st.tuples(st.just("fault"), st.sampled_from(["drop-before", "drop-after"])),
    st.tuples(st.just("work")),
    st.tuples(st.just("work")),
)


class Play:
    """One series of Ann's, planned in the CRM."""

    def __init__(self, office: Office, subject: str) -> None:
        self.office, self.subject = office, subject
        # Far enough ahead that nothing is moved into the past, where nothing is written.
        start = office.at(2)
        times = {"start": start.isoformat(), "end": (start + HOUR).isoformat()}
        self.activity = office.planned(subject=subject, recurrence={"rule": RULES[0]}, **times)

    @property
    def now(self):
        return self.office.world.activity_now(self.activity)

    @property
    def event(self):
        [found] = self.office.ann.events(subject=self.subject)
        return found

    def happen(self, what: str, *how) -> None:
        getattr(self, "_" + what.replace(" ", "_"))(*how)

    def _edit(self, **members) -> None:
        """Refused or not: what is refused changes nothing."""
        answer = self.office.edit(self.office.ann, self.activity, **members)
        assert answer.status_code in {200, 409, 422}, answer.text

    def _start(self, at: int):
        """The original start of one of its occurrences, as the activity has it."""
        base = self.now.when.start
        return base + at * timedelta(weeks=1)

    def _without(self, start: datetime) -> list[dict[str, Any]]:
        """The exceptions as GET gives them, but this one."""
        shown = self.office.shown(self.office.ann, self.activity)["recurrence"] or {}
        return [
            one
            for one in shown.get("exceptions", ())
            if datetime.fromisoformat(one["originalStart"]) != start
        ]

    def _crm_moves(self, at, by) -> None:
        start = self._start(at)
        change = moved(start, timedelta(hours=by))
        self._edit(recurrence={"exceptions": [*self._without(start), change]})

    def _crm_cancels(self, at) -> None:
        start = self._start(at)
        self._edit(recurrence={"exceptions": [*self._without(start), cancelled(start)]})

    def _crm_lets_go(self, at) -> None:
        self._edit(recurrence={"exceptions": self._without(self._start(at))})

    def _crm_repeats(self, rule) -> None:
        self._edit(recurrence=None if rule is None else {"rule": rule})

    def _crm_shifts(self, by) -> None:
        start = self.now.when.start + timedelta(hours=by % 12)
        self._edit(start=start.isoformat(), end=(start + HOUR).isoformat())

    def _member(self, at):
        if self.event.type != "seriesMaster":
            return None
        found = self.office.members(self.event.id)
        return found[at] if at < len(found) else None

    def _outlook_moves(self, at, by) -> None:
        one = self._member(at)
        if one is not None:
            start = one.start + timedelta(hours=by)
            self._if_allowed(
                lambda: self.office.ann.change_event(one.id, start=start, end=start + HOUR)
            )

    def _outlook_cancels(self, at) -> None:
        one = self._member(at)
        if one is not None and len(self.office.members(self.event.id)) > 1:
            self.office.ann.cancel_event(one.id)

    def _outlook_renames(self, at) -> None:
        one = self._member(at)
        if one is not None:
            self.office.ann.change_event(one.id, subject=f"{self.subject} {at}")

    def _outlook_shifts(self, by) -> None:
        start = self.event.start + timedelta(hours=by % 12)
        self._if_allowed(
            lambda: self.office.ann.change_event(self.event.id, start=start, end=start + HOUR)
        )

    def _outlook_ends(self, at) -> None:
        if self.event.type == "seriesMaster":
            self.office.ann.change_event(
                self.event.id, recurrence=weekly(self.event.start, count=at + 1)
            )

    def _if_allowed(self, act: Callable[[], object]) -> None:
        try:
            act()
        except GraphProblem:
            return

    def _fault(self, kind) -> None:
        faults = self.office.world.sandbox.faults
        faults.add(method="PATCH", path_regex="/events/", kind=kind, times=1)

    def _work(self) -> None:
        self.office.work()

    def be_quiet(self) -> None:
        self.office.world.sandbox.faults.clear()
        for _ in range(3):
            self.office.world.clock.advance(hours=1)
            self.office.work()

    def check(self) -> None:
        activity, event = self.now, self.event
        there = (
            [one.start for one in self.office.members(event.id)]
            if event.type == "seriesMaster"
            else [event.start]
        )
        here = [one.start for one in next_dates(activity, activity.when.start - 40 * DAY, 50)]
        assert (here or [activity.when.start]) == there, (activity.recurrence, event)
        assert self.office.is_quiet()


def test_whatever_both_sides_do_with_a_series_it_takes_place_at_the_same_times(office):
    numbers = count()

    @settings(
        max_examples=PLAYS or SHORT,
        deadline=None,
        derandomize=not PLAYS,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(script=st.lists(happening, min_size=10, max_size=18))
    def play(script):
        one = Play(office, f"Series {next(numbers)}")
        for what, *how in script:
            one.happen(what, *how)
        one.be_quiet()
        one.check()

    play()
