"""Whose copy a link follows, when a participant links a colleague's or an outsider's meeting."""

from dataclasses import replace
from itertools import permutations

import pytest

from liaison.calendar.model import LinkState
from liaison.errors import (
    MeetingCancelled,
    MeetingNotFound,
    NotFound,
    RepresentativeInactive,
    SeveralMeetings,
)
from liaison_sandbox import meetings

INES = ("Ines Moreau", "ines@contoso.example")


@pytest.fixture
def carla(world):
    return world.representative("Carla Ruiz", aliases=["c.ruiz@nordwind.example"])


def copy_of(person, subject="Review"):
    return person.events(subject=subject)[0]


def invite(world, organizer, *people, **fields):
    attendees = [one if isinstance(one, tuple) else (one.name, one.address) for one in people]
    given = {"subject": "Review", "start": world.tomorrow()} | fields
    return organizer.create_event(attendees=attendees, **given)


def give_other_uid(world, person, copy=None):
    """Some systems between senders and Exchange do not keep the uid."""
    event = copy or copy_of(person)
    uid = meetings.new_ical_uid(event.key + 1000)
    person.mailbox.put(replace(event, ical_uid=uid), at=world.clock.now())


def bring_back(world, person, event_id):
    """His copy looks as if he had never been taken off the list."""
    fresh = replace(person.event(event_id), is_cancelled=False)
    person.mailbox.put(fresh, at=world.clock.now())


def followed_id(world, link):
    """The mailbox whose copy changed the activity last."""
    updates = [one for one in world.log(link) if one.reason == "activity-updated"]
    return updates[-1].mailbox_id


def test_a_colleagues_meeting_is_linked_by_the_organizers_copy(world, ann, bo):
    event_id = invite(world, ann, bo)
    copy = copy_of(bo)
    bo.change_event(copy.id, subject="Bo's own words")

    linked = world.link(bo, copy.id, world.activity(bo))

    assert linked.activity.subject == "Review"
    by_mailbox = {one.mailbox_id: one for one in linked.link.copies}
    assert by_mailbox[world.own(ann).id].event_id == ann.event(event_id).immutable_id
    assert by_mailbox[world.own(ann).id].is_organizer
    assert by_mailbox[world.own(bo).id].event_id == copy.immutable_id
    assert linked.activity.changed_by == "Bo Lind"


def test_an_activity_created_from_a_colleagues_meeting_has_him_as_organizer(world, ann, bo):
    invite(world, ann, bo)

    linked = world.create(bo, copy_of(bo).id)

    assert linked.activity.organizer.id == world.own(ann).id
    assert linked.activity.owner_id == world.own(bo).id


def test_a_participant_who_is_invited_by_an_alias_may_link(world, ann, carla):
    invite(world, ann, ("Carla Ruiz", "C.Ruiz@Nordwind.example"))

    linked = world.link(carla, copy_of(carla).id, world.activity(carla))

    assert linked.link.state is LinkState.LIVE


def test_who_is_not_among_the_attendees_of_the_organizers_copy_is_refused(world, ann, bo):
    event_id = invite(world, ann, bo)
    copy = copy_of(bo).id
    ann.change_event(event_id, attendees=[INES])
    bring_back(world, bo, copy)
    activity = world.activity(bo)

    with pytest.raises(NotFound):
        world.link(bo, copy, activity)

    assert world.count("links") == 0
    assert world.activity_now(activity) == activity


def test_a_meeting_that_its_organizer_deleted_is_cancelled_and_not_linked(world, ann, bo):
    event_id = invite(world, ann, bo)
    ann.delete_event(event_id, hard=True)
    copy = bo.events()[0]

    with pytest.raises(MeetingCancelled):
        world.link(bo, copy.id, world.activity(bo))


def test_a_copy_with_another_uid_is_found_by_its_start_and_subject(world, ann, bo):
    event_id = invite(world, ann, bo)
    give_other_uid(world, bo)

    linked = world.link(bo, copy_of(bo).id, world.activity(bo))

    assert linked.link.ical_uid == ann.event(event_id).ical_uid
    assert {one.mailbox_id for one in linked.link.copies} == {world.own(ann).id, world.own(bo).id}


def test_a_copy_with_another_uid_makes_no_second_link(world, ann, bo):
    event_id = invite(world, ann, bo)
    give_other_uid(world, bo)
    activity = world.activity(ann)
    first = world.link(ann, event_id, activity)

    again = world.link(bo, copy_of(bo).id, activity)

    assert not again.created
    assert again.link.id == first.link.id
    assert world.count("links") == 1


def test_two_meetings_of_the_organizer_that_look_the_same_are_not_guessed_between(world, ann, bo):
    invite(world, ann, bo)
    invite(world, ann, bo)
    for copy in bo.events(subject="Review"):
        give_other_uid(world, bo, copy)

    with pytest.raises(SeveralMeetings):
        world.link(bo, copy_of(bo).id, world.activity(bo))


def test_an_organizers_copy_that_is_nowhere_is_said_so(world, ann, bo):
    invite(world, ann, bo)
    give_other_uid(world, bo)
    bo.change_event(copy_of(bo).id, subject="Bo's own words")

    with pytest.raises(MeetingNotFound):
        world.link(bo, copy_of(bo, "Bo's own words").id, world.activity(bo))


def test_an_outsiders_meeting_follows_the_copy_of_who_linked_it(world, bo):
    outside = world.sandbox.tenant.outside
    outside.invite(INES, [(bo.name, bo.address)], subject="Offer", start=world.tomorrow())

    linked = world.link(bo, copy_of(bo, "Offer").id, world.activity(bo))

    assert linked.activity.subject == "Offer"
    assert linked.activity.organizer.address == INES[1]
    assert "followed-copy" in world.reasons(linked.link)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_visits_never_changes_which_copy_counts(world, ann, bo, carla, dev, order):
    people = [ann, bo, carla]
    invite(world, dev, *people)
    linked = world.link(carla, copy_of(carla).id, world.activity(carla))
    smallest = min(people, key=lambda one: world.own(one).id)

    for one in people:
        one.change_event(copy_of(one).id, subject=f"As {one.name} calls it")
    world.run(*(people[n] for n in order))
    world.run(*people)

    assert world.activity_now(linked.activity).subject == f"As {smallest.name} calls it"
    assert followed_id(world, linked.link) == world.own(smallest).id


def test_the_copy_of_an_organizer_who_becomes_active_governs_from_then_on(world, bo, dev):
    event_id = invite(world, dev, bo)
    linked = world.link(bo, copy_of(bo).id, world.activity(bo))
    bo.change_event(copy_of(bo).id, subject="Bo's own words")
    world.run(bo)
    assert world.activity_now(linked.activity).subject == "Bo's own words"

    world.import_person(dev)
    world.switch(dev, active=True)
    world.run(dev, bo)

    assert world.activity_now(linked.activity).subject == "Review"
    assert world.link_now(linked.link).id == linked.link.id
    assert world.count("activities") == 1
    dev.change_event(event_id, subject="From the organizer")
    world.run(bo, dev)
    assert world.activity_now(linked.activity).subject == "From the organizer"
    bo.change_event(copy_of(bo, "From the organizer").id, subject="Ignored")
    world.run(bo, dev)
    assert world.activity_now(linked.activity).subject == "From the organizer"


def test_without_anybody_active_there_is_nothing_to_follow(world, dev):
    world.import_person(dev)
    event_id = invite(world, dev, INES)
    activity = world.activity(dev)

    with pytest.raises(RepresentativeInactive):
        world.link(dev, event_id, activity)


def test_what_an_invitee_changes_in_his_copy_never_reaches_the_activity(world, ann, bo):
    event_id = invite(world, ann, bo)
    linked = world.link(ann, event_id, world.activity(ann))

    bo.change_event(copy_of(bo).id, subject="Bo's own words")
    world.run(bo, ann)
    world.notify(bo, copy_of(bo, "Bo's own words").id)

    assert world.activity_now(linked.activity).subject == "Review"
    link = world.link_now(linked.link)
    assert link.copy_of(world.own(bo).id).event_id == copy_of(bo, "Bo's own words").immutable_id
