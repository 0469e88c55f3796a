"""The series of a round of changes. A page shows of a series only what it likes: they are read whole instead.

Those that are neither linked nor captured are not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from liaison.calendar.model import NoteSource
from liaison.calendar.progress import Progress
from liaison.calendar.stores import copies, links, noted
from liaison.outlook.model import CalendarEvent, DeltaItem, EventKind
from liaison.policy.values import Capture


def note_series(
    session: Session, run: Progress, items: Sequence[DeltaItem], masters: Sequence[str]
) -> None:
    """Note the masters of the series among these items that are followed, or may be captured; `masters`: those whose occurrences were listed."""
    parts = [item for item in items if isinstance(item, CalendarEvent) and _is_of_series(item)]
    uids = {one.event_id: one.ical_uid for one in parts if one.kind is EventKind.SERIES_MASTER}
    ids = {*masters, *uids, *(one.series_master_id for one in parts if one.series_master_id)}
    known = ids
    if run.policy.policy.capture is Capture.LINKED:
        known = _linked(session, run, ids, uids)
    noted.note_events(session, run.row.id, known, NoteSource.DELTA, run.now())
    if run.epoch:
        copies.mark_seen(session, run.row.id, sorted(ids), run.epoch)
    run.counts["not-linked"] += len(ids - known)


def _linked(session: Session, run: Progress, ids: set[str], uids: Mapping[str, str]) -> set[str]:
    """Which of these masters have links, or belong to meetings that have; `uids`: which meetings, as far as it is known."""
    by_uid = links.find_links_of_uids(session, set(uids.values()))
    known = set(links.find_links_of_events(session, run.row.id, ids))
    return known | {event_id for event_id, uid in uids.items() if uid in by_uid}


def _is_of_series(event: CalendarEvent) -> bool:
    return event.kind is not EventKind.SINGLE_INSTANCE
