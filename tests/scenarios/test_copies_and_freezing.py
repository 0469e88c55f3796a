from datetime import timedelta

import pytest

from liaison.calendar.model import FrozenReason, LinkState


def copy_of(person, model):
    return next(event for event in person.events() if event.ical_uid == model.ical_uid)


def test_an_invitees_copy_changes_nothing(world, ann, bo):
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), attendees=[bo.address])
    linked = world.create(ann, event_id)
    invited = copy_of(bo, ann.event(event_id))

    bo.change_event(invited.id, subject="My own words")
    world.run(bo, ann)

    assert world.activity_now(linked.activity).subject == "Review"
    assert world.reasons(linked.link).count("activity-updated") == 0
    assert {copy.mailbox_id for copy in world.link_now(linked.link).copies} == {
        world.own(ann).id,
        world.own(bo).id,
    }


def test_an_answer_arrives_as_the_participants_response(world, ann, bo):
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), attendees=[bo.address])
    linked = world.create(ann, event_id)

    bo.answer(copy_of(bo, ann.event(event_id)).id, "accepted")
    world.run(bo, ann)

    responses = {
        one.address: one.response for one in world.activity_now(linked.activity).participants
    }
    assert responses == {ann.address: "organizer", bo.address: "accepted"}


def test_a_removed_attendee_leaves_the_participants(world, ann, bo):
    event_id = ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=[bo.address, "ines@contoso.example"]
    )
    linked = world.create(ann, event_id)

    ann.change_event(event_id, attendees=[bo.address])
    world.run(ann)

    people = {one.address for one in world.activity_now(linked.activity).participants}
    assert people == {ann.address, bo.address}


def test_an_invitee_who_deletes_his_copy_only_leaves(world, ann, bo):
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), attendees=[bo.address])
    linked = world.create(ann, event_id)
    world.run(bo)

    bo.delete_event(copy_of(bo, ann.event(event_id)).id, hard=True)
    world.run(bo)

    assert world.link_now(linked.link).state is LinkState.LIVE
    assert "invitee-left" in world.reasons(linked.link)


def test_an_inactive_organizer_freezes_the_link_and_resuming_takes_outlooks_value(world, ann):
    event_id = ann.create_event(subject="Review", start=world.tomorrow())
    linked = world.create(ann, event_id)

    world.switch(ann, active=False)
    world.run(ann)
    ann.change_event(event_id, subject="While away")
    world.run(ann)

    frozen = world.link_now(linked.link)
    assert (frozen.state, frozen.frozen_reason) == (
        LinkState.FROZEN,
        FrozenReason.ORGANIZER_INACTIVE,
    )
    assert world.activity_now(linked.activity).subject == "Review"

    world.switch(ann, active=True)
    world.run(ann)

    assert world.link_now(linked.link).state is LinkState.LIVE
    assert world.activity_now(linked.activity).subject == "While away"


def test_no_invitees_copy_stands_in_for_an_inactive_organizer(world, ann, bo):
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), attendees=[bo.address])
    linked = world.create(ann, event_id)
    world.run(ann, bo)

    world.switch(ann, active=False)
    world.run(ann)
    ann.change_event(event_id, subject="While away")
    world.run(bo)

    assert world.link_now(linked.link).state is LinkState.FROZEN
    assert world.activity_now(linked.activity).subject == "Review"


@pytest.mark.parametrize("removal", ["deleted", "cancelled"])
def test_nothing_is_removed_while_frozen_and_the_removal_follows_on_resuming(world, ann, removal):
    event_id = ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=["ines@contoso.example"]
    )
    linked = world.create(ann, event_id)
    world.switch(ann, active=False)
    world.run(ann)

    ann.cancel_event(event_id) if removal == "cancelled" else ann.delete_event(event_id, hard=True)
    world.run(ann)
    assert world.activity_now(linked.activity).status == "planned"

    world.switch(ann, active=True)
    world.run(ann)
    world.clock.advance(seconds=31)
    world.run(ann)

    assert world.activity_now(linked.activity).status == "cancelled"
    assert world.link_now(linked.link).state is LinkState.ENDED


def test_a_followed_copy_of_an_outsiders_meeting_is_handed_on_and_frozen_at_the_last(
    world, ann, bo
):
    meeting = world.sandbox.tenant.outside.invite(
        ("Ines Moreau", "ines@contoso.example"),
        subject="At Contoso",
        start=world.tomorrow(),
        attendees=[ann.address, bo.address],
    )
    first = next(event for event in ann.events() if event.subject == "At Contoso")
    linked = world.create(ann, first.id)
    world.run(bo)

    ann.delete_event(first.id, hard=True)
    world.run(ann, bo)
    world.sandbox.tenant.outside.change(meeting, subject="Still at Contoso")
    world.run(bo)
    assert world.activity_now(linked.activity).subject == "Still at Contoso"

    second = next(event for event in bo.events() if event.subject == "Still at Contoso")
    bo.delete_event(second.id, hard=True)
    world.run(bo)

    assert world.link_now(linked.link).frozen_reason is FrozenReason.LAST_COPY_GONE
    assert world.activity_now(linked.activity).status == "planned"


def test_a_changed_organizer_keeps_the_link(world, ann, bo):
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), attendees=[bo.address])
    linked = world.create(ann, event_id)
    world.run(ann, bo)

    world.sandbox.tenant.replace_organizer(ann.event(event_id).ical_uid, bo)
    world.run(ann, bo, ann)
    moved = copy_of(bo, ann.event(event_id))
    bo.change_event(moved.id, start=world.tomorrow() + timedelta(hours=3))
    world.run(ann, bo)

    activity = world.activity_now(linked.activity)
    assert activity.when.start == world.tomorrow() + timedelta(hours=3)
    assert activity.organizer.address == bo.address
    assert "organizer-changed" in world.reasons(linked.link)
