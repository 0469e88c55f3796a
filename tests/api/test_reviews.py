"""Reviews: activities marked for editing are listed, and settled mark by mark."""

import pytest

from api_world import link, problem
from builders import a_contact_participant, a_new_activity, a_stranger
from fakes.outlook import attendee
from liaison.calendar.stores import noted
from liaison.crm.embedded.tables import ActivityRow
from liaison.crm.model import ReviewNote
from people import ANN, BO, CARLA, CONTOSO
from review_stage import (
    MIA,
    UNKNOWN,
    add_contact,
    found_by,
    marked,
    participants_of,
    resolve,
)


def test_the_list_tells_reasons_and_addresses_page_by_page(world):
    first, second = marked(world), marked(world, review=(ReviewNote("event-deleted"),))
    world.plan(a_new_activity(subject="Nothing to do"))

    page = world.as_(ANN).get("/api/reviews", limit=1).json
    rest = world.as_(ANN).get("/api/reviews", limit=1, cursor=page["next"]).json

    listed = {one["id"]: one["review"] for one in page["items"] + rest["items"]}
    assert listed == {
        str(first.id): [{"reason": "participants-unknown", "address": MIA}],
        str(second.id): [{"reason": "event-deleted", "address": None}],
    }
    assert rest["next"] is None


def test_the_list_is_the_callers_own_unless_he_asks_for_all_that_he_may_see(world):
    open_one = marked(world)
    marked(world, confidential=True)

    assert world.as_(CARLA).get("/api/reviews").json["items"] == []
    everybodys = world.as_(CARLA).get("/api/reviews", mine="false").json["items"]
    assert [one["id"] for one in everybodys] == [str(open_one.id)]


def test_a_repeated_answer_is_given_only_to_who_may_still_see_it(world):
    activity = marked(world)
    body = {"address": MIA, "ignore": True}
    assert resolve(world, activity, body, Idempotency_Key="k").status_code == 200
    with world.services.database.transaction() as session:
        row = session.get(ActivityRow, activity.id)
        row.confidential, row.owner_id, row.participants = True, BO.id, []
        row.organizer = {**row.organizer, "id": str(BO.id)}

    again = resolve(world, activity, body, Idempotency_Key="k")

    assert problem(again) == (404, "not-found")


def test_a_person_found_as_a_contact_takes_part_and_the_mark_is_gone(world):
    """AA-08: what was marked for editing is edited."""
    ines, activity = add_contact(world), marked(world)

    answer = resolve(world, activity, {"address": MIA, "contactId": str(ines.id)})

    assert answer.status_code == 200
    assert answer.json["review"] == []
    assert ("contact", str(ines.id), MIA) in participants_of(answer)
    [found] = [one for one in answer.json["participants"] if one["address"] == MIA]
    assert (found["name"], found["role"], found["response"], found["invite"]) == (
        "Ines Moreau",
        "optional",
        "accepted",
        True,
    )


def test_the_alias_is_remembered_shown_and_found_whatever_its_case(world):
    ines, activity = add_contact(world), marked(world)

    resolve(world, activity, {"address": "MIA@Unknown.example", "contactId": str(ines.id)})

    shown = world.as_(BO).get(f"/api/contacts/{ines.id}").json
    assert (shown["addresses"], shown["remembered"]) == (["ines@contoso.example"], [MIA])
    assert found_by(world, MIA) == {MIA: [ines.id]}


def test_an_alias_that_was_a_mistake_is_taken_away_and_none_is_added_by_hand(world):
    ines, activity = add_contact(world), marked(world)
    resolve(world, activity, {"address": MIA, "contactId": str(ines.id)})
    path = f"/api/contacts/{ines.id}"

    added = world.as_(ANN).patch(path, {"remembered": [MIA, "x@y.example"]}, 1)
    kept = world.as_(ANN).patch(path, {"remembered": [MIA], "phone": "1"}, 1)
    gone = world.as_(ANN).patch(path, {"remembered": []}, 2)

    assert problem(added) == (422, "invalid-request")
    assert (kept.json["remembered"], kept.json["version"]) == ([MIA], 2)
    assert (gone.json["remembered"], gone.json["version"]) == ([], 3)
    assert found_by(world, MIA) == {}


def test_of_several_who_carry_an_address_the_chosen_one_is_found_from_now_on(world):
    shared = {"addresses": [MIA]}
    one, other = add_contact(world, **shared), add_contact(world, given_name="Mia", **shared)
    note = ReviewNote("participants-ambiguous", MIA)
    activity = marked(world, review=(note,))

    answer = resolve(world, activity, {"address": MIA, "contactId": str(other.id)})

    assert answer.json["review"] == []
    assert found_by(world, MIA) == {MIA: [other.id]}
    assert world.as_(ANN).get(f"/api/contacts/{one.id}").json["addresses"] == [MIA]
    assert world.as_(ANN).get(f"/api/contacts/{other.id}").json["addresses"] == [MIA]


def test_a_later_choice_counts_and_a_new_carrier_opens_the_question_again(world):
    one = add_contact(world, addresses=[MIA])
    other = add_contact(world, given_name="Mia", addresses=[MIA])
    for chosen in (one, other):
        activity = marked(world)
        resolve(world, activity, {"address": MIA, "contactId": str(chosen.id)})
    assert found_by(world, MIA) == {MIA: [other.id]}

    third = add_contact(world, given_name="Maja", addresses=[MIA])

    assert set(found_by(world, MIA)[MIA]) == {one.id, other.id, third.id}


def test_an_edited_contact_keeps_what_was_said_of_his_addresses(world):
    ines, activity = add_contact(world), marked(world)
    add_contact(world, given_name="Mia", addresses=[MIA])
    resolve(world, activity, {"address": MIA, "contactId": str(ines.id)})

    world.as_(ANN).patch(f"/api/contacts/{ines.id}", {"addresses": [MIA], "phone": "1"}, 1)

    assert found_by(world, MIA) == {MIA: [ines.id]}
    shown = world.as_(ANN).get(f"/api/contacts/{ines.id}").json
    assert (shown["addresses"], shown["remembered"]) == ([MIA], [])


def test_other_meetings_of_the_same_person_are_looked_at_again(world):
    world.join_tenant(ANN)
    ines, activity, other = add_contact(world), marked(world), marked(world, subject="Other")
    meeting = world.meeting_of(ANN, attendees=(attendee("Mia", MIA),))
    assert link(world, meeting, other).status_code == 201
    world.woken.clear()

    resolve(world, activity, {"address": MIA, "contactId": str(ines.id)})

    with world.services.database.transaction() as session:
        waiting = noted.list_due_items(session, ANN.id, world.clock.now(), 10)
    assert [item.event_id for item in waiting] == [meeting.event_id]
    assert world.woken == [ANN.id]


def test_a_new_contact_is_made_with_the_address_as_his_own(world):
    activity = marked(world)
    new = {"givenName": "Mia", "surname": "Holm", "companyId": str(CONTOSO.id)}

    answer = resolve(world, activity, {"address": MIA, "newContact": new})

    [made] = world.as_(ANN).get("/api/contacts", query="holm").json["items"]
    assert (made["addresses"], made["remembered"]) == ([MIA], [])
    assert made["companyId"] == str(CONTOSO.id)
    assert ("contact", made["id"], MIA) in participants_of(answer)


def test_the_same_request_with_the_same_key_makes_one_contact(world):
    activity = marked(world)
    answer = {"address": MIA, "newContact": {"surname": "Holm"}}

    first = resolve(world, activity, answer, Idempotency_Key="k")
    second = resolve(world, activity, answer, Idempotency_Key="k")

    assert first.json == second.json
    assert len(world.as_(ANN).get("/api/contacts", query="holm").json["items"]) == 1


def test_one_of_ours_is_entered_and_his_own_addresses_stay_the_directorys(world):
    activity = marked(world)

    answer = resolve(world, activity, {"address": MIA, "representativeId": str(CARLA.id)})

    assert ("representative", str(CARLA.id), MIA) in participants_of(answer)
    me = world.as_(CARLA).get("/api/me").json
    assert MIA not in str(me)


def test_somebody_with_several_addresses_takes_part_once(world):
    ines = add_contact(world)
    activity = marked(world, a_contact_participant(ines))

    answer = resolve(world, activity, {"address": MIA, "contactId": str(ines.id)})

    of_ines = [one for one in participants_of(answer) if one[1] == str(ines.id)]
    assert of_ines == [("contact", str(ines.id), "ines@contoso.example")]


def test_an_organizer_nobody_knew_is_found_too(world):
    ines = add_contact(world)
    activity = marked(world, organizer=a_stranger(MIA))

    answer = resolve(world, activity, {"address": MIA, "contactId": str(ines.id)})

    assert answer.json["organizer"] == {"id": str(ines.id), "name": "Ines Moreau"}
    assert [one["response"] for one in answer.json["participants"]].count("organizer") == 1


def test_a_mark_that_is_set_aside_leaves_the_person_by_address(world):
    activity = marked(world)

    answer = resolve(world, activity, {"address": MIA, "ignore": True})

    assert answer.json["review"] == []
    assert ("other", None, MIA) in participants_of(answer)
    assert found_by(world, MIA) == {}


@pytest.mark.parametrize("reason", ["event-deleted", "event-cancelled", "occurrence-orphaned"])
def test_marks_without_an_address_can_be_set_aside(world, reason):
    activity = marked(world, review=(UNKNOWN, ReviewNote(reason)))

    answer = resolve(world, activity, {"reason": reason, "ignore": True})

    assert answer.json["review"] == [{"reason": "participants-unknown", "address": MIA}]


def test_it_is_a_change_of_the_crm_by_a_person(world):
    ines, activity = add_contact(world), marked(world)

    answer = resolve(world, activity, {"address": MIA, "contactId": str(ines.id)})

    assert (answer.json["version"], answer.json["changedBy"]["name"]) == (2, ANN.name)


def test_somebody_unknown_is_matched_also_where_the_policy_marks_nothing(world):
    ines, activity = add_contact(world), marked(world, review=())

    answer = resolve(world, activity, {"address": MIA, "contactId": str(ines.id)})

    assert ("contact", str(ines.id), MIA) in participants_of(answer)
