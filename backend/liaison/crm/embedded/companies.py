"""Companies in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import literal, select, tuple_, update
from sqlalchemy.orm import Session

from liaison.crm.embedded.lexemes import as_vector, has_typed
from liaison.crm.embedded.pages import Page, cursor_of, read_cursor, wrong_cursor
from liaison.crm.embedded.tables import ActivityRow, CompanyRow
from liaison.crm.embedded.words import words_of
from liaison.crm.model import Company, CompanyKind
from liaison.crm.record_fields import company_fields
from liaison.db.lists import among
from liaison.errors import NotFound, VersionMismatch


def find_companies(session: Session, ids: Collection[UUID]) -> dict[UUID, Company]:
    """Those that exist, deleted ones included: activities keep the company they were about."""
    rows = session.scalars(select(CompanyRow).where(among(CompanyRow.id, ids)))
    return {row.id: _company(row) for row in rows}


def find_ids_by_domains(session: Session, domains: Collection[str]) -> set[UUID]:
    """Whose mail domains these are."""
    if not domains:
        return set()
    owners = select(CompanyRow.id).where(CompanyRow.domains.overlap(sorted(domains)))
    return set(session.scalars(owners.where(CompanyRow.deleted_at.is_(None))))


def get_company(session: Session, company_id: UUID) -> Company:
    """Raises `NotFound`, also for a deleted one."""
    return _company(_get_row(session, company_id))


def search_companies(
    session: Session, text: str = "", *, limit: int, cursor: str | None = None
) -> Page[Company]:
    """Companies with words that begin as typed, by name."""
    found = select(CompanyRow).where(
        CompanyRow.deleted_at.is_(None), *has_typed(CompanyRow.words, text)
    )
    if cursor is not None:
        name, company_id = read_cursor(cursor, 2)
        found = found.where(
            tuple_(CompanyRow.name, CompanyRow.id)
            > tuple_(literal(name), literal(_as_id(company_id)))
        )
    rows = session.scalars(found.order_by(CompanyRow.name, CompanyRow.id).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    items = [_company(row) for row in rows[:limit]]
    return Page(items, None if last is None else cursor_of(last.name, str(last.id)))


def create_company(session: Session, wishes: Mapping[str, Any]) -> Company:
    """Make a company (members: name, kind, domains). Raises `InvalidRequest`."""
    fields = company_fields({"kind": CompanyKind.OTHER, "domains": []} | dict(wishes))
    row = CompanyRow(**fields, words=_words(fields["name"], fields["domains"]))
    session.add(row)
    session.flush()
    return _company(row)


def change_company(
    session: Session, company_id: UUID, wishes: Mapping[str, Any], *, if_version: int
) -> Company:
    """Change members. Raises `NotFound`, `VersionMismatch`, `InvalidRequest`."""
    row = _get_row(session, company_id, if_version)
    fields = company_fields({"name": row.name} | dict(wishes))
    differing = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if differing:
        for name, value in differing.items():
            setattr(row, name, value)
        row.version += 1
        row.words = _words(row.name, row.domains)
        session.flush()
    if "name" in differing:
        _teach_activities(session, row)
    return _company(row)


def delete_company(session: Session, company_id: UUID, *, if_version: int, now: datetime) -> None:
    """Take it out of the lists; what refers to it keeps doing so. Raises `NotFound`, `VersionMismatch`."""
    row = _get_row(session, company_id, if_version)
    row.deleted_at = now
    row.version += 1
    session.flush()


def _teach_activities(session: Session, row: CompanyRow) -> None:
    """Its activities are found by the new name, too; the old one still finds them."""
    session.execute(
        update(ActivityRow)
        .where(ActivityRow.company_id == row.id)
        .values(words=ActivityRow.words.op("||")(as_vector(words_of(row.name))))
        .execution_options(synchronize_session=False)
    )


def _words(name: str, domains: Collection[str]) -> Any:
    return as_vector(words_of(name, *domains))


def _get_row(session: Session, company_id: UUID, if_version: int | None = None) -> CompanyRow:
    row = session.get(CompanyRow, company_id, with_for_update=if_version is not None or None)
    if row is None or row.deleted_at is not None:
        raise NotFound
    if if_version is not None and row.version != if_version:
        raise VersionMismatch(version=row.version)
    return row


def _as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise wrong_cursor() from None


def _company(row: CompanyRow) -> Company:
    return Company(row.id, row.name, CompanyKind(row.kind), tuple(row.domains), row.version)
