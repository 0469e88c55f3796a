"""Whoever sees a meeting first, the organizer's own copy is written, and nothing that is the CRM's alone mails anybody."""

import pytest

from scenario_runs import sync
from scenario_traffic import writes_of
from transfer_stage import INES, colleague, guest, mails, plan

BOTH = dict.fromkeys(("subject", "time", "place", "participants"), "both") | {"notes": "outlook"}


@pytest.fixture(autouse=True)
def may_write(world, ann, bo):
    world.writes_allowed = True
    world.set_policy(owners=BOTH, capture="all")
    world.run(ann, bo)


def test_a_meeting_first_seen_in_an_invitees_mailbox_is_written_by_its_organizer(world, ann, bo):
    """pains 23, 24; SA-06, SA-10: the invitee's id is never used, his mailbox never written."""
    event_id = ann.create_event(
        subject="Offer", start=world.tomorrow(), attendees=[bo.address, INES]
    )
    [copy] = bo.events(subject="Offer")
    made = world.create(bo, copy.id)
    world.run(bo, ann)

    world.edit(ann, made.activity, subject="Offer 2027")
    sync(world, bo)
    sync(world, ann)

    assert ann.event(event_id).subject == bo.event(copy.id).subject == "Offer 2027"
    [written] = writes_of(world.sandbox)
    assert written.mailbox == ann.oid
    assert mails(world)[(INES, "update")] == 1


def test_what_is_the_crms_alone_never_touches_outlook(world, ann):
    """pains 5: a report on a meeting that was held invites nobody again."""
    activity = plan(world, ann, people=[guest()])
    sync(world, ann)
    world.clock.advance(days=3)

    for wish in (
        {"status": "completed"},
        {"outcome": "Signed", "next_step": "Send the contract"},
        {"internal_notes": "Ask for the budget", "regarding": "Renewal"},
    ):
        world.edit(ann, activity, **wish)
        sync(world, ann)
    world.run(ann)

    assert len(writes_of(world.sandbox)) == 1
    assert mails(world) == {(INES, "invitation"): 1}


def test_exchange_alone_mails_and_each_person_once(world, ann, bo):
    """pains 3, 8; SA-09, SA-11: one invitation, one update, one cancellation for each of them."""
    world.set_policy(onCrmDelete="cancel")
    activity = plan(world, ann, people=[guest(), colleague(world, bo)])
    sync(world, ann)
    world.run(bo, ann)

    world.edit(ann, activity, location="Room 2")
    sync(world, ann)
    world.run(bo, ann)
    world.edit(ann, activity, status="cancelled")
    sync(world, ann)
    world.run(bo, ann)

    kinds = ("invitation", "update", "cancellation")
    assert mails(world) == {(who, kind): 1 for who in (INES, bo.address) for kind in kinds}


def test_what_comes_from_outlook_causes_no_write(world, ann, bo):
    """pains 4: no echo."""
    plan(world, ann, people=[colleague(world, bo)])
    sync(world, ann)
    [event] = ann.events(subject="Renewal")
    ann.change_event(event.id, subject="Renewal, moved", start=world.tomorrow(15))
    [copy] = bo.events(subject="Renewal, moved")
    bo.answer(copy.id, "accepted")

    world.run(bo, ann)
    world.run(ann, bo)

    assert len(writes_of(world.sandbox)) == 1
