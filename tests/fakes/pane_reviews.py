"""Reviews and conflicts over a `PaneWorld`, with the product's refusals."""

from typing import Any

from fakes.pane_world import Json, PaneWorld

Answer = tuple[int, Any, str | None]


def a_contest(**changes: Any) -> Json:
    """A subject that both sides changed; a person has to choose."""
    contest = {"field": "subject", "outlook": "Offer, final", "crm": "Offer, draft", "how": "held"}
    return contest | changes


def settled_already() -> Json:
    return {
        "type": "about:review-settled",
        "status": 409,
        "code": "review-settled",
        "title": "This is not marked for editing any more.",
        "detail": None,
        "traceId": "trace-review-settled",
    }


def list_reviews(world: PaneWorld, _: Json) -> Answer:
    marked = [one for one in world.activities.values() if one["review"]]
    return 200, {"items": marked, "next": None}, None


def resolve(world: PaneWorld, call: Json, activity_id: str) -> Answer:
    answer, activity = call["body"], world.activities[activity_id]
    address, reason = answer.get("address"), answer.get("reason")
    left = [
        mark
        for mark in activity["review"]
        if (mark["address"] != address if address else mark["reason"] != reason)
    ]
    known = {one["address"] for one in world.people if one["match"]["kind"] in _DOUBTFUL}
    if len(left) == len(activity["review"]) and address not in known:
        return 409, settled_already(), None
    for one in world.people:
        if one["address"] == address and "ignore" not in answer:
            one["match"] = {"kind": "contact", "id": answer.get("contactId"), "candidates": []}
    return 200, world.change(activity_id, review=left), None


_DOUBTFUL = {"unknown", "ambiguous"}


def settle(world: PaneWorld, call: Json, _: str) -> Answer:
    assert world.link
    field = call["body"]["field"]
    world.link["contested"] = [one for one in world.link["contested"] if one["field"] != field]
    return 200, world.link, None
