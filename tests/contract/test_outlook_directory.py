"""What the port of the tenant's people promises, asked of the fake and of the gateway alike."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fakes.outlook_worlds import Transaction, World

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOBODY = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"


def test_a_mailbox_in_order_passes_the_probe(world: World) -> None:
    world.create("ann", "Offer", NOON)
    assert world.outlook.directory.probe_mailbox(world.mailbox("ann")) is None


def test_no_call_is_made_inside_a_transaction(world: World, transaction: Transaction) -> None:
    transaction.is_open = True
    with pytest.raises(AssertionError):
        world.outlook.directory.list_people()


def test_the_people_with_a_mailbox_are_listed(world: World) -> None:
    people = world.outlook.directory.list_people()
    assert {person.oid for person in people} == {world.oid("ann"), world.oid("bo")}


@pytest.mark.parametrize(
    "name", ["ann@nordwind.example", "ANN@Nordwind.Example", "a.berg@nordwind.example", "oid"]
)
def test_a_person_is_found_by_any_name(world: World, name: str) -> None:
    person = world.outlook.directory.find_person(world.oid("ann") if name == "oid" else name)
    assert person is not None
    assert (person.oid, person.name) == (world.oid("ann"), "Ann Berg")
    assert (person.address, person.aliases) == (
        "ann@nordwind.example",
        ("a.berg@nordwind.example",),
    )


def test_a_person_without_a_mailbox_is_found_too(world: World) -> None:
    person = world.outlook.directory.find_person("cem@nordwind.example")
    assert person is not None
    assert (person.oid, person.has_mailbox) == (world.oid("cem"), False)


@pytest.mark.parametrize("name", ["", "nobody@nordwind.example", "o'neil@nordwind.example", NOBODY])
def test_nobody_is_found_by_an_unknown_name(world: World, name: str) -> None:
    assert world.outlook.directory.find_person(name) is None
