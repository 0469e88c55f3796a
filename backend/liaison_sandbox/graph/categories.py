"""/users/{id}/outlook/masterCategories."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from liaison_sandbox.graph import query
from liaison_sandbox.graph.access import Access, open_mailbox
from liaison_sandbox.graph.answers import answer, nothing, request_json
from liaison_sandbox.graph.world import World
from liaison_sandbox.problems import GraphProblem, bad_request, request_body_invalid

COLORS = frozenset({"none", *(f"preset{number}" for number in range(25))})
_AREA = "MailboxSettings"


def create_categories(world: World) -> Blueprint:
    return _Categories(world).blueprint()


class _Categories:
    def __init__(self, world: World) -> None:
        self._world = world

    def blueprint(self) -> Blueprint:
        routes = Blueprint("categories", __name__)
        every = "/users/<user_id>/outlook/masterCategories"
        one = f"{every}/<category_id>"
        routes.add_url_rule(every, view_func=self.list_all)
        routes.add_url_rule(every, view_func=self.create, methods=["POST"])
        routes.add_url_rule(one, view_func=self.read)
        routes.add_url_rule(one, view_func=self.recolor, methods=["PATCH"])
        routes.add_url_rule(one, view_func=self.remove, methods=["DELETE"])
        return routes

    def list_all(self, user_id: str) -> Response:
        access = open_mailbox(self._world, user_id, _AREA)
        query.allow_only(request.args, {"$select", "$top"})
        with self._world.tenant.exchange.lock:
            found = list(access.mailbox.categories.values())
        return answer({"@odata.context": _context(self._world, access), "value": found})

    def create(self, user_id: str) -> Response:
        access = open_mailbox(self._world, user_id, _AREA, write=True)
        body = _known(request_json(), {"displayName", "color"})
        name = body.get("displayName")
        if not isinstance(name, str) or not name:
            raise bad_request("displayName is needed.")
        with self._world.tenant.exchange.lock:
            own = access.mailbox.categories
            if any(one["displayName"].casefold() == name.casefold() for one in own.values()):
                raise GraphProblem(409, "CategoryNameDuplicate", "The category exists already.")
            made = {"id": str(uuid.uuid4()), "displayName": name, "color": _color(body)}
            own[made["id"]] = made
        context = f"{_context(self._world, access)}/$entity"
        return answer({"@odata.context": context} | made, 201)

    def read(self, user_id: str, category_id: str) -> Response:
        return answer(_find(open_mailbox(self._world, user_id, _AREA), category_id))

    def recolor(self, user_id: str, category_id: str) -> Response:
        access = open_mailbox(self._world, user_id, _AREA, write=True)
        body = _known(request_json(), {"displayName", "color"})
        if "displayName" in body:
            raise bad_request("The displayName of a category cannot be changed.")
        found = _find(access, category_id)
        found["color"] = _color(body)
        return answer(found)

    def remove(self, user_id: str, category_id: str) -> Response:
        access = open_mailbox(self._world, user_id, _AREA, write=True)
        with self._world.tenant.exchange.lock:
            del access.mailbox.categories[_find(access, category_id)["id"]]
        return nothing()


def _context(world: World, access: Access) -> str:
    return f"{world.root}/$metadata#users('{access.person.oid}')/outlook/masterCategories"


def _find(access: Access, category_id: str) -> dict[str, str]:
    found = access.mailbox.categories.get(category_id)
    if found is None:
        raise GraphProblem(404, "CategoryNotFound", "The category was not found.")
    return found


def _known(body: Mapping[str, Any], names: set[str]) -> Mapping[str, Any]:
    unknown = sorted(body.keys() - names)
    if unknown:
        raise request_body_invalid(f"'{unknown[0]}' is no property of an outlookCategory.")
    return body


def _color(body: Mapping[str, Any]) -> str:
    color = str(body.get("color", "none"))
    if color.casefold() not in COLORS:
        raise request_body_invalid(f"'{color}' is no member of 'microsoft.graph.categoryColor'.")
    return color.casefold()
