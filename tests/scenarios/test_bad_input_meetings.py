"""Meetings that cannot be linked or followed, or only partly: a clear answer each, nothing lost, nobody else stopped."""

import pytest

from liaison.calendar.model import FrozenReason, LinkState, Scope
from liaison.errors import (
    MeetingCancelled,
    PrivateMeeting,
    ScopeMismatch,
    UnsupportedMeeting,
)
from liaison_sandbox.model import Attendee

WEEKLY = {
    "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]},
    "range": {"type": "noEnd", "startDate": "2026-11-23"},
}


@pytest.fixture
def meeting(world, ann, bo):
    return ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=[(bo.name, bo.address)]
    )


def refuse_both(world, person, event_id, error):
    """Neither linking nor creating; nothing is written."""
    activity = world.activity(person)
    with pytest.raises(error):
        world.link(person, event_id, activity)
    with pytest.raises(error):
        world.create(person, event_id)
    assert (world.count("links"), world.count("activities")) == (0, 1)
    assert world.activity_now(activity) == activity


@pytest.mark.parametrize("sensitivity", ["private", "confidential"])
def test_a_private_meeting_is_refused(world, ann, sensitivity):
    event_id = ann.create_event(subject="X", start=world.tomorrow(), sensitivity=sensitivity)

    refuse_both(world, ann, event_id, PrivateMeeting)


def test_a_personal_meeting_is_not_private(world, ann):
    event_id = ann.create_event(subject="X", start=world.tomorrow(), sensitivity="personal")

    assert world.create(ann, event_id).link.state is LinkState.LIVE


def test_a_meeting_that_is_private_on_the_organizers_copy_is_refused_to_invitees(world, ann, bo):
    event_id = ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=[bo.address], sensitivity="private"
    )
    copy = bo.events()[0]
    bo.change_event(copy.id, sensitivity="normal")

    refuse_both(world, bo, copy.id, PrivateMeeting)
    assert ann.event(event_id).sensitivity == "private"


def test_a_meeting_that_is_private_on_an_invitees_copy_only_is_linked(world, ann, bo, meeting):
    copy = bo.events()[0]
    bo.change_event(copy.id, sensitivity="private")

    linked = world.link(bo, copy.id, world.activity(bo))
    world.run(bo, ann)

    assert world.link_now(linked.link).state is LinkState.LIVE


def test_a_linked_meeting_that_turns_private_freezes_and_resumes_when_it_is_public_again(
    world, ann, meeting
):
    linked = world.create(ann, meeting)

    ann.change_event(meeting, sensitivity="private", subject="Secret")
    world.run(ann)

    link = world.link_now(linked.link)
    assert (link.state, link.frozen_reason) == (LinkState.FROZEN, FrozenReason.PRIVATE)
    assert world.activity_now(linked.activity).subject == "Review"
    assert "Secret" not in str(world.log(linked.link))

    ann.change_event(meeting, sensitivity="normal", subject="Public")
    world.run(ann)

    assert world.link_now(linked.link).state is LinkState.LIVE
    assert world.activity_now(linked.activity).subject == "Public"
    assert {"private", "link-resumed"} <= set(world.reasons(linked.link))


def test_a_cancelled_meeting_is_refused(world, ann, bo, meeting):
    ann.cancel_event(meeting)

    refuse_both(world, bo, bo.events()[0].id, MeetingCancelled)


def test_a_series_that_does_not_say_how_it_repeats_is_refused_aloud(world, ann, meeting):
    ann.make_odd(meeting, type="seriesMaster", recurrence=None)

    refuse_both(world, ann, meeting, UnsupportedMeeting)


@pytest.mark.parametrize("scope", ["series", "occurrence"])
def test_a_scope_that_does_not_fit_is_refused(world, ann, meeting, scope):
    with pytest.raises(ScopeMismatch):
        world.link(ann, meeting, world.activity(ann), Scope(scope))

    assert world.count("links") == 0


def test_a_linked_meeting_that_cannot_be_read_says_unsupported_and_loses_nothing(
    world, ann, meeting
):
    linked = world.create(ann, meeting)

    ann.make_odd(meeting, start=None)
    world.notify(ann, meeting)

    assert "unsupported" in world.reasons(linked.link)
    assert world.link_now(linked.link).state is LinkState.LIVE
    assert world.activity_now(linked.activity) == linked.activity


def test_an_attendee_without_a_usable_address_is_named_and_stops_nobody(world, ann, bo):
    event_id = ann.create_event(
        subject="Review",
        start=world.tomorrow(),
        attendees=[
            Attendee("Old Colleague", "/o=ExchangeLabs/cn=Recipients/cn=old"),
            (bo.name, bo.address),
        ],
    )

    linked = world.create(ann, event_id)

    people = {one.name: one.address for one in linked.activity.participants}
    assert people["Old Colleague"] == ""
    assert people["Bo Lind"] == bo.address
    [told] = [one for one in world.log(linked.link) if one.reason == "participants-unknown"]
    assert told.facts["people"] == ["Old Colleague"]
    version = linked.activity.version
    world.run(ann, bo)
    assert world.activity_now(linked.activity).version == version


def test_two_attendees_without_addresses_are_two_people(world, ann):
    nameless = [Attendee("First", ""), Attendee("Second", "")]
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), attendees=nameless)

    linked = world.create(ann, event_id)

    assert {one.name for one in linked.activity.participants} == {"Ann Berg", "First", "Second"}


def test_an_event_that_cannot_be_read_stops_no_other(world, ann, meeting):
    other = ann.create_event(subject="Other", start=world.tomorrow(15))
    broken, sound = world.create(ann, meeting), world.create(ann, other)
    world.run(ann)

    sound_end = ann.event(meeting).end
    ann.change_event(meeting, end=world.tomorrow(8), subject="Odd")
    ann.change_event(other, subject="Other, changed")
    world.run(ann)

    assert world.activity_now(sound.activity).subject == "Other, changed"
    assert world.activity_now(broken.activity).subject == "Review"
    assert world.link_now(broken.link).state is LinkState.LIVE
    assert world.reasons(broken.link)[-1] == "unsupported"

    ann.change_event(meeting, end=sound_end)
    world.run(ann)

    assert world.activity_now(broken.activity).subject == "Odd"
