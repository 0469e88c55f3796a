"""Our people in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from liaison.db.audit import record_act
from liaison.db.lists import among
from liaison.errors import NotFound, VersionMismatch
from liaison.people.model import DirectoryEntry, ImportCounts, Permission, Representative
from liaison.people.tables import RepresentativeRow


def find_by_oid(session: Session, tenant_id: str, oid: str) -> Representative | None:
    """The person whom a token names."""
    row = session.scalar(
        select(RepresentativeRow).where(
            RepresentativeRow.tenant_id == tenant_id, RepresentativeRow.oid == oid.lower()
        )
    )
    return None if row is None else _representative(row)


def get_representative(session: Session, representative_id: UUID) -> Representative:
    """Raises `NotFound`."""
    return _representative(_get_row(session, representative_id))


def find_representatives(session: Session, ids: Collection[UUID]) -> dict[UUID, Representative]:
    """Those that exist, by id."""
    rows = session.scalars(select(RepresentativeRow).where(RepresentativeRow.id.in_(ids)))
    return {row.id: _representative(row) for row in rows}


def list_representatives(session: Session) -> list[Representative]:
    """Everybody who was imported, by name."""
    rows = session.scalars(
        select(RepresentativeRow).order_by(RepresentativeRow.name, RepresentativeRow.id)
    )
    return [_representative(row) for row in rows]


def count_active(session: Session) -> int:
    """How many people are followed, or would be if the service ran."""
    return sum(one.is_synced and one.is_complete for one in list_representatives(session))


def list_domains(session: Session) -> list[str]:
    """The mail domains of our own addresses."""
    domain = func.split_part(RepresentativeRow.address, "@", 2)
    return [one for one in session.scalars(select(domain).distinct()) if one]


def find_by_addresses(session: Session, addresses: Iterable[str]) -> dict[str, Representative]:
    """Who carries each address (lower-case), as main address or alias. One that two claim names nobody."""
    wanted = {address.lower() for address in addresses if address}
    rows = session.scalars(
        select(RepresentativeRow).where(
            or_(
                among(RepresentativeRow.address, sorted(wanted)),
                RepresentativeRow.aliases.overlap(sorted(wanted)),
            )
        )
    )
    people = [_representative(row) for row in rows]
    claims = Counter(address for one in people for address in set(one.addresses))
    return (
        {address: one for one in people for address in one.addresses if claims[address] == 1}
        if wanted
        else {}
    )


def import_people(
    session: Session,
    tenant_id: str,
    people: Sequence[DirectoryEntry],
    *,
    actor: str,
    time_zone: str = "UTC",
) -> ImportCounts:
    """Take people of the directory over; repeatable. Switches, permissions and time zones of those known stay.

    `time_zone` is for those who are new.
    """
    known = {row.oid: row for row in _rows_of(session, tenant_id, people)}
    counts = Counter(
        _update(known[one.oid.lower()], one)
        if one.oid.lower() in known
        else _add(session, tenant_id, one, time_zone)
        for one in {entry.oid.lower(): entry for entry in people}.values()
    )
    session.flush()
    result = ImportCounts(counts["added"], counts["updated"], counts["unchanged"])
    details = {"added": result.added, "updated": result.updated}
    record_act(session, actor, "people-imported", tenant_id, details)
    return result


def change_representative(
    session: Session,
    representative_id: UUID,
    *,
    if_version: int,
    actor: str,
    sync_active: bool | None = None,
    permissions: Collection[str] | None = None,
) -> Representative:
    """Switch somebody on or off, or say what he may do. Raises `NotFound`, `VersionMismatch`."""
    row = _get_row(session, representative_id, for_update=True)
    if row.version != if_version:
        raise VersionMismatch(version=row.version)
    changed = _changed_switches(row, permissions, sync_active=sync_active)
    if changed:
        row.version += 1
        session.flush()
        record_act(session, actor, "representative-changed", row.name, changed)
    return _representative(row)


def _changed_switches(
    row: RepresentativeRow, permissions: Collection[str] | None, *, sync_active: bool | None
) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    if sync_active is not None and sync_active != row.sync_active:
        row.sync_active = changed["syncActive"] = sync_active
    if permissions is not None and set(permissions) != set(row.permissions):
        row.permissions = changed["permissions"] = sorted(Permission(one) for one in permissions)
    return changed


def _rows_of(
    session: Session, tenant_id: str, people: Sequence[DirectoryEntry]
) -> list[RepresentativeRow]:
    oids = {one.oid.lower() for one in people}
    return list(
        session.scalars(
            select(RepresentativeRow)
            .where(RepresentativeRow.tenant_id == tenant_id, RepresentativeRow.oid.in_(oids))
            .with_for_update()
        )
    )


def _add(session: Session, tenant_id: str, one: DirectoryEntry, time_zone: str) -> str:
    values = _directory_values(one) | {
        "tenant_id": tenant_id,
        "oid": one.oid.lower(),
        "permissions": [Permission.EXCHANGE_SYNC_USER],
        "time_zone": time_zone,
    }
    # Somebody else may import the same person at this moment: then his row is as good.
    session.execute(insert(RepresentativeRow).values(values).on_conflict_do_nothing())
    return "added"


def _update(row: RepresentativeRow, one: DirectoryEntry) -> str:
    differing = {
        name: value for name, value in _directory_values(one).items() if getattr(row, name) != value
    }
    for name, value in differing.items():
        setattr(row, name, value)
    row.version += bool(differing)
    return "updated" if differing else "unchanged"


def _directory_values(one: DirectoryEntry) -> dict[str, Any]:
    address = one.address.lower()
    return {
        "name": one.name,
        "address": address,
        "aliases": sorted({alias.lower() for alias in one.aliases} - {address, ""}),
        "has_mailbox": one.has_mailbox,
    }


def _get_row(
    session: Session, representative_id: UUID, *, for_update: bool = False
) -> RepresentativeRow:
    row = session.get(RepresentativeRow, representative_id, with_for_update=for_update)
    if row is None:
        raise NotFound
    return row


def _representative(row: RepresentativeRow) -> Representative:
    return Representative(
        id=row.id,
        tenant_id=row.tenant_id,
        oid=row.oid,
        name=row.name,
        address=row.address,
        aliases=tuple(row.aliases),
        sync_active=row.sync_active,
        permissions=frozenset(row.permissions),
        has_mailbox=row.has_mailbox,
        time_zone=row.time_zone,
        version=row.version,
    )
