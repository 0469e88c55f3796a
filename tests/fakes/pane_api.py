"""The endpoints that the pages call, over a `PaneWorld`: small, but with the product's versions and refusals."""

import re
from collections.abc import Callable
from typing import Any

from fakes import pane_reviews, pane_runs
from fakes.pane_world import Json, PaneWorld, an_activity

Answer = tuple[int, Any, str | None]
ACTIVITY = r"/api/activities/([^/]+)"


def problem(status: int, code: str, title: str, **more: Any) -> Json:
    return {
        "type": f"about:{code}",
        "status": status,
        "code": code,
        "title": title,
        "detail": None,
        "traceId": f"trace-{code}",
    } | more


def answer(world: PaneWorld, call: Json) -> Answer:
    for method, pattern, endpoint in ENDPOINTS:
        match = re.fullmatch(pattern, call["path"])
        if match and method == call["method"]:
            return endpoint(world, call, *match.groups())
    return 404, problem(404, "not-found", f"There is no {call['method']} {call['path']}."), None


def _me(world: PaneWorld, _: Json) -> Answer:
    return 200, world.me, None


def _meeting(world: PaneWorld, _: Json) -> Answer:
    if not world.meeting:
        return (
            404,
            problem(404, "meeting-not-found", "Outlook does not know this meeting yet."),
            None,
        )
    return 200, world.meeting_view(), None


def _meetings(world: PaneWorld, call: Json) -> Answer:
    asked = call["query"]["linked"]
    lines = world.lists.get("meetings", [])
    found = [one for one in lines if asked == "both" or (asked == "true") is bool(one["link"])]
    return 200, {"items": found, "next": None}, None


def _link(world: PaneWorld, call: Json) -> Answer:
    if world.meeting and world.meeting["private"]:
        return (
            409,
            problem(
                409,
                "private",
                "Private meetings are not linked here.",
                detail="Your administrator chose that private meetings stay out of the CRM.",
            ),
            None,
        )
    body = call["body"]
    return 201, world.link_with(world.activities[body["activityId"]], scope=body["scope"]), None


def _unlink(world: PaneWorld, _: Json, __: str) -> Answer:
    assert world.link
    world.link |= {"state": "ended", "endedAt": "2026-11-20T09:05:00Z", "endedBy": "Anna Vogt"}
    return 204, None, None


def _deed(world: PaneWorld, _: Json, __: str, deed: str) -> Answer:
    if deed == "retract":
        world.link = None
    return 200, {"items": world.decisions[:1]}, None


def _activities(world: PaneWorld, call: Json) -> Answer:
    query = call["query"]
    words = query.get("query", "").lower()
    status = query.get("status")
    found = [
        a
        for a in world.activities.values()
        if words in a["subject"].lower()
        and (status == "deleted") == bool(a["deletedAt"])
        and status in (None, "deleted", a["status"])
    ]
    return _page(found, query)


def _page(found: list[Json], query: dict[str, str]) -> Answer:
    at, limit = int(query.get("cursor", 0)), int(query.get("limit", 50))
    rest = str(at + limit) if len(found) > at + limit else None
    return 200, {"items": found[at : at + limit], "next": rest}, None


def _create(world: PaneWorld, call: Json) -> Answer:
    body = dict(call["body"])
    if "scope" in body:
        assert world.meeting
        repeats = world.recurrence if body["scope"] == "series" else None
        activity = world.add(an_activity(world.meeting["subject"], recurrence=repeats))
        world.link_with(activity, scope=body["scope"])
        return 201, activity, None
    return 201, world.add(an_activity(**body)), None


def _read(world: PaneWorld, call: Json, activity_id: str) -> Answer:
    activity = world.activities.get(activity_id)
    if not activity:
        return 404, problem(404, "not-found", "This activity is not there."), None
    etag = f'"{activity["version"]}"'
    if call["headers"].get("If-None-Match") == etag:
        return 304, None, etag
    return 200, activity, etag


def _mails(world: PaneWorld, call: Json, activity_id: str) -> Answer:
    """As the server counts: an address of our own domain is not outside, whoever it belongs to."""
    people = [one for one in world.activities[activity_id]["participants"] if one["address"]]
    outside = [one["address"] for one in people if not one["address"].endswith("@nordwind.example")]
    mailed = [
        one["address"] for one in people if one["response"] != "organizer" and _is_invited(one)
    ]
    count = len({*mailed} & {*outside})
    told = {"people": len(mailed), "outsiders": count, "budget": 20, "willBeHeld": count > 20}
    return 200, told | {"outside": outside}, None


def _is_invited(one: Json) -> bool:
    return one["kind"] == "representative" if one["invite"] is None else one["invite"]


def _guarded(
    change: Callable[[PaneWorld, Json, str], Answer],
) -> Callable[[PaneWorld, Json, str], Answer]:
    def checked(world: PaneWorld, call: Json, activity_id: str) -> Answer:
        version = world.activities[activity_id]["version"]
        if call["headers"].get("If-Match") != f'"{version}"':
            return (
                409,
                problem(409, "version-mismatch", "Somebody else changed this activity meanwhile."),
                None,
            )
        return change(world, call, activity_id)

    return checked


def _patch(world: PaneWorld, call: Json, activity_id: str) -> Answer:
    body = dict(call["body"])
    if body.get("recurrence"):
        held = world.activities[activity_id]["recurrence"] or {"exceptions": [], "nextDates": []}
        body["recurrence"] = held | body["recurrence"]
    return 200, world.change(activity_id, **body), None


def _delete(world: PaneWorld, _: Json, activity_id: str) -> Answer:
    world.change(activity_id, deletedAt="2026-11-20T09:10:00Z")
    return 204, None, None


def _restore(world: PaneWorld, _: Json, activity_id: str) -> Answer:
    return 200, world.change(activity_id, deletedAt=None), None


def _decisions(world: PaneWorld, call: Json, _: str) -> Answer:
    return _page(world.decisions, call["query"])


def _list(world: PaneWorld, call: Json, name: str) -> Answer:
    """Of the representatives those whose name begins so; other lists are offered whole."""
    text = call["query"].get("query", "").lower() if name == "representatives" else ""
    found = [
        one for one in world.lists.get(name, []) if one.get("name", "").lower().startswith(text)
    ]
    return _page(found, call["query"])


def _add_to_list(world: PaneWorld, call: Json, name: str) -> Answer:
    entry = {"id": f"{name}-{len(world.lists.setdefault(name, []))}", "version": 1} | call["body"]
    world.lists[name].append(entry)
    return 201, entry, None


def _change_in_list(world: PaneWorld, call: Json, name: str, entry_id: str) -> Answer:
    entry = next(e for e in world.lists[name] if e["id"] == entry_id)
    entry |= call["body"] | {"version": entry["version"] + 1}
    return 200, entry, None


def _document(world: PaneWorld, _: Json, name: str) -> Answer:
    return 200, world.documents.get(name, {}), None


def _switch(world: PaneWorld, _: Json, name: str, deed: str) -> Answer:
    facts: dict[str, Json] = {
        "start": {"running": True}, "stop": {"running": False}, "restart": {"running": True},
        "lock": {"locked": True}, "unlock": {"locked": False}, "activate": {"active": True}, "deactivate": {"active": False},
    }  # fmt: skip
    world.documents[name] = world.documents.get(name, {}) | facts[deed]
    return 200, world.documents[name], None


def _put_document(world: PaneWorld, call: Json, name: str) -> Answer:
    document = world.documents.get(name, {})
    world.documents[name] = document | call["body"] | {"version": document.get("version", 0) + 1}
    return 200, world.documents[name], None


def _settle(world: PaneWorld, _: Json, name: str, entry_id: str, deed: str) -> Answer:
    entries = world.lists.get(name, []) + world.lists.get("waiting", [])
    entry = next((e for e in entries if e["id"] == entry_id), None)
    if entry is None:
        return 409, problem(409, "hold-settled", "This does not wait any more."), None
    listed = name if entry in world.lists[name] else "waiting"
    world.lists[listed].remove(entry)
    return (204, None, None) if deed == "retry" else (200, entry | {"status": deed}, None)


LISTS = r"(?:admin/)?(contacts|companies|representatives|decisions|mailboxes|reasons|audit|links|held|failed|waiting)"
ENDPOINTS: list[tuple[str, str, Callable[..., Answer]]] = [
    ("GET", "/api/me", _me),
    ("GET", "/api/meeting", _meeting),
    ("GET", "/api/meetings", _meetings),
    ("POST", "/api/links", _link),
    ("DELETE", r"/api/links/([^/]+)", _unlink),
    ("POST", r"/api/links/([^/]+)/settle", pane_reviews.settle),
    ("GET", "/api/reviews", pane_reviews.list_reviews),
    ("POST", r"/api/reviews/([^/]+)/resolve", pane_reviews.resolve),
    ("POST", r"/api/links/([^/]+)/(sync|retry|retract)", _deed),
    ("GET", "/api/activities", _activities),
    ("POST", "/api/activities", _create),
    ("GET", ACTIVITY, _read),
    ("GET", f"{ACTIVITY}/mails", _mails),
    ("PATCH", ACTIVITY, _guarded(_patch)),
    ("DELETE", ACTIVITY, _guarded(_delete)),
    ("POST", ACTIVITY + "/restore", _restore),
    ("GET", r"/api/(?:links|activities)/[^/]+/(decisions)", _decisions),
    ("GET", f"/api/{LISTS}", _list),
    ("POST", f"/api/{LISTS}", _add_to_list),
    ("PATCH", f"/api/{LISTS}/([^/]+)", _change_in_list),
    ("POST", r"/api/admin/(held|failed)/([^/]+)/(approve|discard|retry)", _settle),
    ("GET", "/api/admin/runs", pane_runs.list_all),
    ("POST", "/api/admin/runs", pane_runs.begin),
    ("GET", r"/api/admin/runs/([^/]+)", pane_runs.read),
    ("GET", r"/api/admin/runs/([^/]+)/items[.]csv", pane_runs.table),
    ("POST", r"/api/admin/runs/([^/]+)/twins", pane_runs.choose),
    ("POST", r"/api/admin/runs/([^/]+)/(apply|undo)", pane_runs.act),
    ("GET", r"/api/admin/(service|sync-user|policy)", _document),
    ("GET", r"/api/admin/policy/(presets|keys)", _list),
    ("PUT", r"/api/admin/(policy)", _put_document),
    ("POST", r"/api/admin/(service|sync-user)/([a-z]+)", _switch),
]
