"""What the pane shows of a meeting that is, was, or may be linked."""

import pytest

from held_world import approve_as, the_hold
from liaison.calendar.linking.views import list_link_decisions
from liaison.calendar.model import LinkState
from liaison.calendar.rules.markers import marker_of
from liaison.db.installation import will_mark
from liaison.outlook.event_mapping import MARKER
from scenario_runs import sync
from transfer_stage import KIM, guest, link_of, plan, reasons_of


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


def refused_before(world, person, **fields):
    """An activity that was to go to Outlook while nobody's mailbox could be written."""
    activity = plan(world, person, **fields)
    world.switch(person, active=False)
    world.edit(person, activity, subject="Offer")
    world.switch(person, active=True)
    assert reasons_of(world, activity) == ["organizer-not-active"]
    return world.activity_now(activity)


def test_why_tells_also_what_was_decided_before_there_was_a_link(world, ann):
    """In the pane as on the activity's page: here a mail that waited, and who approved it."""
    world.writes_allowed = True
    world.set_policy(mailBudgetPerAction=1)
    world.run(ann)
    activity = plan(world, ann, people=[guest(), guest(KIM)])
    sync(world, ann)
    approve_as(world, the_hold(world))
    world.run(ann)
    [event] = ann.events()

    shown = world.show(ann, event.immutable_id).decisions

    everything = reasons_of(world, activity)
    assert everything[0] == "mail-held"
    assert "event-created" in everything
    assert [one.decision.reason for one in reversed(shown)] == everything
    link = link_of(world, activity)
    told = list_link_decisions(world.tools, world.sign_in(ann), link.id, limit=50, before=None)
    assert [one.id for one in told] == [one.id for one in shown]


def test_why_of_a_link_goes_on_page_by_page_with_what_was_decided_before_it(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)
    other = refused_before(world, ann)
    link = world.link(ann, meeting, other).link

    def told(limit, before=None):
        person = world.sign_in(ann)
        return list_link_decisions(world.tools, person, link.id, limit=limit, before=before)

    whole = told(50)
    pages, before = [], None
    while page := told(2, before):
        pages += page
        before = page[-1].id
    reasons = {one.decision.reason for one in whole}
    assert reasons >= {"organizer-not-active", "activity-created", "unlinked-by-person"}
    assert pages == whole


def test_why_of_an_activity_that_one_may_not_see_tells_of_the_link_alone(world, ann, bo):
    event_id = ann.create_event(subject="Secret", start=world.tomorrow())
    activity = refused_before(world, ann, confidential=True)
    link = world.link(ann, event_id, activity).link
    world.sandbox.tenant.share_calendar(ann, bo)

    shown = world.show(bo, event_id, mailbox=ann.address).decisions

    assert {one.decision.link_id for one in shown} == {link.id}
