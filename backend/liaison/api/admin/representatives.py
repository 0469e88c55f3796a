"""Our people: imported from the tenant, switched on and off, their mailboxes tried."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from tzlocal import get_localzone_name

from liaison.api.caller import caller
from liaison.api.paging import page_of
from liaison.api.repeating import Made, once_over_network
from liaison.api.routes import Routes
from liaison.api.schemas.people import (
    ImportAnswer,
    ImportRequest,
    MailboxTest,
    RepresentativeAnswer,
    RepresentativeChange,
    RepresentativesAnswer,
    RepresentativesQuery,
)
from liaison.api.services import services
from liaison.api.standing import sent_back
from liaison.api.versions import required_version
from liaison.api.waking import wake
from liaison.calendar.mailbox_switch import people_imported, representative_switched
from liaison.errors import GatewayError
from liaison.outlook.model import DirectoryPerson, Mailbox
from liaison.people import representatives as store
from liaison.people.model import Representative

READABLE = "The mailbox can be read."

representatives = Routes("Representatives", __name__, "Our people, for administrators.")


@representatives.get("/api/admin/representatives")
@representatives.asks(RepresentativesQuery)
@representatives.answers(RepresentativesAnswer)
def read(query: dict[str, Any]) -> dict[str, Any]:
    """Everybody who was imported, by name; `query` finds some by beginnings of their names or addresses."""
    with services().database.transaction() as session:
        everybody = store.list_representatives(session)
    return page_of([one for one in everybody if one.is_called(query["query"])], query)


@representatives.post("/api/admin/representatives/import")
@representatives.takes(ImportRequest)
@representatives.answers(ImportAnswer)
def import_from_tenant(wanted: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Take people over from the tenant; may be repeated, switches and permissions stay."""
    addresses = wanted["addresses"]

    def act() -> Made[dict[str, Any]]:
        mark = _import(addresses)
        return Made(mark, _imported(mark, addresses), HTTPStatus.OK)

    return once_over_network(act, lambda mark: _imported(mark, addresses))


def _import(addresses: Sequence[str] | None) -> str:
    """The numbers of who was added, updated, unchanged; then of each address that nobody has its place in the wish."""
    people, unknown = _look_up(addresses)
    tenant_id = caller().tenant_id
    with services().database.transaction() as session:
        counts = store.import_people(
            session,
            tenant_id,
            people,
            actor=caller().actor_name,
            time_zone=get_localzone_name() or "UTC",
        )
        wake(session, people_imported(session, services().clock.now()))
    numbers = (counts.added, counts.updated, counts.unchanged, *unknown)
    return " ".join(map(str, numbers))


def _imported(mark: str, addresses: Sequence[str] | None) -> dict[str, Any]:
    added, updated, unchanged, *unknown = map(int, mark.split())
    return {
        "added": added,
        "updated": updated,
        "unchanged": unchanged,
        "not_found": [(addresses or ())[place] for place in unknown],
    }


@representatives.patch("/api/admin/representatives/<uuid:representative_id>")
@sent_back(lambda representative_id: _get(representative_id), RepresentativeAnswer)  # noqa: PLW0108 - it stands below
@representatives.takes(RepresentativeChange)
@representatives.answers(RepresentativeAnswer)
def change(wishes: dict[str, Any], representative_id: UUID) -> Representative:
    """Switch somebody on or off, or say what he may do. What is sent back as it was listed is no wish."""
    version = required_version()
    with services().database.transaction() as session:
        changed = store.change_representative(
            session, representative_id, if_version=version, actor=caller().actor_name, **wishes
        )
        if changed.version != version:
            wake(session, representative_switched(session, changed, services().clock.now()))
        return changed


@representatives.does("/api/admin/representatives/<uuid:representative_id>/test")
@representatives.answers(MailboxTest)
def try_mailbox(representative_id: UUID) -> tuple[dict[str, Any], int]:
    """One cheap read of the mailbox; says what stands in the way."""

    def act() -> Made[dict[str, Any]]:
        obstacle = _probe(representative_id)
        return Made(obstacle, _tried(obstacle), HTTPStatus.OK)

    return once_over_network(act, _tried)


def _probe(representative_id: UUID) -> str:
    """Code and sentence of what stands in the way; empty where nothing does."""
    one = _get(representative_id)
    try:
        services().outlook.directory.probe_mailbox(Mailbox(one.tenant_id, one.oid))
    except GatewayError as error:
        return f"{error.code} {error.sentence}"
    return ""


def _get(representative_id: UUID) -> Representative:
    with services().database.transaction() as session:
        return store.get_representative(session, representative_id)


def _tried(obstacle: str) -> dict[str, Any]:
    code, _, sentence = obstacle.partition(" ")
    return {"ok": not code, "code": code or None, "sentence": sentence or READABLE}


def _look_up(addresses: Sequence[str] | None) -> tuple[list[DirectoryPerson], list[int]]:
    """The people, and the places of the addresses that nobody has."""
    directory = services().outlook.directory
    if addresses is None:
        return directory.list_people(), []
    found = {address: directory.find_person(address) for address in addresses}
    people = [person for person in found.values() if person is not None]
    places = {address: place for place, address in enumerate(addresses)}
    return people, [places[address] for address, person in found.items() if person is None]
