"""What stories of initial syncs over HTTP arrange: a plan, and what a worker does for it."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import Any
from uuid import UUID

from api_world import World, link
from builders import a_new_activity
from liaison.crm.model import Activity
from liaison.people import sync_user
from liaison.people.model import Representative
from liaison.worker.initial_runs import work_on
from people import ANN, BO, DEV

NO_ID = "01a1f895-4c75-7228-813c-8b595264c233"


def unlocked_admin(world: World) -> Any:
    """An administrator who let the sync write."""
    with world.services.database.transaction() as session:
        sync_user.unlock(session, "Admin")
        sync_user.activate(session, "Admin")
    return world.admin(DEV)


def renamed_meeting(world: World) -> Activity:
    """Ann's linked meeting, whose new name we do not know yet."""
    world.join_tenant(ANN, BO)
    activity = world.plan(a_new_activity(subject="Offer"))
    meeting = world.meeting_of(ANN, "Offer")
    assert link(world, meeting, activity).status_code == 201
    world.outlook.change(world.listed(ANN), meeting.event_id, subject="Renewal")
    world.clock.advance(minutes=1)
    return activity


def plan_for(world: World, admin: Any, *people: Representative) -> Any:
    """The plan as it is when a worker has made it."""
    body = {"kind": "initial", "dryRun": True, "representativeIds": [str(one.id) for one in people]}
    made = admin.post("/api/admin/runs", body)
    assert made.status_code == 202, made.text
    return worked(world, admin, made.json["id"])


def worked(world: World, admin: Any, run_id: str) -> Any:
    """The run as it is when a worker has done what it waits for."""
    tools = replace(world.services.tools, lease=lambda _id: nullcontext(enter_result=True))
    work_on(tools, UUID(run_id))
    return admin.get(f"/api/admin/runs/{run_id}").json
