"""/users/{id}/calendarView/delta, under each of the names that clients use for it."""

from typing import Any

from flask import Blueprint, Response, request

from liaison_sandbox.graph import query
from liaison_sandbox.graph.access import Access, open_mailbox
from liaison_sandbox.graph.answers import answer, preferences
from liaison_sandbox.graph.delta_rounds import DELTA, SKIP, DeltaPage, Removed, Round
from liaison_sandbox.graph.event_json import event_json, skeleton_json
from liaison_sandbox.graph.preferences import Preferences
from liaison_sandbox.graph.query import MOST_PER_PAGE, USUAL_PER_PAGE
from liaison_sandbox.graph.series_json import as_told
from liaison_sandbox.graph.world import World
from liaison_sandbox.model import Event
from liaison_sandbox.problems import GraphProblem, bad_request

_NAMES = ("delta", "delta()", "microsoft.graph.delta", "microsoft.graph.delta()")
_PARENTS = ("calendarView", "calendar/calendarView")


def create_delta(world: World) -> Blueprint:
    delta = Blueprint("delta", __name__)

    def calendar_view_delta(user_id: str) -> Response:
        access = open_mailbox(world, user_id)
        wanted = preferences()
        with world.tenant.exchange.lock:
            running = _round(world, access)
            size = min(wanted.page_size or USUAL_PER_PAGE, MOST_PER_PAGE)
            page = world.rounds.page(running, access.mailbox, size)
            return answer(
                _body(world, access, page, wanted),
                headers={"Preference-Applied": "odata.track-changes"},
            )

    for parent in _PARENTS:
        for name in _NAMES:
            rule = f"/users/<user_id>/{parent}/{name}"
            delta.add_url_rule(rule, f"{parent}/{name}".replace(".", "-"), calendar_view_delta)
    return delta


def _round(world: World, access: Access) -> Round:
    token = request.args.get(SKIP) or request.args.get(DELTA)
    if token is None:
        if request.args.keys() & {SKIP, DELTA}:
            raise bad_request("Badly formed token.")
        query.allow_only(request.args, ())
        start, end = query.read_window(request.args)
        return world.rounds.begin(access.mailbox, start, end, world.tenant.delta_generation)
    found = world.rounds.find(token)
    if found is None or found.mailbox != access.person.oid:
        raise bad_request("Badly formed token.")
    query.allow_only(request.args, {SKIP, DELTA})
    if found.generation != world.tenant.delta_generation:
        raise _expired(world, access, found)
    return found if SKIP in request.args else world.rounds.next_round(found, access.mailbox)


def _body(world: World, access: Access, page: DeltaPage, wanted: Preferences) -> dict[str, Any]:
    kind = "nextLink" if page.option == SKIP else "deltaLink"
    return {
        "@odata.context": f"{world.root}/$metadata#Collection(event)",
        "value": [_item(world, access, one, wanted) for one in page.items],
        f"@odata.{kind}": f"{_address(world, access)}?{page.option}={page.token}",
    }


def _item(
    world: World, access: Access, item: Event | Removed, wanted: Preferences
) -> dict[str, Any]:
    if isinstance(item, Removed):
        gone = item.immutable_id if wanted.immutable_ids else item.id
        return {
            "@odata.type": "#microsoft.graph.event",
            "id": gone,
            "@removed": {"reason": "deleted"},
        }
    if item.type == "occurrence":
        return skeleton_json(item, wanted)
    page = world.page_of(access.person)
    written = event_json(as_told(world, item), wanted, page, limited=access.hides(item))
    return {"@odata.type": "#microsoft.graph.event"} | written


def _address(world: World, access: Access) -> str:
    return f"{world.root}/users/{access.person.oid}/calendarView/delta"


def _expired(world: World, access: Access, found: Round) -> GraphProblem:
    location = f"{_address(world, access)}?$deltatoken="
    return GraphProblem(
        410,
        "SyncStateNotFound",
        "The sync state generation is not found; "
        f"generation={found.generation};[highest={world.tenant.delta_generation}]",
        {"Location": location},
    )
