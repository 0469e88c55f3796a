"""Our people: imported from the tenant, switched on and off, their mailboxes tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tzlocal import get_localzone_name

from liaison.api.caller import caller
from liaison.api.paging import page_of
from liaison.api.repeating import repeatable
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
from liaison.api.versions import required_version
from liaison.api.waking import wake
from liaison.calendar.mailbox_switch import people_imported, representative_switched
from liaison.errors import GatewayError
from liaison.outlook.model import DirectoryPerson, Mailbox
from liaison.people import representatives as store
from liaison.people.model import Representative

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
@repeatable
def import_from_tenant(wanted: dict[str, Any]) -> dict[str, Any]:
    """Take people over from the tenant; may be repeated, switches and permissions stay."""
    people, not_found = _look_up(wanted["addresses"])
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
    return {
        "added": counts.added,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "not_found": not_found,
    }


@representatives.patch("/api/admin/representatives/<uuid:representative_id>")
@representatives.takes(RepresentativeChange)
@representatives.answers(RepresentativeAnswer)
def change(wishes: dict[str, Any], representative_id: UUID) -> Representative:
    """Switch somebody on or off, or say what he may do."""
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
@repeatable
def try_mailbox(representative_id: UUID) -> dict[str, Any]:
    """One cheap read of the mailbox; says what stands in the way."""
    with services().database.transaction() as session:
        one = store.get_representative(session, representative_id)
    try:
        services().outlook.directory.probe_mailbox(Mailbox(one.tenant_id, one.oid))
    except GatewayError as error:
        return {"ok": False, "code": error.code, "sentence": error.sentence}
    return {"ok": True, "code": None, "sentence": "The mailbox can be read."}


def _look_up(addresses: Sequence[str] | None) -> tuple[list[DirectoryPerson], list[str]]:
    directory = services().outlook.directory
    if addresses is None:
        return directory.list_people(), []
    found = {address: directory.find_person(address) for address in addresses}
    people = [person for person in found.values() if person is not None]
    return people, [address for address, person in found.items() if person is None]
