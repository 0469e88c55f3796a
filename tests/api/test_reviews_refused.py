"""What is refused of an answer to a review: stale, wrong, or by somebody who may not."""

from uuid import uuid4

import pytest

from api_world import problem
from builders import a_stranger
from liaison.crm.model import ReviewNote
from people import ANN, BO, CARLA
from review_stage import MIA, add_contact, found_by, marked, resolve


def test_a_mark_that_is_no_longer_true_says_so_and_changes_nothing(world):
    ines, activity = add_contact(world), marked(world)
    resolve(world, activity, {"address": MIA, "ignore": True})
    answers = [
        {"address": MIA, "ignore": True},
        {"address": "nobody@else.example", "contactId": str(ines.id)},
        {"address": "nobody@else.example", "newContact": {"surname": "Holm"}},
        {"reason": "event-deleted", "ignore": True},
    ]

    refusals = [problem(resolve(world, activity, answer)) for answer in answers]

    assert refusals == [(409, "review-settled")] * 4
    assert world.as_(ANN).get(f"/api/activities/{activity.id}").json["version"] == 2
    assert world.as_(ANN).get("/api/contacts", query="holm").json["items"] == []
    assert found_by(world, "nobody@else.example") == {}


@pytest.mark.parametrize(
    ("answer", "member"),
    [
        ({}, "address"),
        ({"address": MIA}, "contactId"),
        ({"address": MIA, "reason": "event-deleted", "ignore": True}, "address"),
        ({"address": MIA, "ignore": False}, "ignore"),
        ({"address": MIA, "ignore": True, "contactId": str(uuid4())}, "contactId"),
        ({"address": MIA, "contactId": str(uuid4())}, "contactId"),
        ({"address": MIA, "representativeId": str(uuid4())}, "representativeId"),
        ({"address": MIA, "contactId": "Ines"}, "contactId"),
        ({"address": MIA, "newContact": {}}, "surname"),
        ({"address": MIA, "newContact": {"surname": "X", "companyId": str(uuid4())}}, "companyId"),
        ({"reason": "event-deleted", "contactId": str(uuid4())}, "contactId"),
        ({"address": MIA, "surprise": 1}, "surprise"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused_with_its_member(world, answer, member):
    activity = marked(world)

    refused = resolve(world, activity, answer)

    assert problem(refused)[0] == 422
    assert member in refused.json["errors"]
    assert world.as_(ANN).get(f"/api/activities/{activity.id}").json["version"] == 1


def test_nobody_without_an_address_can_be_matched_but_set_aside(world):
    nameless = ReviewNote("participants-unknown", "front desk")
    activity = marked(world, a_stranger("", name="Front desk"), review=(nameless,))
    ines = add_contact(world)

    matched = resolve(world, activity, {"address": "front desk", "contactId": str(ines.id)})
    ignored = resolve(world, activity, {"address": "front desk", "ignore": True})

    assert problem(matched) == (422, "invalid-request")
    assert ignored.json["review"] == []


def test_only_owner_and_organizer_settle(world):
    """The roles: owner, participant, colleague; and of a confidential one nobody hears who is not in it."""
    open_one, hidden = marked(world), marked(world, confidential=True)
    ignore = {"address": MIA, "ignore": True}

    assert problem(resolve(world, open_one, ignore, by=BO)) == (403, "forbidden")
    assert problem(resolve(world, open_one, ignore, by=CARLA)) == (403, "forbidden")
    assert problem(resolve(world, hidden, ignore, by=CARLA)) == (404, "not-found")
    assert resolve(world, open_one, ignore).status_code == 200


def test_a_review_of_nothing_is_not_found(world):
    answer = world.as_(ANN).post(
        f"/api/reviews/{uuid4()}/resolve", {"address": MIA, "ignore": True}
    )

    assert problem(answer) == (404, "not-found")
