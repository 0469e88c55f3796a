"""Delta: what a round tells, page by page, behind opaque tokens.

A token holds everything of its round, so that following the same link again gives the same page.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from liaison_sandbox.mailbox import Mailbox, overlaps
from liaison_sandbox.model import CALENDAR, Event
from liaison_sandbox.settings import Settings

SKIP = "$skiptoken"
DELTA = "$deltatoken"


@dataclass(frozen=True, slots=True)
class Round:
    """`keys` from `at` on are still to be told; `since` is where the following round starts."""

    mailbox: str
    start: datetime
    end: datetime
    generation: int
    keys: tuple[int, ...] = ()
    at: int = 0
    since: int = 0
    told: int = 0
    full: bool = True
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Removed:
    id: str
    immutable_id: str


@dataclass(frozen=True, slots=True)
class DeltaPage:
    items: tuple[Event | Removed, ...]
    option: str
    token: str


class DeltaRounds:
    """Holds the tokens handed out. Callers hold the tenant's lock."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tokens: dict[str, Round] = {}

    def find(self, token: str) -> Round | None:
        return self._tokens.get(token)

    def begin(self, mailbox: Mailbox, start: datetime, end: datetime, generation: int) -> Round:
        keys = mailbox.keys_in_window(start, end)
        if self._settings.delta_first_round_tells_removed:
            keys += _outside(mailbox, keys)
        return Round(
            mailbox.owner_id,
            start,
            end,
            generation,
            keys=self._repeated(keys),
            since=mailbox.version,
        )

    def next_round(self, ended: Round, mailbox: Mailbox) -> Round:
        """What changed since the round that gave the delta link."""
        since = ended.told if self._settings.delta_replays else ended.since
        keys = self._repeated(list(mailbox.changed_since(since)))
        return replace(ended, keys=keys, at=0, since=mailbox.version, told=ended.since, full=False)

    def page(self, running: Round, mailbox: Mailbox, size: int) -> DeltaPage:
        if running.full and not running.begun and self._settings.delta_starts_with_an_empty_page:
            return DeltaPage((), SKIP, self._keep(replace(running, begun=True)))
        after = running.at + size
        items = tuple(self._tell(running, mailbox, running.keys[running.at : after]))
        option = SKIP if after < len(running.keys) else DELTA
        return DeltaPage(items, option, self._keep(replace(running, at=after, begun=True)))

    def _tell(
        self, running: Round, mailbox: Mailbox, keys: Iterable[int]
    ) -> Iterable[Event | Removed]:
        """Whatever is not in the window now is told as removed, gone or not."""
        for key in keys:
            event = mailbox.find_by_key(key)
            if event and event.calendar == CALENDAR:
                yield from self._tell_present(running, mailbox, event)
            elif departed := mailbox.departed_ids(key):
                yield Removed(*departed)

    def _tell_present(
        self, running: Round, mailbox: Mailbox, event: Event
    ) -> Iterable[Event | Removed]:
        """A series comes whole, never over two pages; a deleted occurrence is just not there."""
        members = mailbox.members_in(event, running.start, running.end) if event.is_master else []
        if not members and (event.is_master or not overlaps(event, running.start, running.end)):
            yield Removed(event.id, event.immutable_id)
            return
        alone = not event.is_master or (not running.full and self._settings.delta_lists == "master")
        if alone or not self._leaves_out(running, event):
            yield event
        if not alone:
            yield from members

    def _leaves_out(self, running: Round, master: Event) -> bool:
        is_old = master.end <= running.start
        return is_old and not running.full and self._settings.delta_omits_old_masters

    def _repeated(self, keys: list[int]) -> tuple[int, ...]:
        again = keys[:1] if self._settings.delta_repeats_items and len(keys) > 1 else []
        return (*keys, *again)

    def _keep(self, one: Round) -> str:
        token = secrets.token_urlsafe(48)
        self._tokens[token] = one
        return token


def _outside(mailbox: Mailbox, inside: list[int]) -> list[int]:
    """One item outside the window is enough for the habit; a long past would fill the pages."""
    known = set(inside)
    others = (one for one in mailbox.list_events() if one.calendar == CALENDAR)
    return next(([one.key] for one in others if one.key not in known), [])
