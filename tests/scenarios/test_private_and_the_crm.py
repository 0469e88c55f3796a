"""The CRM changes a private meeting: what it does not hold it never writes (pains 10)."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from liaison.db.tables import Table
from liaison.times import When
from scenario_traffic import writes_of

OWNERS = ["outlook", "both", "crm"]


@pytest.fixture(params=OWNERS)
def world(request, world):
    world.writes_allowed = True
    owned = dict.fromkeys(("subject", "time", "place", "participants"), request.param)
    world.set_policy(private="busy-only", owners=owned | {"time": "both"})
    return world


def leaks(world):
    with world.database.transaction() as session:
        rows = {
            one.name: session.execute(select(one)).all() for one in Table.metadata.sorted_tables
        }
    return [name for name, found in rows.items() if "canary" in str(found).lower()]


def secret_meeting(world, ann, **more):
    given = {
        "subject": "Canary surgery",
        "body": "Canary ward",
        "location": "Canary clinic",
        "attendees": ["canary@clinic.example"],
        "start": world.tomorrow(),
        "sensitivity": "private",
    }
    return ann.create_event(**given | more)


def said(event):
    people = [one.address for one in event.attendees]
    return event.subject, event.body, list(event.locations), people


def move(world, ann, made):
    start = world.tomorrow() + timedelta(hours=3)
    when = When(start, start + timedelta(hours=1), "Europe/Berlin")
    return world.edit(ann, made.activity, start=when.start, end=when.end), start


def test_a_private_meeting_moved_in_the_crm_is_moved_and_nothing_else(world, ann):
    event_id = secret_meeting(world, ann)
    made = world.create(ann, event_id)
    world.run(ann)
    before = said(ann.event(event_id))

    _, start = move(world, ann, made)
    world.run(ann)
    world.run(ann)

    event = ann.event(event_id)
    assert (said(event), event.start) == (before, start)
    assert [set(json.loads(call.request_body)) for call in writes_of(world.sandbox)] == [
        {"start", "end", "isAllDay"}
    ]
    assert leaks(world) == []


def test_turning_private_and_back_writes_nothing(world, ann):
    event_id = secret_meeting(world, ann, sensitivity="normal")
    made = world.create(ann, event_id)
    world.run(ann)
    for sensitivity in ("private", "normal", "private", "normal"):
        ann.change_event(event_id, sensitivity=sensitivity)
        world.run(ann)
        world.run(ann)

    assert writes_of(world.sandbox) == []
    assert world.activity_now(made.activity).subject == "Canary surgery"


def test_an_edit_that_waits_when_the_meeting_turns_private_never_writes_what_hides_it(world, ann):
    event_id = secret_meeting(world, ann, sensitivity="normal")
    made = world.create(ann, event_id)
    world.run(ann)
    before = said(ann.event(event_id))

    move(world, ann, made)
    ann.change_event(event_id, sensitivity="private")
    world.run(ann)
    world.run(ann)

    assert said(ann.event(event_id)) == before
    assert world.activity_now(made.activity).subject == "Private appointment"
    assert leaks(world) == []


def test_what_was_contested_is_forgotten_when_the_meeting_turns_private(world, ann):
    world.set_policy(conflict="hold")
    event_id = secret_meeting(world, ann, sensitivity="normal")
    made = world.create(ann, event_id)
    world.run(ann)
    world.edit(ann, made.activity, subject="Canary of the CRM", location="Canary room")
    ann.change_event(event_id, subject="Canary of Outlook", location="Canary wing")
    world.run(ann)
    world.run(ann)

    ann.change_event(event_id, sensitivity="private")
    world.run(ann)
    world.run(ann)

    assert leaks(world) == []
