"""/users: the directory. Needs User.Read.All of the app; mailboxes play no part here."""

import re
from typing import Any

from flask import Blueprint, Response, request

from liaison_sandbox.graph import query
from liaison_sandbox.graph.access import authenticate, require
from liaison_sandbox.graph.answers import answer
from liaison_sandbox.graph.world import World
from liaison_sandbox.person import Person
from liaison_sandbox.problems import GraphProblem, bad_request
from liaison_sandbox.zones import windows_name

_DEFAULT = (
    "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone",
    "officeLocation", "preferredLanguage", "surname", "userPrincipalName", "id",
)  # fmt: skip
_MORE = (
    "accountEnabled",
    "proxyAddresses",
    "otherMails",
    "userType",
    "mailboxSettings",
    "imAddresses",
)
_USUAL_PAGE = 100
_MOST_PER_PAGE = 999
_TEXT = r"'((?:[^']|'')*)'"
_EQUALS = re.compile(rf"^(mail|userPrincipalName|id|displayName)\s+eq\s+{_TEXT}$")
_STARTS = re.compile(rf"^startswith\((mail|userPrincipalName|displayName),\s*{_TEXT}\)$")
_PROXY = re.compile(rf"^proxyAddresses/any\(\s*(\w+)\s*:\s*\1\s+eq\s+{_TEXT}\s*\)$", re.IGNORECASE)


def create_users(world: World) -> Blueprint:
    users = Blueprint("users", __name__)

    def list_users() -> Response:
        require(authenticate(world), "User")
        query.allow_only(
            request.args, {"$select", "$filter", "$top", "$skiptoken", "$count", "$orderby"}
        )
        names = query.read_select(request.args, (*_DEFAULT, *_MORE), "user")
        if "mailboxSettings" in names:
            raise bad_request("'mailboxSettings' can be selected for a single user only.")
        hits = [one for one in world.tenant.people if _matches(one, request.args.get("$filter"))]
        return _page(world, [_user(one, names) for one in hits])

    def get_user(user_id: str) -> Response:
        require(authenticate(world), "User")
        query.allow_only(request.args, {"$select"})
        names = query.read_select(request.args, (*_DEFAULT, *_MORE), "user")
        person = world.tenant.find_person(user_id)
        if person is None:
            raise GraphProblem(
                404,
                "Request_ResourceNotFound",
                f"Resource '{user_id}' does not exist or one of its queried reference-property "
                "objects are not present.",
            )
        context = {"@odata.context": f"{world.root}/$metadata#users/$entity"}
        return answer(context | _user(person, names))

    users.add_url_rule("/users", view_func=list_users)
    users.add_url_rule("/users/<user_id>", view_func=get_user)
    return users


def _page(world: World, written: list[dict[str, Any]]) -> Response:
    top, after = request.args.get("$top", str(_USUAL_PAGE)), request.args.get("$skiptoken", "0")
    if not (top.isdigit() and after.isdigit() and 0 < int(top) <= _MOST_PER_PAGE):
        raise GraphProblem(400, "Request_UnsupportedQuery", "Invalid page size or skip token.")
    begun, ends = int(after), int(after) + int(top)
    body: dict[str, Any] = {
        "@odata.context": f"{world.root}/$metadata#users",
        "value": written[begun:ends],
    }
    if ends < len(written):
        page = query.Page(int(top), begun)
        link = query.next_link(f"{world.root}/users", request.args.to_dict(), page)
        body["@odata.nextLink"] = link.replace("%24skip=", "%24skiptoken=")
    return answer(body)


def _user(person: Person, names: frozenset[str]) -> dict[str, Any]:
    given, _, surname = person.name.partition(" ")
    has_mailbox = person.mailbox_state != "none"
    full: dict[str, Any] = {
        "id": person.oid,
        "displayName": person.name,
        "givenName": given,
        "surname": surname,
        "mail": person.address if has_mailbox else None,
        "userPrincipalName": person.address,
        "businessPhones": [],
        "jobTitle": None,
        "mobilePhone": None,
        "officeLocation": None,
        "preferredLanguage": None,
        "accountEnabled": True,
        "userType": "Member",
        "otherMails": [],
        "imAddresses": [person.address],
        "proxyAddresses": _proxy_addresses(person) if has_mailbox else [],
        "mailboxSettings": {"timeZone": windows_name(person.time_zone)},
    }
    return {name: full[name] for name in (names | {"id"} if names else _DEFAULT)}


def _proxy_addresses(person: Person) -> list[str]:
    """The main address is marked by capitals, as Exchange does."""
    return [f"SMTP:{person.address}", *(f"smtp:{alias}" for alias in person.aliases)]


def _matches(person: Person, expression: str | None) -> bool:
    """Clauses joined by `or`; texts compare without regard to case."""
    if not expression:
        return True
    return any(
        _matches_clause(person, clause.strip()) for clause in re.split(r"\s+or\s+", expression)
    )


def _matches_clause(person: Person, clause: str) -> bool:
    user = _user(person, frozenset({"mail", "userPrincipalName", "displayName"}))
    if found := _EQUALS.match(clause):
        return (user[found.group(1)] or "").casefold() == _unquote(found.group(2))
    if found := _STARTS.match(clause):
        return str(user[found.group(1)] or "").casefold().startswith(_unquote(found.group(2)))
    if found := _PROXY.match(clause):
        wanted = _unquote(found.group(2))
        return wanted in [one.casefold() for one in _proxy_addresses(person)]
    raise GraphProblem(400, "Request_UnsupportedQuery", f"Unsupported filter: {clause}")


def _unquote(text: str) -> str:
    return text.replace("''", "'").casefold()
