"""Finding activities: by words, people, company, time and state, and only those that the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import TSTZRANGE
from sqlalchemy.orm import Session

from liaison.crm.embedded import contacts
from liaison.crm.embedded.companies import find_ids_by_domains
from liaison.crm.embedded.lexemes import has_typed
from liaison.crm.embedded.listing import list_anew
from liaison.crm.embedded.pages import Page, cursor_of, read_cursor, wrong_cursor
from liaison.crm.embedded.rows import COLUMNS, from_row
from liaison.crm.embedded.tables import ActivityRow
from liaison.crm.model import Activity, ActivityStatus
from liaison.crm.suggesting import NEAR, Sought, lower, rank
from liaison.times import When

# More candidates than a person could ever tell apart, and few enough to be read at once.
MOST_CANDIDATES = 200
DELETED = "deleted"
PLACED_AT = func.coalesce(ActivityRow.listed_at, ActivityRow.starts_at)
SPAN = literal_column("tstzrange(starts_at, ends_at, '[]')", TSTZRANGE())


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: a representative, an administrator, or one who is both."""

    representative_id: UUID | None
    is_administrator: bool = False


@dataclass(frozen=True, slots=True)
class ActivityQuery:
    """What is sought. `status` is one of planned, completed, cancelled, deleted.

    `ends_after` and `starts_before` enclose a time. A series that goes on is found by every `ends_after`.
    """

    text: str = ""
    company_id: UUID | None = None
    contact_id: UUID | None = None
    status: str | None = None
    ends_after: datetime | None = None
    starts_before: datetime | None = None
    mine: bool = False
    in_review: bool = False


def search_activities(
    session: Session,
    query: ActivityQuery,
    viewer: Viewer,
    *,
    now: datetime,
    limit: int,
    cursor: str | None = None,
) -> Page[Activity]:
    """The activities that fit, the latest first: by their start, series by their next date or, once over, by their last.

    Raises `InvalidRequest` for a foreign cursor.
    """
    list_anew(session, now)
    conditions = [_visible_to(viewer), *_fitting(query, viewer)]
    if cursor is not None:
        conditions.append(_after(cursor))
    found = select(*COLUMNS, PLACED_AT.label("placed_at")).where(*conditions)
    newest = found.order_by(PLACED_AT.desc(), ActivityRow.id.desc()).limit(limit + 1)
    rows = session.execute(newest).all()
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    return Page(
        [from_row(row[:-1]) for row in rows[:limit]],
        None if last is None else cursor_of(last.placed_at.isoformat(), str(last.id)),
    )


def find_marked(session: Session, address: str, *, limit: int) -> list[UUID]:
    """Activities that are marked for editing because of this address (lower-case); deleted ones are left out."""
    marked = ActivityRow.review.contains([{"address": address}])
    found = select(ActivityRow.id).where(marked, ActivityRow.deleted_at.is_(None))
    return list(session.scalars(found.order_by(ActivityRow.id).limit(limit)))


def suggest_activities(
    session: Session, *, viewer_id: UUID, addresses: Sequence[str], when: When, limit: int
) -> list[tuple[Activity, str]]:
    """Planned activities that may be this meeting: of the same people or companies, or at the same time."""
    sought = _sought(session, viewer_id, lower(addresses), when)
    people = [f"a:{one}" for one in sorted(sought.addresses)]
    people += [f"c:{one}" for one in sorted(sought.contact_ids)]
    fitting = or_(
        ActivityRow.people.overlap(people),
        ActivityRow.company_id.in_(sought.company_ids),
        and_(_at_the_time_of(when), _of(viewer_id)),
    )
    near = _enclosing(when.starts_at - NEAR, when.ends_at + NEAR)
    distance = func.abs(func.extract("epoch", ActivityRow.starts_at - when.starts_at))
    rows = session.execute(
        select(*COLUMNS)
        .where(near, fitting, _visible_to(Viewer(viewer_id)))
        .where(ActivityRow.status == ActivityStatus.PLANNED, ActivityRow.deleted_at.is_(None))
        .order_by(distance, ActivityRow.id)
        .limit(MOST_CANDIDATES)
    )
    return rank([from_row(row) for row in rows], sought, limit)


def _sought(session: Session, viewer_id: UUID, addresses: frozenset[str], when: When) -> Sought:
    carriers = contacts.find_by_addresses(session, sorted(addresses)).values()
    found = [contact for several in carriers for contact in several]
    domains = {address.rpartition("@")[2] for address in addresses}
    companies = {one.company_id for one in found if one.company_id is not None}
    return Sought(
        viewer_id,
        addresses,
        frozenset(one.id for one in found),
        frozenset(companies | find_ids_by_domains(session, domains)),
        when,
    )


def _fitting(query: ActivityQuery, viewer: Viewer) -> list[ColumnElement[bool]]:
    conditions = [_in_state(query.status, viewer), *has_typed(ActivityRow.words, query.text)]
    if query.company_id is not None:
        conditions.append(ActivityRow.company_id == query.company_id)
    if query.contact_id is not None:
        conditions.append(ActivityRow.people.contains([f"c:{query.contact_id}"]))
    if query.ends_after is not None:
        goes_on = ActivityRow.listed_until.is_not(None)
        ends_later = (
            one > query.ends_after for one in (ActivityRow.ends_at, ActivityRow.listed_at)
        )
        conditions.append(or_(goes_on, *ends_later))
    if query.starts_before is not None:
        conditions.append(ActivityRow.starts_at < query.starts_before)
    if query.in_review:
        conditions.append(func.jsonb_array_length(ActivityRow.review) > 0)
    if query.mine:
        conditions.append(_of(viewer.representative_id))
    return conditions


def _in_state(status: str | None, viewer: Viewer) -> ColumnElement[bool]:
    if status == DELETED:
        return and_(ActivityRow.deleted_at.is_not(None), _deleted_for(viewer))
    if status is None:
        return ActivityRow.deleted_at.is_(None)
    return and_(ActivityRow.deleted_at.is_(None), ActivityRow.status == status)


def _deleted_for(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.is_administrator:
        return literal(value=True)
    return ActivityRow.owner_id == viewer.representative_id


def _visible_to(viewer: Viewer) -> ColumnElement[bool]:
    return or_(not_(ActivityRow.confidential), _of(viewer.representative_id))


def _of(representative_id: UUID | None) -> ColumnElement[bool]:
    if representative_id is None:
        return literal(value=False)
    return or_(
        ActivityRow.owner_id == representative_id,
        ActivityRow.people.contains([f"r:{representative_id}"]),
    )


def _enclosing(start: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(ActivityRow.starts_at < end, ActivityRow.ends_at > start)


def _at_the_time_of(when: When) -> ColumnElement[bool]:
    """Found by the index over what activities span; those that only touch it are left out then."""
    around = func.tstzrange(when.starts_at, when.ends_at, "[]", type_=TSTZRANGE)
    return and_(SPAN.overlaps(around), _enclosing(when.starts_at, when.ends_at))


def _after(cursor: str) -> ColumnElement[bool]:
    start, activity_id = read_cursor(cursor, 2)
    try:
        position = tuple_(literal(datetime.fromisoformat(start)), literal(UUID(activity_id)))
    except ValueError:
        raise wrong_cursor() from None
    return tuple_(PLACED_AT, ActivityRow.id) < position
