"""The mail system under the calendars: mailboxes, the mails between them, who watches."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from threading import RLock

from liaison_sandbox.mailbox import Mailbox
from liaison_sandbox.model import CALENDAR, DELETED_ITEMS, Change, ChangeKind, Event, Mail, MailKind

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    return datetime.now(UTC)


class Exchange:
    """All access holds `lock`; watchers are called under it and must only take note."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.lock = RLock()
        self.mails: list[Mail] = []
        self.watchers: list[Callable[[Change], None]] = []
        self._mailboxes: dict[str, Mailbox] = {}
        self._owner_by_address: dict[str, str] = {}
        self._keys = itertools.count(1)

    def open_mailbox(self, owner_id: str) -> Mailbox:
        self._mailboxes[owner_id] = Mailbox(owner_id)
        return self._mailboxes[owner_id]

    def register_address(self, address: str, owner_id: str) -> None:
        self._owner_by_address[address.casefold()] = owner_id

    def owner_of(self, address: str) -> str | None:
        return self._owner_by_address.get(address.casefold())

    def find_mailbox(self, address: str) -> Mailbox | None:
        return self._mailboxes.get(self.owner_of(address) or "")

    def get_mailbox(self, owner_id: str) -> Mailbox:
        return self._mailboxes[owner_id]

    def list_mailboxes(self) -> list[Mailbox]:
        return list(self._mailboxes.values())

    def is_same_person(self, one: str, other: str) -> bool:
        owner = self.owner_of(one)
        return one.casefold() == other.casefold() or (
            owner is not None and owner == self.owner_of(other)
        )

    def new_key(self) -> int:
        return next(self._keys)

    def send(self, recipient: str, kind: MailKind, event: Event) -> None:
        # An attendee may be a name only; nothing can be sent to him.
        if recipient:
            self.mails.append(
                Mail(
                    self.clock(),
                    recipient,
                    kind,
                    event.subject,
                    event.ical_uid,
                    event.original_start,
                )
            )

    def put_new(self, mailbox: Mailbox, event: Event) -> Event:
        stored = mailbox.put(event, self.clock())
        self._tell(mailbox, "created", stored)
        return stored

    def put(self, mailbox: Mailbox, event: Event) -> Event:
        stored = mailbox.put(event, self.clock())
        if not stored.is_deleted:
            self._tell(mailbox, "updated", stored)
        return stored

    def move(self, mailbox: Mailbox, event: Event, calendar: str) -> Event:
        """A move is told as the end of one item and the beginning of another."""
        moved = mailbox.move(event, calendar, self.clock())
        if event.calendar == CALENDAR:
            self._tell(mailbox, "deleted", event)
        if calendar == CALENDAR:
            self._tell(mailbox, "created", moved)
        return moved

    def remove(self, mailbox: Mailbox, event: Event, *, hard: bool = False) -> None:
        if hard:
            mailbox.purge(event)
            self._tell(mailbox, "deleted", event)
        else:
            self.move(mailbox, event, DELETED_ITEMS)

    def _tell(self, mailbox: Mailbox, kind: ChangeKind, event: Event) -> None:
        change = Change(
            mailbox.owner_id,
            kind,
            event.id,
            event.immutable_id,
            event.change_key,
        )
        for watcher in self.watchers:
            watcher(change)


def cancelled(event: Event) -> Event:
    """An invitee's copy after the cancellation: it stays, marked."""
    subject = event.subject
    if not subject.startswith("Canceled: "):
        subject = f"Canceled: {subject}"
    return replace(event, is_cancelled=True, subject=subject, show_as="free")
