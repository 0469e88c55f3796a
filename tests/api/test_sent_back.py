"""Read, change one thing, send it back: what is as it was read is no wish, whatever it is."""

import pytest

from api_world import link, problem
from builders import (
    MONDAY_TEN,
    a_contact_participant,
    a_new_activity,
    a_representative_participant,
    a_stranger,
    a_time,
)
from liaison.crm.model import ReviewNote
from people import ANN, BO, CONTOSO, DEV
from review_stage import add_contact

ANNS = a_representative_participant()
# What meetings bring and no request could: without a subject, from outside, with people who have no usable address.
ODD = {
    "without a subject": {"subject": ""},
    "with a long subject and place": {"subject": "x" * 900, "place": "Room, " * 200},
    "with a long text": {"notes": "x" * 200_000},
    "organized from outside": {"organizer": a_stranger(), "stub": True},
    "of an owner who is unknown by now": {"owner_id": DEV.id},
    "without a company": {"company_id": None},
    "with a company": {"company_id": CONTOSO.id},
    "marked": {"review": (ReviewNote("event-deleted"),), "transfer_to_outlook": True},
    "long ago": {"when": a_time(MONDAY_TEN.replace(year=1601))},
    "with an address that is none": {"participants": (ANNS, a_stranger("/o=Contoso/cn=mia"))},
    "with nobody": {"participants": (ANNS, a_stranger("", name=""))},
    "with a stranger by name": {"participants": (ANNS, a_stranger(""))},
    "with a room": {"participants": (ANNS, a_stranger(role="resource", response="accepted"))},
    "with somebody unknown by now": {"participants": (ANNS, a_representative_participant(DEV))},
}


def read(world, path):
    return world.as_(ANN).get(path).json


@pytest.mark.parametrize("members", ODD.values(), ids=ODD)
def test_an_activity_is_sent_back_as_it_was_read_with_one_change(world, members):
    path = f"/api/activities/{world.plan(a_new_activity(**members)).id}"
    before = read(world, path)

    answer = world.as_(ANN).patch(path, before | {"nextStep": "Call"}, before["version"])

    assert answer.status_code == 200, answer.text
    news = {"nextStep": "Call", "version": 2, "changedAt": answer.json["changedAt"]}
    assert answer.json == before | news


@pytest.mark.parametrize("members", ODD.values(), ids=ODD)
def test_an_activity_that_is_sent_back_as_it_was_read_stays_as_it_is(world, members):
    path = f"/api/activities/{world.plan(a_new_activity(**members)).id}"
    before = read(world, path)

    answer = world.as_(ANN).patch(path, before, before["version"])

    assert (answer.status_code, answer.json) == (200, before), answer.text


@pytest.mark.parametrize(
    "one",
    [
        a_stranger("/o=Contoso/cn=mia"),
        a_stranger("", name=""),
        a_representative_participant(DEV),
    ],
)
def test_somebody_is_added_to_people_whom_no_request_could_name(world, one):
    path = f"/api/activities/{world.plan(a_new_activity(participants=(ANNS, one))).id}"
    before = read(world, path)
    more = {"kind": "other", "address": "kim@unknown.example"}

    answer = world.as_(ANN).patch(path, {"participants": [*before["participants"], more]}, 1)

    assert answer.status_code == 200, answer.text
    assert answer.json["participants"][:-1] == before["participants"]
    assert answer.json["participants"][-1]["address"] == "kim@unknown.example"


def test_a_contact_who_was_deleted_since_stays_where_others_are_added(world):
    ines = add_contact(world)
    people = (ANNS, a_contact_participant(ines))
    path = f"/api/activities/{world.plan(a_new_activity(participants=people)).id}"
    world.as_(ANN).delete(f"/api/contacts/{ines.id}", 1)
    before = read(world, path)
    more = {"kind": "representative", "id": str(BO.id)}

    answer = world.as_(ANN).patch(path, {"participants": [*before["participants"], more]}, 1)

    assert [one["id"] for one in answer.json["participants"]] == [str(ANN.id), str(ines.id), str(BO.id)]  # fmt: skip


def test_of_a_linked_activity_what_outlook_owns_may_be_sent_back(world):
    world.join_tenant(ANN, BO)
    activity = world.plan(a_new_activity(subject="Offer"))
    link(world, world.meeting_of(ANN), activity)
    path = f"/api/activities/{activity.id}"
    before = read(world, path)
    assert before["link"]["lastSyncedAt"]

    before["link"]["lastSyncedAt"] = None
    answer = world.as_(ANN).patch(path, before | {"outcome": "Won"}, before["version"])

    assert (answer.status_code, answer.json["outcome"]) == (200, "Won"), answer.text


def test_what_was_read_before_somebody_else_changed_it_is_stale(world):
    path = f"/api/activities/{world.plan(a_new_activity()).id}"
    before = read(world, path)
    world.as_(ANN).patch(path, {"outcome": "Won"}, before["version"])

    answer = world.as_(ANN).patch(path, before | {"nextStep": "Call"}, before["version"])

    assert problem(answer) == (409, "version-mismatch")


def test_whoever_sends_a_whole_activity_back_asks_for_no_meeting(world):
    """Only who says it alone asks again of an activity whose link ended: others would be mailed unasked."""
    path, before = unlinked(world)

    answer = world.as_(ANN).patch(path, before | {"nextStep": "Call"}, before["version"])

    assert answer.json["nextStep"] == "Call"
    assert answer.json["outlook"] == before["outlook"]


def test_whoever_says_again_that_it_is_to_go_to_outlook_asks_for_a_meeting(world):
    path, before = unlinked(world)

    answer = world.as_(ANN).patch(path, {"transferToOutlook": True}, before["version"])

    assert (before["outlook"]["state"], answer.json["outlook"]["state"]) == ("none", "pending")


def unlinked(world):
    """The path of Ann's activity that was to go to Outlook, and whose link she ended; and the activity."""
    world.join_tenant(ANN, BO)
    activity = world.plan(a_new_activity(subject="Offer", transfer_to_outlook=True))
    tie = link(world, world.meeting_of(ANN), activity).json
    world.as_(ANN).delete(f"/api/links/{tie['id']}")
    path = f"/api/activities/{activity.id}"
    return path, read(world, path)


def test_a_representative_is_sent_back_as_he_was_listed_with_one_switch_changed(world):
    admin = world.admin(DEV)
    [ann] = [one for one in admin.get("/api/admin/representatives").json["items"] if one["id"] == str(ANN.id)]  # fmt: skip

    off = admin.patch(f"/api/admin/representatives/{ANN.id}", ann | {"syncActive": False}, 1)

    assert (off.status_code, off.json) == (200, ann | {"syncActive": False, "version": 2}), off.text


def test_contacts_and_companies_are_sent_back_with_one_change(world):
    made = world.as_(ANN).post("/api/contacts", {"surname": "Moreau"}).json
    contact, company = f"/api/contacts/{made['id']}", f"/api/companies/{CONTOSO.id}"

    renamed = world.as_(ANN).patch(contact, made | {"givenName": "Ines"}, made["version"])
    known = read(world, company)
    moved = world.as_(ANN).patch(company, known | {"kind": "partner"}, known["version"])

    assert (renamed.status_code, renamed.json["name"]) == (200, "Ines Moreau"), renamed.text
    assert (moved.status_code, moved.json["kind"]) == (200, "partner"), moved.text


@pytest.mark.parametrize(
    ("member", "value", "sentence"),
    [
        ("type", None, "Cannot be null. Leave it out instead."),
        ("notes", None, "Cannot be null. Leave it out instead."),
        ("owner", {"id": None, "name": "Ann"}, "Cannot be null. Leave it out instead."),
        ("owner", {}, "Is needed."),
        ("colour", "red", "Cannot be given here."),
        ("confidential", True, "Cannot be given here."),
        ("deletedAt", "2026-11-24T10:00:00Z", "Cannot be given here."),
        ("createdBy", {"id": str(ANN.id), "name": "Ann"}, "Cannot be given here."),
        ("allDay", 0, "Is neither true nor false."),
    ],
)
def test_what_is_neither_as_it_was_read_nor_usable_is_named_with_a_sentence(
    world, member, value, sentence
):
    path = f"/api/activities/{world.plan(a_new_activity()).id}"

    refused = world.as_(ANN).patch(path, read(world, path) | {member: value}, 1)

    assert refused.status_code == 422
    [(named, [said])] = refused.json["errors"].items()
    assert (named.split(".")[0], said) == (member, sentence)
    assert member in refused.json["detail"]
