"""Contacts and companies of the embedded CRM."""

from uuid import uuid4

import pytest

from builders import a_company, a_contact
from liaison.crm.embedded import companies, contacts
from liaison.errors import InvalidRequest, NotFound, VersionMismatch


@pytest.fixture
def session(database):
    with database.transaction() as session:
        yield session


def test_a_contact_is_kept_as_given(session):
    company = companies.create_company(session, a_company())

    made = contacts.create_contact(
        session,
        a_contact(addresses=["Ines@Contoso.example", "i@c.example"], company_id=company.id),
    )

    assert made.addresses == ("ines@contoso.example", "i@c.example")
    assert contacts.get_contact(session, made.id) == made


def test_all_problems_of_a_contact_are_told_together(session):
    wrong = {"addresses": ["no address"], "phone": "1" * 300}

    with pytest.raises(InvalidRequest) as refusal:
        contacts.create_contact(session, wrong)

    assert sorted(refusal.value.facts["errors"]) == ["addresses", "phone", "surname"]


def test_a_contact_of_an_unknown_company_is_refused(session):
    with pytest.raises(InvalidRequest):
        contacts.create_contact(session, a_contact(company_id=uuid4()))


def test_a_changed_contact_has_a_new_version_and_is_found_by_his_new_address(session):
    made = contacts.create_contact(session, a_contact())

    changed = contacts.change_contact(
        session, made.id, {"addresses": ["ines.moreau@contoso.example"]}, if_version=1
    )

    found = contacts.find_by_addresses(session, [*made.addresses, *changed.addresses])
    assert found == {"ines.moreau@contoso.example": [changed]}
    assert changed.version == 2


def test_a_change_that_changes_nothing_leaves_the_contacts_version(session):
    made = contacts.create_contact(session, a_contact())

    assert contacts.change_contact(session, made.id, a_contact(), if_version=1) == made


def test_stale_and_unknown_contacts_are_refused(session):
    made = contacts.create_contact(session, a_contact())

    with pytest.raises(VersionMismatch):
        contacts.change_contact(session, made.id, {"phone": "1"}, if_version=7)
    with pytest.raises(NotFound):
        contacts.change_contact(session, uuid4(), {"phone": "1"}, if_version=1)


def test_a_deleted_contact_is_found_no_more(session, clock):
    made = contacts.create_contact(session, a_contact())

    contacts.delete_contact(session, made.id, if_version=1, now=clock.now())

    assert contacts.find_by_addresses(session, made.addresses) == {}
    assert contacts.search_contacts(session, "ines", limit=5).items == []
    with pytest.raises(NotFound):
        contacts.get_contact(session, made.id)


def test_a_remembered_alias_finds_the_contact_without_becoming_his_address(session):
    made = contacts.create_contact(session, a_contact())

    contacts.remember_alias(session, made.id, "I.Moreau@home.example")
    contacts.remember_alias(session, made.id, "i.moreau@home.example")
    contacts.change_contact(session, made.id, {"phone": "1"}, if_version=1)

    [found] = contacts.find_by_addresses(session, ["i.moreau@home.example"])[
        "i.moreau@home.example"
    ]
    assert (found.id, found.addresses) == (made.id, made.addresses)


def test_contacts_are_found_by_the_beginnings_of_names_and_addresses(session):
    ines = contacts.create_contact(session, a_contact())
    contacts.create_contact(session, a_contact(given_name="Jon", surname="Okafor", addresses=[]))

    for typed in ("mor", "INES mo", "contoso"):
        assert contacts.search_contacts(session, typed, limit=5).items == [ines]


def test_contacts_come_in_pages_by_surname(session):
    company = companies.create_company(session, a_company())
    for surname in ("Zorn", "Adam", "Moss"):
        contacts.create_contact(session, a_contact(surname=surname, company_id=company.id))

    first = contacts.search_contacts(session, company_id=company.id, limit=2)
    rest = contacts.search_contacts(session, company_id=company.id, limit=2, cursor=first.next)

    assert [one.surname for one in first.items] == ["Adam", "Moss"]
    assert ([one.surname for one in rest.items], rest.next) == (["Zorn"], None)


def test_all_problems_of_a_company_are_told_together(session):
    with pytest.raises(InvalidRequest) as refusal:
        companies.create_company(session, {"kind": "friend", "domains": ["@"]})

    assert sorted(refusal.value.facts["errors"]) == ["domains", "kind", "name"]


def test_companies_are_found_by_words_and_domains_until_they_are_deleted(session, clock):
    contoso = companies.create_company(session, a_company())

    assert companies.search_companies(session, "cont", limit=5).items == [contoso]
    assert companies.find_ids_by_domains(session, {"contoso.example"}) == {contoso.id}

    companies.delete_company(session, contoso.id, if_version=1, now=clock.now())

    assert companies.search_companies(session, limit=5).items == []
    assert companies.find_ids_by_domains(session, {"contoso.example"}) == set()
    assert contoso.id in companies.find_companies(session, [contoso.id])


def test_a_changed_company_has_a_new_version(session):
    contoso = companies.create_company(session, a_company())

    changed = companies.change_company(session, contoso.id, {"name": "Contoso Ltd"}, if_version=1)

    assert companies.get_company(session, contoso.id) == changed
    assert (changed.name, changed.version) == ("Contoso Ltd", 2)


def test_companies_come_in_pages_by_name(session):
    for name in ("Tailspin", "Adatum", "Litware"):
        companies.create_company(session, a_company(name=name))

    first = companies.search_companies(session, limit=2)
    rest = companies.search_companies(session, limit=2, cursor=first.next)

    assert [one.name for one in first.items + rest.items] == ["Adatum", "Litware", "Tailspin"]
