"""One run over one mailbox, and what comes right after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import structlog

from liaison.calendar.initial_sync.model import PartOf
from liaison.calendar.report import RunReport
from liaison.calendar.run import Extent, sync_mailbox
from liaison.calendar.stores import mailboxes
from liaison.calendar.tools import Tools

# After a mistake of ours nothing says when the mailbox is due again; it is not tried at every sweep.
AFTER_A_MISTAKE = timedelta(minutes=5)

log = structlog.get_logger(__name__)


def run_mailbox(
    tools: Tools,
    mailbox_id: UUID,
    *,
    whole_round: bool = False,
    extent: Extent = Extent.DUE,
    tell: Callable[[int], None] | None = None,
    part_of: PartOf | None = None,
) -> RunReport | None:
    """Run over this mailbox, and ask for another run where something was noted meanwhile.

    None: another worker is at it. Whoever was sent away like this may have come for something that the other one did
    not see any more; so that one, its lease given back, looks whether the mailbox is due again.
    """
    try:
        report = sync_mailbox(
            tools,
            mailbox_id,
            whole_round=whole_round,
            extent=extent,
            tell=tell,
            part_of=part_of,
        )
    except Exception:
        _put_off(tools, mailbox_id)
        raise
    if report is not None and report.stopped_by is None and _is_due(tools, mailbox_id):
        tools.wake(mailbox_id)
    return report


def _is_due(tools: Tools, mailbox_id: UUID) -> bool:
    with tools.database.transaction() as session:
        return mailboxes.is_due(session, mailbox_id, tools.clock.now())


def _put_off(tools: Tools, mailbox_id: UUID) -> None:
    with tools.database.transaction() as session:
        row = mailboxes.find_mailbox(session, mailbox_id)
        if row is not None:
            at = tools.clock.now() + AFTER_A_MISTAKE
            changes = {"due_at": at, "attempts": row.attempts + 1, "last_error": "unexpected"}
            mailboxes.save_mailbox(session, mailbox_id, changes)
