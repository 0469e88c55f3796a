"""Initial syncs over a `PaneWorld`: a run is done as soon as somebody asks how far it is."""

from typing import Any

from fakes.pane_world import Json, PaneWorld

Answer = tuple[int, Any, str | None]
MEANS = {
    "activity-updated": "Fields of the meeting changed in Outlook.",
    "not-linked": "Nobody linked this meeting.",
}
ITEM = {
    "id": "i1",
    "mailbox": "anna@nordwind.example",
    "start": "2026-11-24T09:00:00+00:00",
    "reason": "activity-updated",
    "means": MEANS["activity-updated"],
    "action": "update-activity",
    "outcome": "applied",
    "state": "planned",
    "changes": True,
    "activityId": "a1",
    "subject": "Renewal Contoso",
    "before": {"subject": "Offer", "location": ""},
    "after": {"subject": "Renewal Contoso", "location": "Room 7"},
    "outlook": {"write": "change-event", "fields": ["place"], "people": 3},
    "linkable": False,
    "linked": False,
}
PRIVATE = ITEM | {
    "id": "i2",
    "reason": "not-linked",
    "means": MEANS["not-linked"],
    "activityId": None,
    "subject": None,
    "before": None,
    "after": None,
    "outlook": None,
    "changes": False,
}
NOTHING_UNDONE = {
    "possible": 0,
    "created": 0,
    "newer": 0,
    "meetings": 0,
    "mails": 0,
    "left": [],
    "stay": [],
}


def a_run(**members: Any) -> Json:
    """A plan of Anna's mailbox."""
    return {
        "id": "r1",
        "kind": "initial",
        "dryRun": True,
        "status": "planned",
        "phase": None,
        "progress": {"done": 1, "total": 1},
        "counts": {"activity-updated": 1, "not-linked": 40},
        "means": dict(MEANS),
        "mails": {"people": 3, "outsiders": 2},
        "trial": None,
        "policyInForce": True,
        "createdAt": "2026-11-20T09:02:00Z",
        "createdBy": "Anna Vogt",
        "finishedAt": None,
        "error": None,
        "mailboxes": [],
        "activates": 0,
        "stale": False,
        "changing": 1,
        "twins": 0,
        "linkable": 0,
        "linked": 0,
        "applied": {"planned": 1, "applied": 0, "stale": 0, "undone": 0},
        "undo": dict(NOTHING_UNDONE),
        "items": [dict(ITEM), dict(PRIVATE)],
        "next": None,
    } | members


def begin(world: PaneWorld, call: Json) -> Answer:
    planned, preset = call["body"]["dryRun"], call["body"].get("preset")
    done = {"dryRun": planned, "status": "planned" if planned else "done"}
    keys = call["body"].get("policy", {"capture": "all"} if preset else {})
    if keys:
        trial = {"preset": preset, "keys": keys}
        done |= {"trial": trial, "stale": True, "policyInForce": False}
    world.documents["run"] = a_run(**done) | ({} if planned else {"applied": None})
    under_way = {
        "stale": False,
        "status": "running",
        "phase": "plan" if planned else "carry-out",
        "items": [],
    }
    progress = {"progress": {"done": 0, "total": 1}, "counts": {}, "undo": a_run()["undo"]}
    return 202, world.documents["run"] | under_way | progress, None


def list_all(world: PaneWorld, _: Json) -> Answer:
    run = world.documents.get("run")
    return 200, {"items": [run] if run else [], "next": None}, None


def read(world: PaneWorld, call: Json, _run_id: str) -> Answer:
    run, reason = world.documents["run"], call["query"].get("reason")
    some = "changes" in call["query"]
    found = [
        one
        for one in run["items"]
        if (not reason or one["reason"] == reason) and (one["changes"] or not some)
    ]
    return 200, run | {"items": found}, None


def act(world: PaneWorld, _: Json, _run_id: str, deed: str) -> Answer:
    run = world.documents["run"]
    if deed == "undo":
        run |= {"status": "undone"}
        return 200, run, None
    run |= {"activates": 0}
    run |= {"status": "done", "applied": {"planned": 0, "applied": 1, "stale": 1, "undone": 0}}
    left = [{"activityId": "a9", "subject": "Contract talk"}]
    stay = [{"activityId": "a7", "subject": "Quarterly review"}]
    possible = {"possible": 3, "created": 2, "newer": 1, "meetings": 1}
    run |= {"undo": NOTHING_UNDONE | possible | {"left": left, "stay": stay}}
    return 200, run | {"status": "running", "phase": "apply"}, None


def choose(world: PaneWorld, call: Json, _run_id: str) -> Answer:
    run, link = world.documents["run"], call["body"]["link"]
    meant = call["body"]["itemIds"] or [one["id"] for one in run["items"]]
    for one in run["items"]:
        if one["linkable"] and one["id"] in meant:
            one["linked"] = link
    linked = sum(one["linked"] for one in run["items"])
    run |= {"linked": linked, "mails": {"people": 3 - linked, "outsiders": 2 - linked}}
    return 200, run | {"items": []}, None


def table(_world: PaneWorld, _: Json, _run_id: str) -> Answer:
    return 200, "mailbox,start", None
