"""Categories and lines on copies of linked meetings: `marked`, and the keys mark, deepLink, regardingText."""

from __future__ import annotations

import pytest

from liaison.calendar.rules.labels import FAILED_CATEGORY, LINKED_CATEGORY
from liaison.outlook.model import Mailbox
from scenario_runs import calls_during
from scenario_traffic import writes_of
from transfer_stage import guest, plan


@pytest.fixture(autouse=True)
def _writes(world):
    world.writes_allowed = True


def linked(world, ann, **fields):
    """A meeting of Ann's with its activity, and all that follows."""
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), **fields)
    made = world.create(ann, event_id)
    world.run(ann)
    return event_id, made


def shown(person, event_id):
    return person.event(event_id)


def writes_during(world, happening):
    calls = calls_during(world, happening)
    return [one for one in calls if one.method != "GET" and "/events" in one.path]


@pytest.mark.parametrize(("mark", "found"), [("off", ()), ("on", (LINKED_CATEGORY,))])
def test_mark_puts_a_category_on_linked_meetings(world, ann, mark, found):
    world.set_policy(mark=mark)

    event_id, made = linked(world, ann)

    assert shown(ann, event_id).categories == found
    assert ("marked" in world.reasons(made.link)) is (mark == "on")


def test_a_mark_keeps_the_owners_categories_mails_nobody_and_causes_no_echo(world, ann):
    """pains 4"""
    world.set_policy(mark="on")
    event_id, made = linked(world, ann, categories=["Red"], attendees=["kim@fabrikam.example"])
    world.sandbox.tenant.exchange.mails.clear()
    before = world.activity_now(made.activity)

    again = writes_during(world, lambda: (world.notify(ann, event_id), world.run(ann)))

    assert shown(ann, event_id).categories == ("Red", LINKED_CATEGORY)
    assert world.sandbox.tenant.exchange.mails == []
    assert again == []
    assert world.activity_now(made.activity) == before
    assert writes_of(world.sandbox) == []


def test_each_copy_of_ours_is_marked_for_its_owner_alone(world, ann, bo):
    world.set_policy(mark="on")
    event_id = ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=[bo.address], categories=["Red"]
    )
    world.create(ann, event_id)
    world.run(ann, bo, ann, bo)

    [copy] = bo.events()

    assert copy.categories == (LINKED_CATEGORY,)
    assert shown(ann, event_id).categories == ("Red", LINKED_CATEGORY)


def test_unlinking_takes_the_mark_away_again(world, ann):
    world.set_policy(mark="on")
    event_id, made = linked(world, ann, categories=["Red"])

    world.unlink(ann, made.link)
    world.run(ann)

    assert shown(ann, event_id).categories == ("Red",)


def test_a_mark_that_its_owner_takes_away_comes_back_and_one_that_is_there_stays(world, ann):
    world.set_policy(mark="on")
    event_id, _ = linked(world, ann)
    ann.change_event(event_id, categories=["Blue"])

    world.notify(ann, event_id)

    assert shown(ann, event_id).categories == ("Blue", LINKED_CATEGORY)


def test_without_the_permission_the_mark_works_and_the_master_category_is_made_by_hand(world, ann):
    """IF-07"""
    world.sandbox.faults.add(
        path_regex="/masterCategories", status=403, code="ErrorAccessDenied", times=-1
    )
    world.set_policy(mark="on")

    event_id, _ = linked(world, ann)

    assert shown(ann, event_id).categories == (LINKED_CATEGORY,)
    assert ann.mailbox.categories == {}


def test_with_the_permission_the_master_category_is_made_once(world, ann):
    world.set_policy(mark="on")

    linked(world, ann)
    linked(world, ann)

    assert [one["displayName"] for one in ann.mailbox.categories.values()] == [LINKED_CATEGORY]


def test_a_refused_mark_stops_nothing(world, ann):
    world.set_policy(mark="on")
    world.sandbox.faults.add(method="PATCH", status=403, code="ErrorAccessDenied", times=-1)

    event_id, made = linked(world, ann)

    assert shown(ann, event_id).categories == ()
    assert world.waiting(ann) == []
    assert "marked" not in world.reasons(made.link)


@pytest.mark.parametrize("kind", ["drop-before", "drop-after", "truncate"])
def test_a_mark_whose_answer_was_lost_is_put_once(world, ann, kind):
    world.set_policy(mark="on")
    world.sandbox.faults.add(method="PATCH", path_regex="/events/", kind=kind)

    event_id, _ = linked(world, ann)
    world.clock.advance(minutes=10)
    world.run(ann)

    assert shown(ann, event_id).categories == (LINKED_CATEGORY,)
    assert world.waiting(ann) == []


def test_somebody_who_changes_the_meeting_at_that_moment_keeps_his_change(world, ann):
    world.set_policy(mark="on")
    event_id = ann.create_event(subject="Review", start=world.tomorrow())
    made = world.create(ann, event_id)
    world.after_call("look_up", lambda: ann.change_event(event_id, subject="Changed"))

    world.run(ann)

    assert shown(ann, event_id).categories == (LINKED_CATEGORY,)
    assert world.activity_now(made.activity).subject == "Changed"


def test_an_item_that_failed_for_good_is_marked_and_a_look_that_works_marks_it_anew(world, ann):
    """AP-07"""
    world.set_policy(mark="on", owners={"subject": "both"})
    event_id, made = linked(world, ann)
    world.sandbox.faults.add(method="PATCH", path_regex="/events/", status=400, code="ErrorOdd")

    world.edit(ann, made.activity, subject="Better")
    world.work(ann)
    failed = shown(ann, event_id)
    world.run(ann)
    world.run(ann)

    assert (failed.subject, failed.categories) == ("Review", (FAILED_CATEGORY,))
    mended = shown(ann, event_id)
    assert (mended.subject, mended.categories) == ("Better", (LINKED_CATEGORY,))


def test_an_activity_whose_meeting_was_refused_has_none_to_mark_and_none_is_asked_for(world, ann):
    world.set_policy(mark="on")
    world.run(ann)
    plan(world, ann)
    world.sandbox.faults.add(method="POST", path_regex="/events$", status=400, code="ErrorOdd")

    calls = calls_during(world, lambda: world.work(ann))

    assert [one.path for one in calls if "/events/" in one.path] == []


def body_of(world, ann, event_id):
    mailbox = Mailbox(world.sandbox.tenant_id, ann.oid)
    immutable_id = shown(ann, event_id).immutable_id
    return world.tools.outlook.calendars.find_event(mailbox, immutable_id).notes


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ({}, []),
        ({"deepLink": "on"}, ["CRM activity: "]),
        ({"regardingText": "on"}, ["CRM regarding: Renewal"]),
        ({"deepLink": "on", "regardingText": "on"}, ["CRM regarding: Renewal", "CRM activity: "]),
    ],
)
def test_deep_link_and_regarding_text_are_lines_in_appointments_without_guests(
    world, ann, keys, wanted
):
    world.set_policy(**keys)
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), body="Agenda")
    made = world.create(ann, event_id, regarding="Renewal")
    world.run(ann)

    text = body_of(world, ann, event_id)
    lines = text.split("\n")[2:]

    assert text.startswith("Agenda")
    assert [line[: len(begin)] for line, begin in zip(lines, wanted, strict=True)] == wanted
    assert world.activity_now(made.activity).notes == "Agenda"


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ({}, "Agenda"),
        ({"regardingText": "on"}, "Agenda\n\nCRM regarding: Renewal"),
        ({"deepLink": "on"}, "Agenda\n\nCRM activity: {address}"),
    ],
)
def test_a_meeting_that_is_made_has_the_lines_from_the_beginning(world, ann, keys, text):
    """AA-09: deepLink and regardingText at creation, also where guests read them; one mail."""
    world.set_policy(**keys)
    world.run(ann)
    planned = plan(world, ann, people=[guest()], notes="Agenda", regarding="Renewal")

    world.run(ann)
    world.run(ann)

    [event] = ann.events()
    address = f"{world.tools.public_url}/crm/activities/{planned.id}"
    assert body_of(world, ann, event.id) == text.format(address=address)
    assert world.activity_now(planned).notes == "Agenda"
    assert len(world.sandbox.tenant.mails) == 1


def test_lines_never_go_into_a_meeting_with_guests(world, ann):
    world.set_policy(deepLink="on", regardingText="on")
    event_id = ann.create_event(
        subject="Review", start=world.tomorrow(), body="Agenda", attendees=["kim@fabrikam.example"]
    )

    assert writes_during(world, lambda: (world.create(ann, event_id), world.run(ann))) == []


def test_lines_are_written_once_and_come_into_no_notes(world, ann):
    """AA-09"""
    world.set_policy(deepLink="on")
    event_id, made = linked(world, ann, body="Agenda")

    again = writes_during(world, lambda: (world.notify(ann, event_id), world.run(ann)))

    assert again == []
    assert world.activity_now(made.activity).notes == "Agenda"
