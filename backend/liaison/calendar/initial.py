"""The reading part of an initial sync: the cursor is dropped, the whole window read, every other live link looked up."""

from __future__ import annotations

from dataclasses import replace

from liaison.calendar.items import look_at_due_items
from liaison.calendar.model import NoteSource
from liaison.calendar.progress import Progress
from liaison.calendar.rounds import read_round
from liaison.calendar.stores import noted, reconciles


def read_anew(run: Progress) -> None:
    """Everything is decided as usual. Raises `GatewayError`; what was stored until then stays."""
    run.row = replace(run.row, delta_link=None)
    read_round(run, covers_noted=False)
    with run.tools.database.transaction() as session:
        unreturned = reconciles.list_unreturned_events(session, run.row.id, run.epoch)
        noted.note_events(session, run.row.id, unreturned, NoteSource.DELTA, run.now())
    while _waits(run):
        look_at_due_items(run)


def _waits(run: Progress) -> bool:
    """Each look finishes its item, puts it off or gathers it, so that this ends."""
    now, gathered = run.now(), run.gathered
    with run.tools.database.transaction() as session:
        return bool(noted.list_due_items(session, run.row.id, now, 1, besides=gathered))
