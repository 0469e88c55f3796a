"""A field of the CRM's that only Outlook changed: nobody's value is written over, and everybody is shown that they differ."""

import pytest

from liaison.calendar.linking.values import MeetingQuery
from liaison.calendar.linking.views import show_meeting
from liaison.calendar.reconcile import statement_of
from merge_stage import OWNED_BY_BOTH
from reconcile_stage import named, prove, reconcile_of
from scenario_traffic import writes_of
from transfer_stage import KIM

FIELDS = {
    "subject": ("subject", "Theirs", "Ours"),
    "location": ("place", "Lobby", "Room 9"),
}


@pytest.fixture(autouse=True)
def the_crm_owns_all(world):
    world.writes_allowed = True
    world.set_policy(owners=dict.fromkeys(OWNED_BY_BOTH, "crm"))


def made_of(world, ann):
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), location="Room 1")
    made = world.create(ann, event_id)
    world.run(ann)
    return event_id, made


def apart(world, ann):
    return [(one["field"], one["settled"]) for one in reconcile_of(world, ann).named_apart]


@pytest.mark.parametrize("member", FIELDS)
def test_an_edit_in_outlook_of_what_the_crm_owns_is_shown_and_is_no_damage(world, ann, member):
    field, theirs, _ = FIELDS[member]
    event_id, made = made_of(world, ann)
    before = world.activity_now(made.activity)
    ann.change_event(event_id, **{member: theirs})
    world.run(ann)

    prove(world, ann)

    assert world.activity_now(made.activity) == before
    assert writes_of(world.sandbox) == []
    assert (named(world, ann), apart(world, ann)) == ([], [(field, True)])
    said = statement_of(reconcile_of(world, ann), world.clock.now(), "UTC")
    assert said.startswith("1 link, 0 differences")
    assert said.endswith("; in 1 field each side keeps its own")
    view = show_meeting(world.tools, world.sign_in(ann), MeetingQuery(event_id))
    shown = [(one.field, one.outlook, one.apart) for one in view.differences]
    assert shown == [(field, theirs, True)]


@pytest.mark.parametrize("member", FIELDS)
def test_the_next_change_of_the_crm_goes_out_and_outlooks_edit_is_in_the_log(world, ann, member):
    _, theirs, ours = FIELDS[member]
    event_id, made = made_of(world, ann)
    ann.change_event(event_id, **{member: theirs})
    world.run(ann)

    world.edit(ann, made.activity, **{member: ours})
    world.run(ann)
    prove(world, ann)

    assert getattr(ann.event(event_id), member) == ours
    assert theirs in {one.before.get(member) for one in world.log(made.link)}
    assert (named(world, ann), apart(world, ann)) == ([], [])


def test_a_guest_whom_outlook_adds_to_the_crms_people_is_named(world, ann):
    event_id, made = made_of(world, ann)
    ann.change_event(event_id, attendees=[KIM])
    world.run(ann)

    prove(world, ann)

    people = {one.address for one in world.activity_now(made.activity).participants}
    assert KIM not in people
    assert (named(world, ann), apart(world, ann)) == ([], [("participants", True)])
