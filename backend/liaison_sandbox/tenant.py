"""The tenant: its people, who may see whose calendar, and the mail system beneath."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace

from liaison_sandbox.exchange import Clock, Exchange, wall_clock
from liaison_sandbox.model import Attendee, Mail
from liaison_sandbox.outside import Outside
from liaison_sandbox.person import MailboxState, Person


class Tenant:
    """Thread-safe: everything goes through one lock, `tenant.exchange.lock`."""

    def __init__(self, clock: Clock) -> None:
        self.id = str(uuid.uuid4())
        self.exchange = Exchange(clock)
        self.outside = Outside(self.exchange)
        self.people: list[Person] = []
        self.delta_generation = 1
        self._shares: dict[tuple[str, str], bool] = {}

    @classmethod
    def create(cls, clock: Clock = wall_clock) -> "Tenant":
        """`clock` returns the aware time in UTC; tests move it."""
        return cls(clock)

    @property
    def mails(self) -> list[Mail]:
        with self.exchange.lock:
            return list(self.exchange.mails)

    def add_person(
        self,
        name: str,
        address: str,
        *,
        aliases: Sequence[str] = (),
        time_zone: str = "Europe/Berlin",
        roles: Iterable[str] = (),
        mailbox: MailboxState = "ready",
        oid: str | None = None,
    ) -> Person:
        person = Person(self.exchange, oid or str(uuid.uuid4()), name, address)
        person.aliases = tuple(aliases)
        person.time_zone = time_zone
        person.roles = tuple(roles)
        person.mailbox_state = mailbox
        with self.exchange.lock:
            self.people.append(person)
            if mailbox != "none":
                self.exchange.open_mailbox(person.oid)
            for one in (address, *aliases):
                self.exchange.register_address(one, person.oid)
        return person

    def find_person(self, oid_or_address: str) -> Person | None:
        """By object id, user principal name or any alias."""
        owner = self.exchange.owner_of(oid_or_address) or oid_or_address.casefold()
        return next((one for one in self.people if one.oid == owner), None)

    def person(self, oid_or_address: str) -> Person:
        found = self.find_person(oid_or_address)
        if found is None:
            raise KeyError(oid_or_address)
        return found

    def share_calendar(
        self, owner: Person, reader: Person, *, can_see_private: bool = False
    ) -> None:
        self._shares[owner.oid, reader.oid] = can_see_private

    def unshare_calendar(self, owner: Person, reader: Person) -> None:
        self._shares.pop((owner.oid, reader.oid), None)

    def may_read(self, owner_oid: str, reader_oid: str) -> bool:
        return owner_oid == reader_oid or (owner_oid, reader_oid) in self._shares

    def may_see_private(self, owner_oid: str, reader_oid: str) -> bool:
        return owner_oid == reader_oid or self._shares.get((owner_oid, reader_oid), False)

    def expire_delta_tokens(self) -> None:
        """Every next and delta link handed out so far answers 410 from now on."""
        self.delta_generation += 1

    def replace_organizer(self, ical_uid: str, new_person: Person) -> None:
        """The meeting is handed over; the former organizer stays as an attendee."""
        with self.exchange.lock:
            new = new_person.as_address()
            for mailbox in self.exchange.list_mailboxes():
                copies = mailbox.list_copies(ical_uid)
                members = [one for copy in copies for one in mailbox.exceptions_of(copy)]
                for copy in [*copies, *members]:
                    former = Attendee(copy.organizer.name, copy.organizer.address)
                    others = tuple(
                        one
                        for one in copy.attendees
                        if not self.exchange.is_same_person(one.address, new.address)
                    )
                    own = mailbox.owner_id == new_person.oid
                    response = "organizer" if own else "accepted"
                    handed = replace(
                        copy,
                        organizer=new,
                        is_organizer=own,
                        attendees=(former, *others),
                        response=response,
                    )
                    self.exchange.put(mailbox, handed)
