"""What a run tells those who asked for it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from liaison.calendar.rules.mail_budget import NOBODY, Mailing


@dataclass(frozen=True, slots=True)
class RunReport:
    """How often each reason came up, and the code and sentence of what stopped the run, if anything did.

    `mailed`: who got mail because of it, apart from what single people asked for. `gathered`: who would get mail from
    what it left to a later run.
    """

    run_id: UUID
    counts: Mapping[str, int]
    stopped_by: str | None = None
    sentence: str | None = None
    mailed: Mailing = NOBODY
    gathered: Mailing = NOBODY
