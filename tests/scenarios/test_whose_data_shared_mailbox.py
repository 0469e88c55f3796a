"""Another mailbox is read in the caller's own name before anything else, and only if Outlook lets him."""

from contextlib import contextmanager

import pytest

from liaison.calendar.linking.acts import retract, sync_now, unlink
from liaison.calendar.linking.views import list_link_decisions
from liaison.calendar.model import LinkState
from liaison.errors import (
    ConsentMissing,
    EventAccessDenied,
    Forbidden,
    InteractionRequired,
    InvalidRequest,
    LiaisonError,
    MeetingNotFound,
    NotAUser,
    SeveralMeetings,
)


@pytest.fixture
def meeting(world, ann):
    return ann.create_event(subject="Review", start=world.tomorrow())


@contextmanager
def watched(world, owner, reader):
    """Afterwards: no read of that mailbox in the application's name before the reader's own succeeded."""
    before = len(world.sandbox.log)
    yield
    calls = [call for call in list(world.sandbox.log)[before:] if call.mailbox == owner.oid]
    own = [n for n, call in enumerate(calls) if call.caller == reader.oid and call.status == 200]
    first_own = own[0] if own else len(calls)
    assert not [call.path for call in calls[:first_own] if call.app_only]


@contextmanager
def refused(world, owner, reader, error):
    """Refused with this error, and the mailbox never read in the application's name."""
    before = len(world.sandbox.log)
    with pytest.raises(error) as caught:
        yield caught
    calls = [call for call in list(world.sandbox.log)[before:] if call.mailbox == owner.oid]
    assert not [call.path for call in calls if call.app_only]


@contextmanager
def without_a_look(world, owner):
    """Without any look into that mailbox."""
    before = len(world.sandbox.log)
    yield
    assert [call for call in list(world.sandbox.log)[before:] if call.mailbox == owner.oid] == []


def test_a_shared_mailbox_is_read_in_the_callers_name_first(world, ann, bo, meeting):
    world.sandbox.tenant.share_calendar(ann, bo)

    with watched(world, ann, bo):
        view = world.show(bo, meeting, mailbox=ann.address)

    assert (view.event.subject, view.mailbox) == ("Review", ann.address)


def test_a_meeting_in_a_shared_mailbox_is_linked_on_its_owners_copy(world, ann, bo, meeting):
    world.sandbox.tenant.share_calendar(ann, bo)
    activity = world.activity(bo)

    with watched(world, ann, bo):
        linked = world.link(bo, meeting, activity, mailbox="A.Berg@Nordwind.example")

    assert linked.link.state is LinkState.LIVE
    assert [one.mailbox_id for one in linked.link.copies] == [world.own(ann).id]
    assert linked.activity.changed_by == "Bo Lind"


def test_a_meeting_to_which_the_owner_of_the_shared_mailbox_is_invited_by_an_alias(world, ann, bo):
    carla = world.representative("Carla Ruiz")
    carla.create_event(
        subject="Plan", start=world.tomorrow(), attendees=["a.berg@nordwind.example"]
    )
    world.sandbox.tenant.share_calendar(ann, bo)
    copy = ann.events(subject="Plan")[0].id

    with watched(world, ann, bo):
        linked = world.link(bo, copy, world.activity(bo), mailbox=ann.address)

    assert linked.link.state is LinkState.LIVE


def test_ones_own_meeting_opened_in_a_shared_mailbox_is_linked(world, ann, bo):
    bo.create_event(subject="Plan", start=world.tomorrow(), attendees=[ann.address])
    world.sandbox.tenant.share_calendar(ann, bo)
    copy = ann.events(subject="Plan")[0].id

    with watched(world, ann, bo):
        linked = world.link(bo, copy, world.activity(bo), mailbox=ann.address)

    by_mailbox = {one.mailbox_id: one for one in linked.link.copies}
    assert by_mailbox[world.own(bo).id].is_organizer


@pytest.mark.parametrize("status", [403, 404])
def test_a_mailbox_that_nobody_shared_is_denied(world, ann, bo, meeting, status):
    world.sandbox.settings.foreign_mailbox_status = status
    activity = world.activity(bo)

    with refused(world, ann, bo, LiaisonError) as caught:
        world.link(bo, meeting, activity, mailbox=ann.address)

    assert isinstance(caught.value, EventAccessDenied | MeetingNotFound)
    assert world.count("links") == 0


def test_a_mailbox_of_nobody_is_refused_like_one_that_is_not_shared(world, bo, meeting):
    with pytest.raises(EventAccessDenied):
        world.show(bo, meeting, mailbox="nobody@nordwind.example")


def test_a_colleagues_mailbox_is_not_found_by_its_content_either(world, ann, bo, meeting):
    event = ann.event(meeting)
    look = {"subject": "Review", "start": event.start, "end": event.end}

    with refused(world, ann, bo, EventAccessDenied):
        world.show(bo, None, mailbox=ann.address, **look)


def test_without_an_id_the_shared_mailbox_is_searched_in_the_callers_name(world, ann, bo, meeting):
    world.sandbox.tenant.share_calendar(ann, bo)
    event = ann.event(meeting)
    look = {"subject": "Review", "start": event.start, "end": event.end}

    with watched(world, ann, bo):
        view = world.show(bo, None, mailbox=ann.address, **look)

    assert view.event.event_id == event.immutable_id


def test_several_meetings_that_fit_in_a_shared_mailbox_are_refused(world, ann, bo, meeting):
    world.sandbox.tenant.share_calendar(ann, bo)
    event = ann.event(meeting)
    ann.create_event(subject="Review", start=event.start, end=event.end)
    look = {"subject": "Review", "start": event.start, "end": event.end}

    with refused(world, ann, bo, SeveralMeetings):
        world.show(bo, None, mailbox=ann.address, **look)


def test_a_claims_challenge_comes_back_with_its_claims(world, ann, bo, meeting):
    world.sandbox.tenant.share_calendar(ann, bo)
    claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'
    world.sandbox.grants.require_interaction(bo, claims)

    with refused(world, ann, bo, InteractionRequired) as caught:
        world.link(bo, meeting, world.activity(bo), mailbox=ann.address)

    assert caught.value.facts["claims"] == claims


def test_a_consent_that_is_missing_is_named(world, ann, bo, meeting):
    world.sandbox.tenant.share_calendar(ann, bo)
    world.sandbox.grants.withhold_consent(bo)

    with refused(world, ann, bo, ConsentMissing):
        world.link(bo, meeting, world.activity(bo), mailbox=ann.address)


def test_a_private_meeting_in_a_shared_calendar_is_refused(world, ann, bo):
    world.sandbox.tenant.share_calendar(ann, bo)
    hidden = ann.create_event(subject="Doctor", start=world.tomorrow(), sensitivity="private")

    with refused(world, ann, bo, LiaisonError) as caught:
        world.link(bo, hidden, world.activity(bo), mailbox=ann.address)

    assert caught.value.code == "private"


def test_somebody_who_was_not_imported_is_no_user(world, ann, dev, meeting):
    signed_in = world.sign_in(ann)
    stranger = type(signed_in)(dev.oid, signed_in.tenant_id, signed_in.token, None)

    for act in (unlink, retract, sync_now):
        with pytest.raises(NotAUser):
            act(world.tools, stranger, world.own(ann).id)


@pytest.mark.parametrize("act", [unlink, retract, sync_now])
def test_acting_on_a_colleagues_link_needs_an_own_copy_or_his_mailbox(world, ann, bo, meeting, act):
    linked = world.create(ann, meeting)
    world.run(ann)

    with refused(world, ann, bo, Forbidden):
        act(world.tools, world.sign_in(bo), linked.link.id)

    assert world.link_now(linked.link) == linked.link


def log_as_read_by(world, person, link):
    return list_link_decisions(world.tools, world.sign_in(person), link.id, limit=10, before=None)


def test_the_log_of_a_colleagues_link_is_for_those_who_see_its_activity(world, ann, bo, meeting):
    linked = world.create(ann, meeting)

    with without_a_look(world, ann):
        log = log_as_read_by(world, bo, linked.link)

    assert [one.decision.reason for one in log] == world.reasons(linked.link)[::-1]


def test_the_log_of_a_confidential_activity_needs_what_acting_needs(world, ann, bo, meeting):
    linked = world.link(ann, meeting, world.activity(ann, confidential=True))

    with refused(world, ann, bo, Forbidden):
        log_as_read_by(world, bo, linked.link)


def test_who_may_read_the_meeting_in_its_owners_mailbox_may_unlink_it(world, ann, bo, meeting):
    linked = world.create(ann, meeting)
    world.sandbox.tenant.share_calendar(ann, bo)

    with watched(world, ann, bo):
        ended = world.unlink(bo, linked.link)

    assert (ended.state, ended.ended_by) == (LinkState.ENDED, "Bo Lind")


def test_an_invitee_may_unlink_although_his_mailbox_was_never_visited(world, ann, bo):
    event_id = ann.create_event(subject="Plan", start=world.tomorrow(), attendees=[bo.address])
    linked = world.create(ann, event_id)

    with watched(world, ann, bo):
        ended = world.unlink(bo, linked.link)

    assert ended.state is LinkState.ENDED


def test_ones_own_alias_is_no_foreign_mailbox(world, ann, meeting):
    view = world.show(ann, meeting, mailbox="A.BERG@nordwind.example")

    assert view.mailbox == ann.address
    assert not [call for call in world.sandbox.log if call.caller]


@pytest.mark.parametrize("mailbox", ["", " ", "x", "../users", "a/b@nordwind.example", "a?b@c"])
def test_what_is_no_address_names_no_mailbox(world, ann, meeting, mailbox):
    with pytest.raises((EventAccessDenied, InvalidRequest)):
        world.show(ann, meeting, mailbox=mailbox)


def test_acting_on_a_colleagues_link_may_need_a_new_sign_in(world, ann, bo, meeting):
    linked = world.create(ann, meeting)
    world.sandbox.tenant.share_calendar(ann, bo)
    world.sandbox.grants.require_interaction(bo, '{"access_token":{}}')

    with refused(world, ann, bo, InteractionRequired):
        world.unlink(bo, linked.link)

    assert world.link_now(linked.link).state is LinkState.LIVE
