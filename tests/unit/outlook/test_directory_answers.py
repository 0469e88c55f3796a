"""Whom the directory finds by an address, before a server that answers as told."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.scripted_graph import Reply, ScriptedGraph, Seen
from liaison.errors import RequestRejected
from liaison.outlook.client import GraphClient
from liaison.outlook.users import GraphDirectory

REFUSED = Reply(400, {"error": {"code": "Request_UnsupportedQuery"}})


def user(name: str) -> dict[str, Any]:
    return {
        "id": f"0A0A0A0A-0000-4000-8000-00000000000{name[0]}",
        "displayName": name,
        "mail": f"{name}@Nordwind.example",
        "userPrincipalName": f"{name}.upn@nordwind.example",
        "proxyAddresses": [f"SMTP:{name}@Nordwind.example", f"smtp:{name}.alias@nordwind.example"],
    }


EVERYBODY = Reply(payload={"value": [user("1ann"), user("2bo")]})


@pytest.fixture
def directory(client: GraphClient) -> GraphDirectory:
    return GraphDirectory(client)


@pytest.mark.parametrize("wanted", ["2bo", "2BO.alias", "2bo.upn"])
def test_only_who_has_the_address_is_found_whatever_else_is_answered(
    graph: ScriptedGraph, directory: GraphDirectory, wanted: str
) -> None:
    graph.reply(EVERYBODY)

    found = directory.find_person(f"{wanted}@nordwind.example")

    assert found is not None
    assert found.name == "2bo"
    assert directory.find_person("nobody@nordwind.example") is None


def test_where_the_condition_is_not_known_the_person_is_found_among_all(
    graph: ScriptedGraph, directory: GraphDirectory
) -> None:
    graph.script = lambda seen: REFUSED if is_filtered(seen) else EVERYBODY

    found = directory.find_person("2bo.alias@nordwind.example")

    assert found is not None
    assert found.name == "2bo"


def test_a_directory_that_refuses_every_list_is_no_answer(
    graph: ScriptedGraph, directory: GraphDirectory
) -> None:
    graph.reply(REFUSED)

    with pytest.raises(RequestRejected):
        directory.find_person("2bo@nordwind.example")


def is_filtered(seen: Seen) -> bool:
    return "filter" in seen.path
