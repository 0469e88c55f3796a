"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# For months after it no clock in Europe is put back or forward, and no test is near midnight unless it says so.
STORIES_BEGIN = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


class FakeClock:
    """Obeys liaison.clock.Clock."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self._now = now

    def now(self) -> datetime:
        """The instant the test chose."""
        return self._now

    def advance(self, **parts: float) -> datetime:
        """Move on by a timedelta's parts: `clock.advance(minutes=5)`."""
        self._now += timedelta(**parts)
        return self._now

    def set(self, now: datetime) -> None:
        """Move to an instant."""
        self._now = now
