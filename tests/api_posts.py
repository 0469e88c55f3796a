"""Everything that can be posted, on every path there is, each with something that is there for it to act on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any

from api_runs import plan_for, renamed_meeting, unlocked_admin, worked
from api_world import Person, World, by_id, link
from builders import a_new_activity
from liaison.api.services import attach
from liaison.calendar.run import sync_mailbox
from liaison.calendar.stores import held_removals, noted, noted_outcomes
from liaison.calendar.tools import Tools
from liaison.errors import MailboxUnavailable
from people import ANN, BO, CARLA, DEV
from review_stage import MIA, marked

PLAN = {"subject": "A", "start": "2026-11-24T10:00:00Z", "end": "2026-11-24T11:00:00Z"}


@dataclass
class Stage:
    """The world in which something is posted, by an administrator or by Ann."""

    world: World

    def __post_init__(self) -> None:
        self.admin: Person = unlocked_admin(self.world)
        self.ann = self.world.as_(ANN)

    def linked(self) -> dict[str, Any]:
        self.world.join_tenant(ANN, BO, CARLA)
        activity = self.world.plan(a_new_activity(subject="Offer"))
        made: dict[str, Any] = link(self.world, self.world.meeting_of(ANN), activity).json
        return made

    def worker(self) -> Tools:
        return replace(self.world.services.tools, lease=lambda _id: nullcontext(enter_result=True))

    def have_a_worker(self) -> None:
        """Whatever is noted is looked at at once."""
        worker, services = self.worker(), self.world.services
        web = replace(services.tools, wake=lambda *ids: [sync_mailbox(worker, id_) for id_ in ids])
        attach(self.world.app, replace(services, tools=web))

    def rename(self, made: dict[str, Any], subject: str) -> None:
        event_id = made["mailboxes"][0]["eventId"]
        self.world.outlook.change(self.world.listed(ANN), event_id, subject=subject, etag="2")

    def held(self) -> str:
        made = self.linked()
        with self.world.services.database.transaction() as session:
            events = {made["id"]: made["mailboxes"][0]["eventId"]}
            held_removals.hold_links(session, ANN.id, events, self.world.clock.now())
        [hold] = self.admin.get("/api/admin/held").json["items"]
        return str(hold["id"])

    def planned(self) -> str:
        renamed_meeting(self.world)
        return str(plan_for(self.world, self.admin, ANN)["id"])


@dataclass(frozen=True)
class Post:
    """Who posts what where."""

    who: Person
    values: dict[str, str]
    body: Any = None


def link_a_meeting(stage: Stage) -> Post:
    stage.world.join_tenant(ANN)
    meeting = by_id(stage.world.meeting_of(ANN), scope="single")
    activity = stage.world.plan(a_new_activity())
    return Post(stage.ann, {}, meeting | {"activityId": str(activity.id)})


def act_on_a_link(stage: Stage) -> Post:
    return Post(stage.ann, {"link_id": stage.linked()["id"]})


def sync_a_renamed_meeting(stage: Stage) -> Post:
    made = stage.linked()
    stage.have_a_worker()
    stage.rename(made, "Renewal")
    return Post(stage.ann, {"link_id": made["id"]})


def settle_a_conflict(stage: Stage) -> Post:
    stage.admin.put("/api/admin/policy", {"owners": {"subject": "both"}, "conflict": "hold"}, 1)
    made = stage.linked()
    worker = stage.worker()
    sync_mailbox(worker, ANN.id, whole_round=True)
    stage.rename(made, "Theirs")
    path = f"/api/activities/{made['activityId']}"
    stage.ann.patch(path, {"subject": "Ours"}, stage.ann.get(path).json["version"])
    sync_mailbox(worker, ANN.id, whole_round=True)
    return Post(stage.ann, {"link_id": made["id"]}, {"field": "subject", "keep": "crm"})


def plan_an_activity(stage: Stage) -> Post:
    return Post(stage.ann, {}, PLAN)


def make_one_from_a_meeting(stage: Stage) -> Post:
    stage.world.join_tenant(ANN)
    return Post(stage.ann, {}, by_id(stage.world.meeting_of(ANN), scope="single"))


def restore_a_deleted_one(stage: Stage) -> Post:
    activity = stage.world.plan(a_new_activity())
    stage.ann.delete(f"/api/activities/{activity.id}", 1)
    return Post(stage.ann, {"activity_id": str(activity.id)})


def resolve_a_review(stage: Stage) -> Post:
    activity = marked(stage.world)
    wanted = {"address": MIA, "newContact": {"surname": "Moreau"}}
    return Post(stage.ann, {"activity_id": str(activity.id)}, wanted)


def make_a_contact(stage: Stage) -> Post:
    return Post(stage.ann, {}, {"surname": "Moreau"})


def make_a_company(stage: Stage) -> Post:
    return Post(stage.ann, {}, {"name": "Northwind"})


def import_people(stage: Stage) -> Post:
    stage.world.join_tenant(ANN, DEV)
    return Post(stage.admin, {}, {"addresses": ["x@unknown.example", DEV.address, ANN.address]})


def try_a_broken_mailbox(stage: Stage) -> Post:
    stage.world.join_tenant(ANN)
    broken = MailboxUnavailable("The mailbox cannot be read (ErrorX).")
    stage.world.outlook.break_mailbox(stage.world.listed(ANN), broken)
    return Post(stage.admin, {"representative_id": str(ANN.id)})


def switch_what_is_off(stage: Stage) -> Post:
    for path in ("service/stop", "sync-user/deactivate", "sync-user/lock"):
        stage.admin.post(f"/api/admin/{path}")
    stage.world.join_tenant(ANN)
    return Post(stage.admin, {})


def switch_what_is_on(stage: Stage) -> Post:
    stage.world.join_tenant(ANN)
    return Post(stage.admin, {})


def decide_what_is_held(stage: Stage) -> Post:
    return Post(stage.admin, {"hold_id": stage.held()})


def retry_what_failed(stage: Stage) -> Post:
    event_id = stage.linked()["mailboxes"][0]["eventId"]
    with stage.world.services.database.transaction() as session:
        item = noted.note_event(session, ANN.id, event_id, stage.world.clock.now())
        noted_outcomes.bury_item(session, item, "request-rejected")
    return Post(stage.admin, {"item_id": str(item.id)})


def begin_a_dry_run(stage: Stage) -> Post:
    renamed_meeting(stage.world)
    return Post(stage.admin, {}, {"kind": "initial", "dryRun": True})


def apply_a_plan(stage: Stage) -> Post:
    return Post(stage.admin, {"run_id": stage.planned()})


def undo_an_applied_plan(stage: Stage) -> Post:
    run_id = stage.planned()
    stage.admin.post(f"/api/admin/runs/{run_id}/apply")
    worked(stage.world, stage.admin, run_id)
    return Post(stage.admin, {"run_id": run_id})


def link_what_resembles_a_meeting(stage: Stage) -> Post:
    stage.world.join_tenant(ANN)
    both = dict.fromkeys(("time", "participants"), "both")
    wishes = {"capture": "all", "transfer": "all", "owners": both}
    stage.admin.put("/api/admin/policy", wishes, 1)
    stage.world.plan(a_new_activity(subject="Quarterly review"))
    stage.world.meeting_of(ANN, "Quarterly review Contoso")
    run = plan_for(stage.world, stage.admin, ANN)
    return Post(stage.admin, {"run_id": run["id"]}, {"link": True})


POSTS: list[tuple[str, Callable[[Stage], Post]]] = [
    ("/api/links", link_a_meeting),
    ("/api/links/{link_id}/sync", sync_a_renamed_meeting),
    ("/api/links/{link_id}/retry", act_on_a_link),
    ("/api/links/{link_id}/retract", act_on_a_link),
    ("/api/links/{link_id}/settle", settle_a_conflict),
    ("/api/activities", plan_an_activity),
    ("/api/activities", make_one_from_a_meeting),
    ("/api/activities/{activity_id}/restore", restore_a_deleted_one),
    ("/api/reviews/{activity_id}/resolve", resolve_a_review),
    ("/api/contacts", make_a_contact),
    ("/api/companies", make_a_company),
    ("/api/admin/representatives/import", import_people),
    ("/api/admin/representatives/{representative_id}/test", try_a_broken_mailbox),
    ("/api/admin/service/start", switch_what_is_off),
    ("/api/admin/service/stop", switch_what_is_on),
    ("/api/admin/service/restart", switch_what_is_on),
    ("/api/admin/sync-user/unlock", switch_what_is_off),
    ("/api/admin/sync-user/lock", switch_what_is_on),
    ("/api/admin/sync-user/activate", switch_what_is_off),
    ("/api/admin/sync-user/deactivate", switch_what_is_on),
    ("/api/admin/held/{hold_id}/approve", decide_what_is_held),
    ("/api/admin/held/{hold_id}/discard", decide_what_is_held),
    ("/api/admin/failed/{item_id}/retry", retry_what_failed),
    ("/api/admin/runs", begin_a_dry_run),
    ("/api/admin/runs/{run_id}/apply", apply_a_plan),
    ("/api/admin/runs/{run_id}/undo", undo_an_applied_plan),
    ("/api/admin/runs/{run_id}/twins", link_what_resembles_a_meeting),
]
