"""The real CRM and the real calendars with one thing wrong, for tests of what a run does about it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from liaison.crm.port import Crm
from liaison.outlook.model import DeltaPage
from liaison.outlook.port import Calendars


class CannotBeStored(Exception):
    """As a value that no column takes."""


class PickyCrm:
    """A CRM that cannot store one subject, as long as `is_picky`."""

    def __init__(self, crm: Crm, subject: str) -> None:
        self._crm = crm
        self._subject = subject
        self.is_picky = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._crm, name)

    def apply_changes(self, session: Any, changes: Any, actor: Any) -> Any:
        subjects = [change.fields.get("subject") for change in changes]
        if self.is_picky and self._subject in subjects:
            raise CannotBeStored
        return self._crm.apply_changes(session, changes, actor)


class BentCalendars:
    """Calendars of which each page of a full round passes through `bend` first."""

    def __init__(self, calendars: Calendars, bend: Callable[[DeltaPage], DeltaPage]) -> None:
        self._calendars = calendars
        self._bend = bend

    def __getattr__(self, name: str) -> Any:
        return getattr(self._calendars, name)

    def read_window(self, *window: Any) -> DeltaPage:
        return self._bend(self._calendars.read_window(*window))


class PartialChanges(BentCalendars):
    """Calendars whose later pages pass through `bend` first."""

    def read_changes(self, *wanted: Any) -> DeltaPage:
        return self._bend(self._calendars.read_changes(*wanted))


class WatchedCalendars:
    """Calendars that tell `watch` of each look at an event, after Graph has answered."""

    def __init__(self, calendars: Calendars, watch: Callable[[], None]) -> None:
        self._calendars = calendars
        self._watch = watch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._calendars, name)

    def look_up(self, *wanted: Any) -> Any:
        presence = self._calendars.look_up(*wanted)
        self._watch()
        return presence

    def read_changes(self, *wanted: Any) -> DeltaPage:
        page = self._calendars.read_changes(*wanted)
        self._watch()
        return page


def lead_away(page: DeltaPage) -> DeltaPage:
    """The next page lies at a foreign host."""
    return replace(page, next_link="https://graph.example.net/v1.0/next?$skiptoken=1")


class CrowdedCalendars:
    """Calendars that know how many looks were under way at a time. The first two wait for each other."""

    def __init__(self, calendars: Any) -> None:
        self._calendars = calendars
        self._meeting = threading.Barrier(2)
        self._lock = threading.Lock()
        self.looks = self.now = self.most = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._calendars, name)

    def look_up(self, *wanted: Any) -> Any:
        with self._lock:
            self.looks, self.now = self.looks + 1, self.now + 1
            self.most, is_early = max(self.most, self.now), self.looks <= 2
        if is_early:
            self._meeting.wait(timeout=60)
        presence = self._calendars.look_up(*wanted)
        with self._lock:
            self.now -= 1
        return presence
