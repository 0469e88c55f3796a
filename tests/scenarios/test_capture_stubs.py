"""Captured meetings whose organizer's copy cannot be read: one stub for all who were invited."""

import pytest

from capture_stage import activities, captures, link_of
from liaison.calendar.model import FrozenReason, LinkState
from liaison.crm.model import ActivityStatus, ReviewNote
from series_world import nth, weekly

KIM = ("Kim Sato", "kim@fabrikam.example")
LEFT = ReviewNote("last-copy-gone")


def copy_of(person, ical_uid):
    return next(event for event in person.events() if event.ical_uid == ical_uid)


def invited(world, sandbox, *people, **fields):
    """Kim of Fabrikam invites some of ours."""
    given = {"subject": "Review", "start": world.tomorrow()} | fields
    return sandbox.tenant.outside.invite(KIM, [one.address for one in people], **given)


def test_stub_created_from_an_invitees_copy(world, sandbox, ann):
    captures(world, "all")
    invited(world, sandbox, ann)

    world.run(ann)

    [stub] = activities(world)
    assert (stub.subject, stub.stub, stub.owner_id) == ("Review", True, world.own(ann).id)
    assert stub.organizer.address == KIM[1]
    assert world.reasons(link_of(world, stub))[-1] == "stub-created"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_order_of_mailboxes_does_not_change_the_stub(world, sandbox, ann, bo, order):
    """SA-12: mailbox by mailbox, and the same result. pains 2."""
    captures(world, "all")
    uid = invited(world, sandbox, ann, bo)
    ann.change_event(copy_of(ann, uid).id, subject="In Ann's words")

    for at in order:
        world.run((ann, bo)[at])
    world.run(ann, bo)

    [stub] = activities(world)
    link = link_of(world, stub)
    assert (stub.stub, stub.owner_id) == (True, world.own(ann).id)
    assert stub.subject == "In Ann's words"
    assert {copy.mailbox_id for copy in link.copies} == {world.own(ann).id, world.own(bo).id}


def test_stub_updated_when_the_outsider_changes_the_meeting(world, sandbox, ann):
    captures(world, "all")
    uid = invited(world, sandbox, ann)
    world.run(ann)

    sandbox.tenant.outside.change(uid, subject="Review of the offer", start=world.tomorrow(15))
    world.run(ann)

    [stub] = activities(world)
    assert (stub.subject, stub.when.starts_at) == ("Review of the offer", world.tomorrow(15))
    assert stub.stub
    assert world.reasons(link_of(world, stub))[-1] == "stub-updated"


def test_another_copy_takes_over_when_the_first_one_leaves(world, sandbox, ann, bo):
    """pains 25"""
    captures(world, "all")
    uid = invited(world, sandbox, ann, bo)
    world.run(ann, bo)

    ann.delete_event(copy_of(ann, uid).id, hard=True)
    world.run(ann)
    sandbox.tenant.outside.change(uid, subject="Without Ann")
    world.run(bo)

    [stub] = activities(world)
    assert (stub.subject, stub.deleted_at, stub.status) == (
        "Without Ann",
        None,
        ActivityStatus.PLANNED,
    )


def test_last_copy_gone_marks_the_stub_and_never_deletes_it(world, sandbox, ann):
    """pains 16: losing sight of a meeting is no deletion."""
    captures(world, "all", onDelete="delete", onCancel="delete")
    uid = invited(world, sandbox, ann)
    world.run(ann)

    ann.delete_event(copy_of(ann, uid).id, hard=True)
    world.run(ann)

    [stub] = activities(world)
    link = link_of(world, stub)
    assert (stub.deleted_at, stub.status, stub.review) == (None, ActivityStatus.PLANNED, (LEFT,))
    assert (link.state, link.frozen_reason) == (LinkState.FROZEN, FrozenReason.LAST_COPY_GONE)


def test_the_mark_goes_when_a_copy_is_seen_again(world, sandbox, ann, bo):
    captures(world, "all")
    uid = invited(world, sandbox, ann, bo)
    world.run(ann)
    ann.delete_event(copy_of(ann, uid).id, hard=True)
    world.run(ann)
    assert activities(world)[0].review == (LEFT,)

    world.run(bo)

    [stub] = activities(world)
    assert stub.review == ()
    assert link_of(world, stub).state is LinkState.LIVE


def test_an_outsiders_cancellation_cancels_the_stub(world, sandbox, ann):
    captures(world, "all")
    uid = invited(world, sandbox, ann)
    world.run(ann)

    sandbox.tenant.outside.cancel(uid)
    world.run(ann)

    assert activities(world)[0].status is ActivityStatus.CANCELLED


def test_stub_adopted_when_the_organizer_becomes_active(world, ann, dev):
    """pains 25: the same activity, never a second one."""
    captures(world, "all")
    dev.create_event(subject="Review", start=world.tomorrow(), attendees=[ann.address])
    world.run(ann)
    [stub] = activities(world)
    assert stub.stub

    world.import_person(dev)
    world.switch(dev, active=True)
    world.run(dev, ann)

    [adopted] = activities(world)
    assert (adopted.id, adopted.stub, adopted.owner_id) == (stub.id, False, world.own(dev).id)
    assert world.reasons(link_of(world, adopted)).count("stub-adopted") == 1


def test_what_a_person_made_is_never_a_stub(world, sandbox, ann):
    captures(world, "all")
    uid = invited(world, sandbox, ann)

    made = world.create(ann, copy_of(ann, uid).id)
    world.run(ann)

    assert [(one.id, one.stub) for one in activities(world)] == [(made.activity.id, False)]


def test_a_stub_that_a_person_gave_to_somebody_stays_his(world, sandbox, ann, bo):
    captures(world, "all")
    invited(world, sandbox, ann, bo)
    world.run(bo)
    carla = world.representative("Carla Ruiz")
    [stub] = activities(world)
    world.edit(bo, stub, owner=world.own(carla).id)

    world.run(ann)

    assert activities(world)[0].owner_id == world.own(carla).id


def test_a_series_of_an_outsider_becomes_one_stub(world, sandbox, ann, bo):
    captures(world, "all")
    start = world.tomorrow()
    uid = invited(world, sandbox, ann, bo, recurrence=weekly(start))
    world.run(bo, ann)

    sandbox.tenant.outside.change(uid, original_start=nth(world, 1), subject="With Kim")
    world.run(ann, bo)

    [stub] = activities(world)
    assert stub.stub
    assert [one.original_start for one in stub.recurrence.exceptions] == [nth(world, 1)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_copy_that_is_private_governs_in_whatever_order(world, sandbox, ann, bo, order):
    captures(world, "all")
    uid = invited(world, sandbox, ann, bo)
    ann.change_event(copy_of(ann, uid).id, sensitivity="private")

    for at in order:
        world.run((ann, bo)[at])
    world.run(ann, bo)

    [stub] = activities(world)
    link = link_of(world, stub)
    assert (link.state, link.frozen_reason) == (LinkState.FROZEN, FrozenReason.PRIVATE)
