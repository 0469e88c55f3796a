"""What the pane shows of a meeting that is, was, or may be linked."""

import pytest

from liaison.calendar.model import LinkState
from liaison.calendar.rules.markers import marker_of
from liaison.db.installation import will_mark
from liaison.outlook.event_mapping import MARKER


@pytest.fixture
def meeting(world, ann, bo):
    return ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=[(bo.name, bo.address)]
    )


def test_the_pane_shows_a_link_that_ended_with_who_ended_it(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)

    view = world.show(ann, meeting)

    assert (view.link.state, view.link.ended_by) == (LinkState.ENDED, "Ann Berg")
    assert view.differences == ()
    assert linked.activity.id in {activity.id for activity, _ in view.suggestions}


def test_the_pane_shows_what_differs_until_it_is_synced(world, ann, meeting):
    world.create(ann, meeting)

    ann.change_event(meeting, subject="Changed")
    before = world.show(ann, meeting).differences
    world.run(ann)

    assert [(one.field, one.outlook, one.crm) for one in before] == [
        ("subject", "Changed", "Review")
    ]
    assert world.show(ann, meeting).differences == ()


def test_the_pane_shows_no_activity_that_one_may_not_see(world, ann, bo):
    event_id = ann.create_event(subject="Secret", start=world.tomorrow())
    world.link(ann, event_id, world.activity(ann, confidential=True))
    world.sandbox.tenant.share_calendar(ann, bo)

    view = world.show(bo, event_id, mailbox=ann.address)

    assert view.activity is None
    assert view.differences == ()


def test_the_pane_tells_of_a_copy_whose_meeting_it_copies(world, ann):
    original = ann.create_event(subject="Offer", start=world.tomorrow())
    made = world.create(ann, original)
    with world.database.transaction() as session:
        marker = marker_of(will_mark(session), made.activity.id)
    copy = ann.create_event(subject="Offer", start=world.tomorrow())
    ann.change_event(copy, properties={MARKER: marker})

    assert world.show(ann, copy).copied_from.id == made.activity.id
    assert world.show(ann, original).copied_from is None


def test_the_pane_shows_an_invitee_what_he_answered_himself(world, sandbox, bo):
    kim = ("Kim Sato", "kim@fabrikam.example")
    guests = [(bo.name, bo.address)]
    sandbox.tenant.outside.invite(kim, guests, subject="Visit", start=world.tomorrow())
    [copy] = bo.events(subject="Visit")
    world.create(bo, copy.id)
    bo.answer(copy.id, "accepted")
    world.run(bo)

    view = world.show(bo, copy.id)

    assert [one.response for one in view.matches.people if one.address == bo.address] == [
        "accepted"
    ]
    assert [one.response for one in view.activity.participants if one.address == bo.address] == [
        "accepted"
    ]
    assert view.differences == ()


def test_the_pane_shows_an_invitee_what_the_others_answered_as_the_activity_knows_it(
    world, ann, bo
):
    cleo = world.representative("Cleo Maas")
    guests = [(bo.name, bo.address), (cleo.name, cleo.address)]
    event_id = ann.create_event(subject="Round", start=world.tomorrow(), attendees=guests)
    world.create(ann, event_id)
    [invitation] = cleo.events(subject="Round")
    cleo.answer(invitation.id, "accepted")
    world.run(ann)

    [copy] = bo.events(subject="Round")
    view = world.show(bo, copy.id)

    answers = {one.address: one.response for one in view.matches.people}
    assert (answers[cleo.address], answers[bo.address]) == ("accepted", "none")
