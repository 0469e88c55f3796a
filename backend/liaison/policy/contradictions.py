"""Choices that are sound by themselves but not together: what one asks for the other makes impossible. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from liaison.policy.settings import LONGEST_WINDOW, Policy
from liaison.policy.values import FollowPast

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`keys` do not go together; the sentence says why, and what would."""

    keys: tuple[str, ...]
    sentence: str


def find_contradictions(policy: Policy, today: date) -> list[Contradiction]:
    """All of them at once. `today`: a window may be empty or too long from now on."""
    return [*_windows(policy, today), *_past(policy), *_clock(policy)]


def told_by_key(found: list[Contradiction]) -> Mapping[str, list[str]]:
    """The sentences by key: whichever of them somebody looks at, it says what is wrong."""
    told: dict[str, list[str]] = {}
    for one in found:
        for key in one.keys:
            told.setdefault(key, []).append(one.sentence)
    return told


def _windows(policy: Policy, today: date) -> Iterator[Contradiction]:
    last = today + timedelta(days=policy.window_future_days)
    first = policy.window_from or today - timedelta(days=policy.window_past_days)
    begin = "windowFrom" if policy.window_from else "windowPastDays"
    keys = (begin, "windowFutureDays")
    if first >= last:
        sentence = f"The window would be empty: it begins on {first} and ends on {last}."
        yield Contradiction(keys, f"{sentence} Choose an earlier first day, or more days ahead.")
    if last - first > LONGEST_WINDOW:
        days = (last - first).days
        sentence = f"The window would be {days} days long, and Microsoft 365 lists at most"
        yield Contradiction(keys, f"{sentence} {LONGEST_WINDOW.days}. Choose a shorter one.")


def _past(policy: Policy) -> Iterator[Contradiction]:
    if policy.follow_past is FollowPast.PUSH and not policy.push:
        sentence = "followPast waits for notifications, which push switches off."
        yield Contradiction(
            ("followPast", "push"), f"{sentence} Choose always or never, or switch push on."
        )


def _clock(policy: Policy) -> Iterator[Contradiction]:
    if policy.align_to_clock and _DAY % policy.calendar_interval.span:
        interval = policy.calendar_interval
        sentence = (
            f"A day cannot be divided into full intervals of {interval}, as alignToClock asks."
        )
        yield Contradiction(
            ("calendarInterval", "alignToClock"),
            f"{sentence} Choose an interval such as 15 minutes or 1 hour.",
        )
