"""Our people in the database."""

from dataclasses import replace
from uuid import uuid4

import pytest

from liaison.db.audit import list_audit
from liaison.errors import NotFound, VersionMismatch
from liaison.people.model import ImportCounts
from liaison.people.representatives import (
    change_representative,
    find_by_addresses,
    find_by_oid,
    find_representatives,
    get_representative,
    import_people,
    list_representatives,
)
from people import ANN, BO, CARLA, TENANT_ID, Listed


@pytest.fixture
def session(database):
    with database.transaction() as session:
        yield session


def listed(one, **members):
    return replace(Listed(one.oid, one.name, one.address, one.aliases), **members)


def import_all(session, *people):
    return import_people(session, TENANT_ID, people, actor="Ann Berg", time_zone="Europe/Berlin")


def test_somebody_imported_is_known_by_tenant_and_oid(session):
    import_all(session, listed(ANN, address="Ann@Nordwind.example"))

    ann = find_by_oid(session, TENANT_ID, ANN.oid.upper())

    assert ann is not None
    assert (ann.address, ann.aliases, ann.time_zone) == (ANN.address, ANN.aliases, "Europe/Berlin")
    assert find_by_oid(session, "other-tenant", ANN.oid) is None


def test_somebody_imported_is_not_active_and_may_be_synced(session):
    import_all(session, listed(ANN))

    [ann] = list_representatives(session)

    assert (ann.sync_active, ann.permissions) == (False, {"EXCHANGE_SYNC_USER"})
    assert not ann.is_synced


def test_a_repeated_import_updates_names_and_addresses_and_keeps_the_switches(session):
    import_all(session, listed(ANN), listed(BO))
    ann = find_by_oid(session, TENANT_ID, ANN.oid)
    change_representative(
        session, ann.id, if_version=1, actor="Ann Berg", sync_active=True, permissions=[]
    )

    counts = import_all(session, listed(ANN, name="Ann Holm"), listed(BO), listed(CARLA))

    again = get_representative(session, ann.id)
    assert counts == ImportCounts(added=1, updated=1, unchanged=1)
    assert (again.name, again.sync_active, again.permissions) == ("Ann Holm", True, frozenset())
    assert again.version == 3


def test_the_same_person_twice_in_one_import_is_one(session):
    assert import_all(session, listed(ANN), listed(ANN)).added == 1


def test_people_without_a_mailbox_are_people_too(session):
    import_all(session, listed(ANN, address="", aliases=(), has_mailbox=False))

    [ann] = list_representatives(session)

    assert not ann.is_complete


def test_people_are_found_by_any_of_their_addresses(session):
    import_all(session, listed(ANN), listed(BO))

    found = find_by_addresses(session, ["A.Berg@nordwind.example", BO.address, "x@y.example", ""])

    assert {address: one.name for address, one in found.items() if address != ANN.address} == {
        "a.berg@nordwind.example": "Ann Berg",
        "bo@nordwind.example": "Bo Lind",
    }


def test_an_address_that_two_claim_names_nobody(session):
    import_all(session, listed(ANN), listed(BO, aliases=ANN.aliases))

    assert ANN.aliases[0] not in find_by_addresses(session, ANN.aliases)


def test_several_are_found_by_their_ids(session):
    import_all(session, listed(ANN), listed(BO))
    ann, _ = list_representatives(session)

    assert find_representatives(session, [ann.id, uuid4()]) == {ann.id: ann}


def test_a_switch_changes_once_and_is_audited(session):
    import_all(session, listed(ANN))
    [ann] = list_representatives(session)

    active = change_representative(
        session, ann.id, if_version=1, actor="Ann Berg", sync_active=True
    )
    again = change_representative(session, ann.id, if_version=2, actor="Ann Berg", sync_active=True)

    assert active.is_synced
    assert again == active
    acts = [(entry.action, entry.details) for entry in list_audit(session, limit=9)]
    assert acts[:-1] == [("representative-changed", {"syncActive": True})]


def test_stale_and_unknown_people_are_refused(session):
    import_all(session, listed(ANN))
    [ann] = list_representatives(session)

    with pytest.raises(VersionMismatch):
        change_representative(session, ann.id, if_version=5, actor="Ann Berg", sync_active=True)
    with pytest.raises(NotFound):
        get_representative(session, uuid4())
