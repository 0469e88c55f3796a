"""Our people, the sync user and the service switch as values. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Permission(StrEnum):
    """What an administrator may allow a representative beyond the ordinary."""

    EXCHANGE_SYNC_USER = "EXCHANGE_SYNC_USER"
    PLAN_FOR_OTHERS = "PLAN_FOR_OTHERS"


@dataclass(frozen=True, slots=True)
class Representative:
    """One of our people, known by (tenant_id, oid). Addresses are lower-case; `aliases` without the main one."""

    id: UUID
    tenant_id: str
    oid: str
    name: str
    address: str
    aliases: tuple[str, ...]
    sync_active: bool
    permissions: frozenset[str]
    has_mailbox: bool
    time_zone: str
    version: int

    @property
    def is_synced(self) -> bool:
        """Whether administrators want this mailbox followed: switched on and permitted."""
        return self.sync_active and self.may_be_synced

    @property
    def may_be_synced(self) -> bool:
        """Whether this mailbox may be followed once it is switched on."""
        return Permission.EXCHANGE_SYNC_USER in self.permissions

    @property
    def is_complete(self) -> bool:
        """Whether there is a mailbox that could be followed."""
        return self.has_mailbox and bool(self.address)

    @property
    def may_plan_for_others(self) -> bool:
        """Whether this person may name somebody else as organizer."""
        return Permission.PLAN_FOR_OTHERS in self.permissions

    @property
    def addresses(self) -> tuple[str, ...]:
        """The main address and all others."""
        return (self.address, *self.aliases) if self.address else self.aliases

    def is_called(self, text: str) -> bool:
        """Whether each word of the text begins a word of the name, or an address."""
        known = (*self.name.casefold().split(), *self.addresses)
        return all(any(one.startswith(word) for one in known) for word in text.casefold().split())


class DirectoryEntry(Protocol):
    """Somebody as the directory of the tenant shows him."""

    @property
    def oid(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def has_mailbox(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What an import did."""

    added: int
    updated: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class SyncUser:
    """The system user SYNC_MASTER, in whose name the sync writes to the CRM."""

    locked: bool = True
    active: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether the sync may write: unlocked and activated."""
        return self.active and not self.locked


@dataclass(frozen=True, slots=True)
class Service:
    """The background sync. `generation` grows with every start and restart, so that workers notice them."""

    running: bool = True
    generation: int = 1
