"""A stub over HTTP: what Outlook owns is locked, whatever the owners say; the rest is the CRM's as ever."""

from contextlib import nullcontext
from dataclasses import replace

import pytest

from api_world import problem
from fakes.outlook import attendee
from liaison.calendar.run import sync_mailbox
from liaison.people import sync_user
from liaison.policy.store import read_policy, save_policy
from people import BO, DEV

BOTH = dict.fromkeys(("subject", "time", "place", "participants"), "both")


@pytest.fixture
def stub(world):
    """Captured from Bo's copy; Dev, who organizes it, is not active."""
    world.join_tenant(BO, DEV)
    with world.services.database.transaction() as session:
        sync_user.unlock(session, "Admin")
        sync_user.activate(session, "Admin")
        wishes = {"capture": "all", "mark": False, "owners": BOTH}
        save_policy(session, wishes, if_version=read_policy(session).version, actor="Admin")
    meeting = world.meeting_of(DEV, "Review", attendees=(attendee(BO.name, BO.address),))
    world.outlook.copy_to(world.listed(BO), meeting)
    tools = replace(world.services.tools, lease=lambda _mailbox_id: nullcontext(enter_result=True))
    sync_mailbox(tools, BO.id, whole_round=True)
    [found] = world.as_(BO).get("/api/activities", query="review").json["items"]
    return found


def test_a_stub_is_shown_as_one(stub):
    assert (stub["subject"], stub["stub"], stub["type"]) == ("Review", True, "appointment")
    assert stub["owner"]["id"] == str(BO.id)


@pytest.mark.parametrize(
    "wish",
    [{"subject": "Mine"}, {"location": "Here"}, {"notes": "Mine"}, {"participants": []}],
)
def test_the_fields_of_a_stub_that_outlook_owns_are_locked(world, stub, wish):
    """SP-11"""
    path = f"/api/activities/{stub['id']}"

    refused = world.as_(BO).patch(path, wish, stub["version"])

    assert problem(refused) == (409, "owned-by-outlook")
    assert refused.json["fields"] == list(wish)


def test_the_rest_of_a_stub_is_the_crms(world, stub):
    wishes = {"internalNotes": "Ask Kim", "outcome": "Good", "type": "visit"}

    answer = world.as_(BO).patch(f"/api/activities/{stub['id']}", wishes, stub["version"])

    assert answer.status_code == 200
    assert {name: answer.json[name] for name in wishes} == wishes
