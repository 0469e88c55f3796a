"""Links in the database: found by the event of a mailbox or by the meeting, reserved once, written with a version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Result, Select, Update, and_, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from liaison.calendar.model import TO_BE_MADE, Link, LinkState, Scope
from liaison.calendar.stores.copies import find_copies, find_link_ids
from liaison.calendar.stores.link_rows import to_columns, to_link
from liaison.calendar.stores.tables import CopyRow, LinkRow
from liaison.db.lists import among, among_given
from liaison.db.recordset import given, rows_of
from liaison.db.tables import plain

NOT_ENDED = LinkRow.state != LinkState.ENDED.value

# Plain rows: entities of the ORM cost several times as much, and nobody changes them.
LINKS = plain(LinkRow).c
# Each page of changes executes these, so that they are put together once.
_OF_UIDS = select(*LINKS).where(among_given(LINKS.ical_uid, "uids")).order_by(LINKS.id)
_LOCKED = select(*LINKS).where(among_given(LINKS.id, "ids")).order_by(LINKS.id).with_for_update()


def find_link(session: Session, link_id: UUID, *, lock: bool = False) -> Link | None:
    """The link with this id; `lock` keeps others from changing it until the transaction ends."""
    statement = select(LinkRow).where(LinkRow.id == link_id)
    if lock:
        statement = statement.with_for_update()
    return next(iter(_read(session, statement)), None)


def find_links_of_events(
    session: Session, mailbox_id: UUID, event_ids: Iterable[str]
) -> dict[str, list[Link]]:
    """The links of these events of one mailbox, by event id."""
    found = find_link_ids(session, mailbox_id, event_ids)
    if not found:
        return {}
    links = {
        link.id: link
        for link in list_links(session, {one for ids in found.values() for one in ids})
    }
    return {event_id: [links[link_id] for link_id in ids] for event_id, ids in found.items()}


def find_links_of_uids(session: Session, ical_uids: Collection[str]) -> dict[str, list[Link]]:
    """All links of these meetings, those of single occurrences among them, by ical_uid."""
    if not ical_uids:
        return {}
    found: dict[str, list[Link]] = {}
    for link in _to_links(session, session.execute(_OF_UIDS, {"uids": ical_uids})):
        found.setdefault(link.ical_uid, []).append(link)
    return found


def lock_links_by_ids(session: Session, link_ids: Iterable[UUID]) -> list[Link]:
    """These links as they are now, locked until the transaction ends, in the order of their ids."""
    wanted = list(link_ids)
    if not wanted:
        return []
    return _to_links(session, session.execute(_LOCKED, {"ids": wanted}))


def find_links_by_events(
    session: Session, mailbox_id: UUID, event_ids: Iterable[str]
) -> dict[str, Link]:
    """The links of these events of one mailbox, by event id; of a series' event that of the whole series, if any."""
    found = find_links_of_events(session, mailbox_id, event_ids)
    return {
        event_id: min(tied, key=lambda link: link.original_start is not None)
        for event_id, tied in found.items()
    }


def find_links_by_meetings(
    session: Session, meetings: Iterable[tuple[str, datetime | None]]
) -> dict[tuple[str, datetime | None], Link]:
    """The links of these meetings (ical_uid, original start of an occurrence else None)."""
    keys = list(meetings)
    if not keys:
        return {}
    whole = [uid for uid, start in keys if start is None]
    occurrences = [(uid, start) for uid, start in keys if start is not None]
    statement = select(LinkRow).where(
        or_(
            and_(among(LinkRow.ical_uid, whole), LinkRow.original_start.is_(None)),
            tuple_(LinkRow.ical_uid, LinkRow.original_start).in_(occurrences),
        )
    )
    return {(link.ical_uid, link.original_start): link for link in _read(session, statement)}


def find_link_of_activity(session: Session, activity_id: UUID) -> Link | None:
    """The link of the activity that has not ended."""
    statement = select(LinkRow).where(LinkRow.activity_id == activity_id, NOT_ENDED)
    return next(iter(_read(session, statement)), None)


def find_latest_links(session: Session, activity_ids: Iterable[UUID]) -> dict[UUID, Link]:
    """The link of each activity, by activity id: the one that has not ended, else the one that ended last."""
    statement = (
        select(LinkRow)
        .where(among(LinkRow.activity_id, list(activity_ids)))
        .order_by(NOT_ENDED, LinkRow.ended_at)
    )
    return {link.activity_id: link for link in _read(session, statement)}


def find_links_of_activities(session: Session, activity_ids: Iterable[UUID]) -> dict[UUID, Link]:
    """The links of these activities that have not ended, by activity id."""
    statement = select(LinkRow).where(among(LinkRow.activity_id, list(activity_ids)), NOT_ENDED)
    return {link.activity_id: link for link in _read(session, statement)}


def list_links(session: Session, link_ids: Iterable[UUID]) -> list[Link]:
    """These links, as far as they exist."""
    return _read(session, select(LinkRow).where(among(LinkRow.id, list(link_ids))))


def has_series(session: Session, mailbox_id: UUID) -> bool:
    """Whether this mailbox has links of series or of occurrences that have not ended."""
    statement = (
        select(LinkRow.id)
        .join(CopyRow, CopyRow.link_id == LinkRow.id)
        .where(CopyRow.mailbox_id == mailbox_id, LinkRow.scope != Scope.SINGLE.value, NOT_ENDED)
        .limit(1)
    )
    return session.scalar(statement) is not None


def list_links_of_mailbox(
    session: Session,
    mailbox_id: UUID,
    states: Sequence[LinkState],
    *,
    before: UUID | None = None,
    limit: int = 1000,
    lock: bool = False,
) -> list[Link]:
    """Links of meetings with a copy in this mailbox, newest first; `before` continues a list after its last id."""
    statement = (
        select(LinkRow)
        .join(CopyRow, CopyRow.link_id == LinkRow.id)
        .where(
            CopyRow.mailbox_id == mailbox_id,
            LinkRow.state.in_([s.value for s in states]),
            LinkRow.ical_uid.not_like(f"{TO_BE_MADE}%"),
        )
        .order_by(LinkRow.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(LinkRow.id < before)
    if lock:
        statement = statement.with_for_update(of=LinkRow)
    return _read(session, statement)


def list_awaiting(session: Session, mailbox_id: UUID) -> list[Link]:
    """Links whose event is still to be made in this mailbox, or may have been, though nobody told us."""
    statement = (
        select(LinkRow)
        .join(CopyRow, CopyRow.link_id == LinkRow.id)
        .where(
            CopyRow.mailbox_id == mailbox_id,
            LinkRow.state == LinkState.RESERVED.value,
            LinkRow.ical_uid.startswith(TO_BE_MADE, autoescape=True),
        )
        .order_by(LinkRow.id)
    )
    return _read(session, statement)


def count_live_links(session: Session, mailbox_id: UUID) -> int:
    """How many live links have a copy in this mailbox."""
    statement = (
        select(func.count())
        .select_from(LinkRow)
        .join(CopyRow, CopyRow.link_id == LinkRow.id)
        .where(CopyRow.mailbox_id == mailbox_id, LinkRow.state == LinkState.LIVE.value)
    )
    return session.scalar(statement) or 0


def reserve_link(session: Session, link: Link, at: datetime) -> Link | None:
    """Make this link unless the meeting has one already; the one that is there afterwards, locked.

    Two who link the same meeting at the same time meet here: the second waits for the first.
    None: the meeting has no link, and the activity belongs to another meeting.
    """
    session.execute(
        insert(LinkRow)
        .values(
            id=link.id,
            scope=link.scope.value,
            state=LinkState.RESERVED.value,
            ical_uid=link.ical_uid,
            original_start=link.original_start,
            activity_id=link.activity_id,
            organizer_address=link.organizer_address,
            created_by=link.created_by,
            created_at=at,
        )
        .on_conflict_do_nothing()
    )
    meeting = and_(
        LinkRow.ical_uid == link.ical_uid,
        LinkRow.original_start.is_not_distinct_from(link.original_start),
    )
    return next(iter(_read(session, select(LinkRow).where(meeting).with_for_update())), None)


def save_links(session: Session, changes: Sequence[tuple[Link, Mapping[str, Any]]]) -> None:
    """Write these members of links that this transaction has locked; their versions grow."""
    rows: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for link, members in changes:
        rows[link.id] |= {"id": link.id, "version": link.version + 1, **to_columns(members)}
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows.values():
        alike[tuple(sorted(row))].append(row)
    for names, several in alike.items():
        session.execute(_overwriting(names), given(several))


@cache
def _overwriting(names: tuple[str, ...]) -> Update:
    record = rows_of(LinkRow, names)
    fresh = {name: record.c[name] for name in names if name != "id"}
    return update(plain(LinkRow)).values(fresh).where(LINKS.id == record.c.id)


def _read(session: Session, statement: Select[LinkRow]) -> list[Link]:
    return _to_links(session, session.execute(statement.with_only_columns(*LINKS)))


def _to_links(session: Session, found: Result[Any]) -> list[Link]:
    rows = found.all()
    copies = find_copies(session, [row.id for row in rows])
    return [to_link(row, copies.get(row.id, ())) for row in rows]
