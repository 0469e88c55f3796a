"""Contacts in the database. An address may belong to several of them; then it identifies nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, literal, select, tuple_, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from liaison.crm.embedded.companies import find_companies
from liaison.crm.embedded.lexemes import as_vector, has_typed
from liaison.crm.embedded.pages import Page, cursor_of, read_cursor, wrong_cursor
from liaison.crm.embedded.tables import ContactAddressRow, ContactRow
from liaison.crm.embedded.words import words_of
from liaison.crm.model import Contact
from liaison.crm.record_fields import contact_fields
from liaison.db.lists import among
from liaison.errors import InvalidRequest, NotFound, VersionMismatch

EMPTY: Mapping[str, Any] = {
    "given_name": "",
    "surname": "",
    "addresses": (),
    "phone": "",
    "mobile": "",
    "job_title": "",
    "company_id": None,
    "synchronize": False,
}
REMEMBERED = "remembered"
LIST_ORDER = (ContactRow.surname, ContactRow.given_name, ContactRow.id)


def find_by_addresses(session: Session, addresses: Collection[str]) -> dict[str, list[Contact]]:
    """All that carry each address (lower-case), also as a remembered alias; addresses of nobody are left out.

    Where a person said who is meant, it is that one alone.
    """
    row = ContactAddressRow
    carried = select(row.address, row.contact_id, row.confirmed).where(
        among(row.address, addresses)
    )
    rows = session.execute(carried.order_by(row.contact_id)).all() if addresses else []
    contacts = find_contacts(session, {contact_id for _, contact_id, _ in rows})
    present = [one for one in rows if one.contact_id in contacts]
    settled = {one.address for one in present if one.confirmed}
    found: dict[str, list[Contact]] = {}
    for address, contact_id, confirmed in present:
        if confirmed or address not in settled:
            found.setdefault(address, []).append(contacts[contact_id])
    return found


def find_contacts(session: Session, ids: Collection[UUID]) -> dict[UUID, Contact]:
    """Those that exist and are not deleted."""
    if not ids:
        return {}
    present = select(ContactRow).where(among(ContactRow.id, ids), ContactRow.deleted_at.is_(None))
    return {one.id: one for one in _contacts(session, session.scalars(present))}


def get_contact(session: Session, contact_id: UUID) -> Contact:
    """Raises `NotFound`, also for a deleted one."""
    return next(iter(_contacts(session, [_get_row(session, contact_id)])))


def search_contacts(
    session: Session,
    text: str = "",
    *,
    company_id: UUID | None = None,
    limit: int,
    cursor: str | None = None,
) -> Page[Contact]:
    """Contacts with words (names, addresses) that begin as typed, by surname."""
    found = select(ContactRow).where(
        ContactRow.deleted_at.is_(None), *has_typed(ContactRow.words, text)
    )
    if company_id is not None:
        found = found.where(ContactRow.company_id == company_id)
    if cursor is not None:
        found = found.where(tuple_(*LIST_ORDER) > _position(cursor))
    rows = session.scalars(found.order_by(*LIST_ORDER).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    behind = None if last is None else cursor_of(last.surname, last.given_name, str(last.id))
    return Page(list(_contacts(session, rows[:limit])), behind)


def create_contact(session: Session, wishes: Mapping[str, Any]) -> Contact:
    """Make a contact (members of `Contact`). Raises `InvalidRequest`."""
    own = {name: value for name, value in wishes.items() if name != REMEMBERED}
    _check_forgetting((), wishes.get(REMEMBERED, ()))
    fields = contact_fields({**EMPTY, **own})
    _check_company(session, fields["company_id"])
    addresses = fields.pop("addresses")
    row = ContactRow(**fields, words=_words(fields, addresses))
    session.add(row)
    session.flush()
    _save_addresses(session, row.id, addresses)
    return get_contact(session, row.id)


def change_contact(
    session: Session, contact_id: UUID, wishes: Mapping[str, Any], *, if_version: int
) -> Contact:
    """Change members; remembered aliases can be left out. Raises `NotFound`, `VersionMismatch`, `InvalidRequest`."""
    row = _get_row(session, contact_id, if_version)
    now = get_contact(session, contact_id)
    before = {name: getattr(now, name) for name in EMPTY}
    own = {name: value for name, value in wishes.items() if name != REMEMBERED}
    fields = contact_fields(before | own)
    _check_company(session, fields["company_id"])
    forgotten = _check_forgetting(now.remembered, wishes.get(REMEMBERED, now.remembered))
    addresses = fields.pop("addresses")
    if {**fields, "addresses": tuple(addresses)} == before and not forgotten:
        return now
    _forget(session, contact_id, forgotten)
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.words = _words(fields, addresses)
    _save_addresses(session, contact_id, addresses)
    return get_contact(session, contact_id)


def delete_contact(session: Session, contact_id: UUID, *, if_version: int, now: datetime) -> None:
    """Take him out of the lists and of matching. Raises `NotFound`, `VersionMismatch`."""
    row = _get_row(session, contact_id, if_version)
    row.deleted_at = now
    row.version += 1
    session.flush()


def remember_alias(session: Session, contact_id: UUID, address: str) -> None:
    """A person said that this address is this contact's: from now on it finds him, and nobody else."""
    address = address.lower()
    row = ContactAddressRow
    said = {"contact_id": contact_id, "address": address, "position": 0}
    session.execute(upsert(row).values(**said, remembered=True).on_conflict_do_nothing())
    session.execute(
        update(row)
        .where(row.address == address)
        .values(confirmed=row.contact_id == contact_id)
        .execution_options(synchronize_session=False)
    )


def _check_forgetting(remembered: Collection[str], kept: Collection[str]) -> set[str]:
    """The aliases that are left out. New ones come by reviews only: there somebody said whose they are."""
    wished = {one.strip().lower() for one in kept}
    if wished - set(remembered):
        sentence = "Aliases are remembered by reviews; here they can only be taken away."
        raise InvalidRequest(sentence, errors={REMEMBERED: [sentence]})
    return set(remembered) - wished


def _forget(session: Session, contact_id: UUID, aliases: Collection[str]) -> None:
    row = ContactAddressRow
    session.execute(
        delete(row).where(row.contact_id == contact_id, row.remembered, row.address.in_(aliases))
    )


def _save_addresses(session: Session, contact_id: UUID, addresses: Iterable[str]) -> None:
    """His own addresses; remembered aliases stay. One that he did not carry before is nobody's for sure any more."""
    own = list(addresses)
    row = ContactAddressRow
    his = select(row.address).where(row.contact_id == contact_id)
    known = set(session.scalars(his))
    session.execute(
        delete(row).where(row.contact_id == contact_id, ~row.remembered, row.address.not_in(own))
    )
    fresh = [address for address in own if address not in known]
    session.execute(update(row).where(row.address.in_(fresh)).values(confirmed=False))
    if own:
        saved = upsert(row).values(
            [
                {"contact_id": contact_id, "address": address, "position": position}
                for position, address in enumerate(own)
            ]
        )
        becomes_own = {"position": saved.excluded.position, "remembered": False}
        keys = ["contact_id", "address"]
        session.execute(saved.on_conflict_do_update(index_elements=keys, set_=becomes_own))
    session.flush()


def _check_company(session: Session, company_id: UUID | None) -> None:
    if company_id is not None and company_id not in find_companies(session, [company_id]):
        raise InvalidRequest(errors={"companyId": ["There is no such company."]})


def _words(fields: Mapping[str, Any], addresses: Iterable[str]) -> Any:
    return as_vector(words_of(fields["given_name"], fields["surname"], *addresses))


def _get_row(session: Session, contact_id: UUID, if_version: int | None = None) -> ContactRow:
    row = session.get(ContactRow, contact_id, with_for_update=if_version is not None or None)
    if row is None or row.deleted_at is not None:
        raise NotFound
    if if_version is not None and row.version != if_version:
        raise VersionMismatch(version=row.version)
    return row


def _position(cursor: str) -> Any:
    surname, given_name, contact_id = read_cursor(cursor, 3)
    try:
        return tuple_(literal(surname), literal(given_name), literal(UUID(contact_id)))
    except ValueError:
        raise wrong_cursor() from None


def _contacts(session: Session, rows: Iterable[ContactRow]) -> Iterable[Contact]:
    rows = list(rows)
    addresses = _addresses_of(session, [row.id for row in rows])
    for row in rows:
        yield Contact(
            id=row.id,
            given_name=row.given_name,
            surname=row.surname,
            addresses=tuple(addresses.get((row.id, False), ())),
            version=row.version,
            phone=row.phone,
            mobile=row.mobile,
            job_title=row.job_title,
            company_id=row.company_id,
            synchronize=row.synchronize,
            remembered=tuple(addresses.get((row.id, True), ())),
        )


def _addresses_of(session: Session, ids: Collection[UUID]) -> dict[tuple[UUID, bool], list[str]]:
    """By contact, and whether they are remembered aliases."""
    row = ContactAddressRow
    in_order = aggregate_order_by(row.address, row.position, row.address)
    each = select(row.contact_id, row.remembered, func.array_agg(in_order))
    grouped = each.where(among(row.contact_id, ids)).group_by(row.contact_id, row.remembered)
    return {
        (contact_id, remembered): list(addresses)
        for contact_id, remembered, addresses in session.execute(grouped)
    }
