"""Reads the markers of a whole mailbox before a whole round, for pages of changes do not tell them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy.orm import Session

from liaison.calendar.markers import find_marked
from liaison.calendar.model import NoteSource
from liaison.calendar.progress import Progress
from liaison.calendar.rules.situation import MarkedAs
from liaison.calendar.stores import noted
from liaison.db.installation import has_marked

NOTHING_MARKED: Mapping[str, str] = MappingProxyType({})


def read_markers(run: Progress, *, whole: bool) -> None:
    """Know what is marked before pages are captured; events whose activities lost their links are noted.

    Where this installation never marked anything nothing is asked. Raises `GatewayError`.
    """
    with run.tools.database.transaction() as session:
        if not has_marked(session):
            run.markers = NOTHING_MARKED
            return
    run.markers = run.tools.outlook.writer.list_marked(run.mailbox) if whole else None
    if run.markers:
        with run.tools.database.transaction() as session:
            note_unlinked(session, run, run.markers)


def note_unlinked(session: Session, run: Progress, markers: Mapping[str, str]) -> None:
    """Have the events looked at that were made for activities which lost their links."""
    found = find_marked(session, run.tools.crm, set(markers.values()))
    lost = [
        event_id
        for event_id, marker in markers.items()
        if (marked := found.get(marker)) and marked.found is MarkedAs.UNLINKED
    ]
    noted.note_events(session, run.row.id, lost, NoteSource.LINK, run.now())
