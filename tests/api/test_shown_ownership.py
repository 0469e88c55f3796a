"""What the pages are told about a link: whose copy governs, and what is locked."""

from api_world import by_id, problem
from fakes.outlook import attendee
from people import ANN, BO, DEV


def test_of_an_organizers_copy_the_policy_says_what_is_locked(world):
    world.join_tenant(ANN)
    meeting = world.meeting_of(ANN)

    made = world.as_(ANN).post("/api/activities", by_id(meeting, scope="single"))

    link = made.json["link"]
    assert (link["followedMailbox"], link["isOrganizerCopy"]) == (ANN.address, True)
    assert {"subject", "start", "location", "participants"} <= set(link["ownedByOutlook"])


def test_an_invitees_copy_locks_all_synced_fields_whatever_the_owners_say(world):
    world.join_tenant(ANN, BO, DEV)
    meeting = world.meeting_of(DEV, attendees=(attendee(BO.name, BO.address),))
    copy = world.outlook.copy_to(world.listed(BO), meeting)
    made = world.as_(BO).post("/api/activities", by_id(copy, scope="single"))

    refused = world.as_(BO).patch(f"/api/activities/{made.json['id']}", {"subject": "Mine"}, 1)

    assert made.json["link"]["isOrganizerCopy"] is False
    assert problem(refused) == (409, "owned-by-outlook")


def test_people_are_told_what_was_chosen_before_they_act(world):
    chosen = world.as_(ANN).get("/api/me").json["policy"]

    assert chosen["onCancel"] == "cancel"
    assert chosen["onCrmDelete"] == "leave"
    assert chosen["capture"] == "linked"
    assert chosen["private"] == "skip"


def test_administrators_are_told_what_each_key_takes(world):
    items = world.admin(ANN).get("/api/admin/policy/keys").json["items"]

    by_name = {one["name"]: one for one in items}
    assert by_name["onCancel"]["words"] == ["cancel", "mark", "delete", "keep"]
    assert (by_name["windowFutureDays"]["least"], by_name["windowFutureDays"]["most"]) == (1, 730)
    assert by_name["tasks"]["carriedOut"] == []
