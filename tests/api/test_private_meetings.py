"""What the API returns of private meetings: to whom, and what never (whose data; pains 10)."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from api_world import by_id, problem
from liaison.calendar.run import sync_mailbox
from liaison.errors import GatewayUnavailable
from liaison.outlook.model import Attendee, Sensitivity
from liaison.policy.store import save_policy
from people import ANN, BO, CARLA
from series_builders import MON, weekly

FIRST = datetime(2026, 11, 23, 9, tzinfo=UTC)
CANARY = {"notes": "Canary ward", "place": "Canary clinic"}


@pytest.fixture
def world(world):
    world.join_tenant(ANN, BO, CARLA)
    return world


def private_meeting(world, form, *, version=1):
    """Ann's, with Bo and somebody from outside, made into an activity."""
    with world.services.database.transaction() as session:
        save_policy(session, {"private": form}, if_version=version, actor="Admin")
    people = (Attendee(BO.name, BO.address), Attendee("Canary", "canary@clinic.example"))
    meeting = world.meeting_of(
        ANN, "Canary surgery", sensitivity=Sensitivity.PRIVATE, attendees=people, **CANARY
    )
    made = world.as_(ANN).post("/api/activities", by_id(meeting, scope="single"))
    assert made.status_code == 201, made.text
    return meeting, made.json


def everything(person, made):
    """All that the API tells a person about the CRM's side of it."""
    paths = [
        f"/api/activities/{made['id']}",
        "/api/activities",
        f"/api/links/{made['link']['id']}/decisions",
        "/api/links",
        "/api/reviews",
        "/api/admin/decisions",
        "/api/admin/mailboxes",
        "/api/admin/held",
    ]
    answers = [person.get(path) for path in paths]
    answers.append(person.get("/api/activities", query="canary"))
    return " ".join(answer.text for answer in answers).lower()


@pytest.mark.parametrize("who", [ANN, BO, CARLA], ids=["organizer", "participant", "stranger"])
def test_busy_only_returns_nothing_of_the_content_to_anybody(world, who):
    _, made = private_meeting(world, "busy-only")

    assert made["subject"] == "Private appointment"
    assert "canary" not in everything(world.admin(who), made)


def test_busy_only_shows_the_owner_his_own_meeting_as_outlook_does(world):
    meeting, _ = private_meeting(world, "busy-only")

    shown = world.as_(ANN).get("/api/meeting", **by_id(meeting)).json

    assert shown["meeting"]["subject"] == "Canary surgery"
    assert (shown["activity"]["subject"], shown["differences"]) == ("Private appointment", [])


@pytest.mark.parametrize("who", [ANN, BO], ids=["owner", "participant"])
def test_owner_only_shows_the_activity_to_its_people(world, who):
    _, made = private_meeting(world, "owner-only")

    seen = world.as_(who).get(f"/api/activities/{made['id']}").json

    assert (seen["subject"], seen["confidential"]) == ("Canary surgery", True)


def test_owner_only_tells_strangers_and_administrators_nothing_but_codes(world):
    _, made = private_meeting(world, "owner-only")
    carla = world.admin(CARLA)

    log = carla.get("/api/admin/decisions", activityId=made["id"]).json["items"]

    assert "canary" not in everything(carla, made)
    assert {one["reason"] for one in log} >= {"private", "activity-created"}
    assert {str(one["after"]) for one in log} == {"None"}


def test_owner_only_log_values_stay_confidential_when_the_meeting_is_not_private_any_more(world):
    meeting, made = private_meeting(world, "owner-only")
    ann = world.listed(ANN)
    world.outlook.change(ann, meeting.event_id, sensitivity=Sensitivity.NORMAL, subject="Open day")
    world.admin().post("/api/admin/sync-user/unlock")
    world.admin().post("/api/admin/sync-user/activate")
    free = replace(world.services.tools, lease=lambda _: nullcontext(enter_result=True))
    sync_mailbox(free, ANN.id, whole_round=True)
    carla = world.admin(CARLA)

    now = carla.get(f"/api/activities/{made['id']}").json
    log = carla.get("/api/admin/decisions", activityId=made["id"]).text

    assert (now["subject"], now["confidential"]) == ("Open day", False)
    assert "surgery" not in log
    assert "surgery" in world.as_(ANN).get(f"/api/links/{made['link']['id']}/decisions").text


def test_include_returns_it_like_any_other(world):
    _, made = private_meeting(world, "include")

    seen = world.as_(CARLA).get(f"/api/activities/{made['id']}").json

    assert (seen["subject"], seen["confidential"]) == ("Canary surgery", False)


def test_what_is_not_stored_of_a_private_meeting_is_not_edited_in_the_crm(world):
    with world.services.database.transaction() as session:
        shared = dict.fromkeys(("subject", "time", "place", "participants"), "both")
        save_policy(session, {"owners": shared}, if_version=1, actor="Admin")
    _, made = private_meeting(world, "busy-only", version=2)
    ann, path = world.as_(ANN), f"/api/activities/{made['id']}"

    refused = ann.patch(path, {"subject": "Mine", "location": "Here"}, made["version"])

    assert problem(refused) == (409, "owned-by-outlook")
    assert set(refused.json["fields"]) == {"subject", "location"}


def cancels(world, version):
    with world.services.database.transaction() as session:
        save_policy(session, {"onCrmDelete": "cancel"}, if_version=version, actor="Admin")


@pytest.mark.parametrize("by", ["change", "cancel"])
def test_before_it_is_written_its_organizer_is_told_how_many_get_mail(world, by):
    """busy-only: the guests are counted in his own calendar, and stored nowhere."""
    _, made = private_meeting(world, "busy-only")
    cancels(world, 2)

    told = world.as_(ANN).get(f"/api/activities/{made['id']}/mails", by=by).json

    assert (told["people"], told["outsiders"], told["outside"]) == (2, 1, [])
    assert "canary" not in everything(world.admin(ANN), made)


def test_others_are_told_that_the_number_is_not_known_and_nobodys_mailbox_is_read(world):
    _, made = private_meeting(world, "busy-only")
    cancels(world, 2)
    read = len(world.outlook.calls)

    told = world.as_(CARLA).get(f"/api/activities/{made['id']}/mails", by="cancel").json

    assert (told["people"], told["outsiders"], told["willBeHeld"]) == (None, None, None)
    assert len(world.outlook.calls) == read


def test_while_his_calendar_cannot_be_read_the_number_is_not_known(world):
    _, made = private_meeting(world, "busy-only")
    cancels(world, 2)
    world.outlook.fail_next(GatewayUnavailable("Graph"), operation="find_event")

    told = world.as_(ANN).get(f"/api/activities/{made['id']}/mails", by="cancel").json

    assert told["people"] is None


def test_where_nothing_is_written_nobody_is_mailed_and_nothing_is_unknown(world):
    _, made = private_meeting(world, "busy-only")

    told = world.as_(CARLA).get(f"/api/activities/{made['id']}/mails", by="cancel").json

    assert told["people"] == 0


def private_occurrence(world, form):
    """Of Ann's weekly meeting with Bo one occurrence is private, with somebody from outside more."""
    wishes = {"private": form, "onCrmDelete": "cancel"}
    with world.services.database.transaction() as session:
        save_policy(session, wishes, if_version=1, actor="Admin")
    ann, bo = world.listed(ANN), Attendee(BO.name, BO.address)
    team = world.outlook.add_series(
        ann, "Team", weekly(MON), start=FIRST, until=date(2026, 12, 14), attendees=(bo,)
    )
    people = (bo, Attendee("Canary", "canary@clinic.example"))
    world.outlook.change_occurrence(
        ann,
        team.event_id,
        date(2026, 11, 30),
        sensitivity=Sensitivity.PRIVATE,
        attendees=people,
    )
    made = world.as_(ANN).post("/api/activities", by_id(team, scope="series"))
    assert made.status_code == 201, made.text
    return made.json


@pytest.mark.parametrize("form", ["skip", "busy-only", "owner-only", "include"])
@pytest.mark.parametrize("by", ["change", "cancel"])
def test_its_organizer_is_told_of_the_guests_of_private_occurrences_too(world, form, by):
    """The same people as the guard counts."""
    made = private_occurrence(world, form)

    told = world.as_(ANN).get(f"/api/activities/{made['id']}/mails", by=by).json

    assert (told["people"], told["outsiders"]) == (2, 1)
    assert form == "include" or "canary" not in everything(world.admin(ANN), made)


@pytest.mark.parametrize("form", ["skip", "busy-only", "owner-only"])
def test_others_are_told_that_the_guests_of_occurrences_left_out_are_not_known(world, form):
    made = private_occurrence(world, form)
    read = len(world.outlook.calls)

    told = world.as_(BO).get(f"/api/activities/{made['id']}/mails", by="cancel").json

    assert (told["people"], told["outsiders"], told["willBeHeld"]) == (None, None, None)
    assert len(world.outlook.calls) == read
