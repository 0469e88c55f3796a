"""Meetings whose removal was carried out and that may be back: a restored meeting outside the window is in no round."""

from __future__ import annotations

from datetime import timedelta

from liaison.calendar.items import look_at_due_items
from liaison.calendar.model import NoteSource
from liaison.calendar.progress import Progress
from liaison.calendar.rules.ended import REMOVAL_REASONS
from liaison.calendar.stores import noted, removed
from liaison.crm.model import SYNC_MASTER

# Exchange keeps what was deleted for two weeks; what was not put back by then is gone for good.
RECOVERABLE = timedelta(days=14)
MOST = 100


def look_for_returned(run: Progress) -> None:
    """Look at the latest removals once more; what is there again is restored by the ordinary rules. Raises `GatewayError`."""
    now = run.now()
    with run.tools.database.transaction() as session:
        ids = removed.list_removed_events(
            session,
            run.row.id,
            by=SYNC_MASTER.name,
            reasons=REMOVAL_REASONS,
            since=now - RECOVERABLE,
            now=now,
            limit=MOST,
        )
        noted.note_events(session, run.row.id, ids, NoteSource.DELTA, now)
    if ids:
        look_at_due_items(run)
