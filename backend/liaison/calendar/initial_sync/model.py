"""An initial sync of several mailboxes as a value. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from liaison.calendar.rules.mail_budget import NOBODY, Mailing
from liaison.policy.settings import Policy


class RunStatus(StrEnum):
    """How far it is. A dry run that waits to be applied is planned."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"


class Phase(StrEnum):
    """What a worker still has to do."""

    PLAN = "plan"
    APPLY = "apply"
    CARRY_OUT = "carry-out"


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing did, or would do: activities put back, and those left because something newer happened."""

    possible: int
    newer: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A policy that a dry run looks at though it is not in force: a preset, or some keys with their values."""

    preset: str | None = None
    keys: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class InitialRun:
    """An initial sync, or the dry run of one. `done` and `total` count mailboxes, `people` and `outsiders` who gets mail.

    `policy`: with which one a plan was made; with another one it is not true. `trial`: it was not in force then.
    `mailed`: who they are, disguised, as long as it is carried out.
    """

    id: UUID
    dry_run: bool
    status: RunStatus
    phase: Phase | None
    created_at: datetime
    created_by: str
    total: int
    done: int = 0
    finished_at: datetime | None = None
    error: str | None = None
    window_start: datetime | None = None
    window_end: datetime | None = None
    policy: Policy | None = None
    trial: Trial | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    people: int = 0
    outsiders: int = 0
    mailed: Mailing = NOBODY
    undone: Undone | None = None


@dataclass(frozen=True, slots=True)
class RunMailbox:
    """One mailbox of it. `error`: the code of what stopped it.

    `activates`: the plan took its owner, as he was at this version, for active although he was not; None: it did not.
    """

    mailbox_id: UUID
    is_done: bool
    error: str | None = None
    activates: int | None = None


@dataclass(frozen=True, slots=True)
class PartOf:
    """The initial sync that a run over one mailbox is part of.

    `outsiders`: whom outside it mails in all, disguised. `gathers`: that is not known yet, and nobody is mailed before
    it is.
    """

    run_id: UUID
    outsiders: frozenset[str] = frozenset()
    gathers: bool = False


class ItemState(StrEnum):
    """What became of an item of a plan: nothing yet, carried out, left out because it changed, or taken back."""

    PLANNED = "planned"
    APPLIED = "applied"
    STALE = "stale"
    UNDONE = "undone"
