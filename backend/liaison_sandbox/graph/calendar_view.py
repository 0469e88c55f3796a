"""/users/{id}/calendarView: the default calendar over a window; also which calendars there are."""

from flask import Blueprint, Response, request

from liaison_sandbox.graph import query
from liaison_sandbox.graph.access import find_event, open_mailbox
from liaison_sandbox.graph.answers import answer
from liaison_sandbox.graph.events import calendar_json, checked_id, list_answer
from liaison_sandbox.graph.world import World
from liaison_sandbox.model import CALENDAR, DELETED_ITEMS
from liaison_sandbox.problems import invalid_request


def create_calendar_view(world: World) -> Blueprint:
    view = Blueprint("calendar_view", __name__)
    lock = world.tenant.exchange.lock

    def calendar_view(user_id: str) -> Response:
        access = open_mailbox(world, user_id)
        start, end = query.read_window(request.args)
        with lock:
            listed = access.mailbox.in_window(start, end)
            return list_answer(world, access, listed, "calendarView")

    def instances(user_id: str, event_id: str) -> Response:
        access = open_mailbox(world, user_id)
        start, end = query.read_window(request.args)
        with lock:
            event = find_event(world, access, checked_id(event_id))
            if not event.is_master:
                raise invalid_request("Instances can be listed of a series master only.")
            members = access.mailbox.members_in(event, start, end)
            return list_answer(world, access, members, f"events/{event_id}/instances")

    def calendars(user_id: str) -> Response:
        access = open_mailbox(world, user_id)
        query.allow_only(request.args, {"$select", "$top"})
        names = [name for name in access.mailbox.folders if name != DELETED_ITEMS]
        seen = names if access.owns else [CALENDAR]
        return answer(
            {
                "@odata.context": f"{world.root}/$metadata#users('{access.person.oid}')/calendars",
                "value": [calendar_json(access, name) for name in seen],
            }
        )

    def calendar(user_id: str) -> Response:
        return answer(calendar_json(open_mailbox(world, user_id), CALENDAR))

    view.add_url_rule("/users/<user_id>/calendarView", view_func=calendar_view)
    view.add_url_rule("/users/<user_id>/calendar/calendarView", view_func=calendar_view)
    view.add_url_rule("/users/<user_id>/events/<event_id>/instances", view_func=instances)
    view.add_url_rule("/users/<user_id>/calendars", view_func=calendars)
    view.add_url_rule("/users/<user_id>/calendar", view_func=calendar)
    return view
