"""Marked for editing because somebody is not known; resolved by a person, and remembered."""

import pytest

from builders import a_contact
from liaison.api.schemas.reviews import ReviewRequest
from liaison.calendar.crm_changes import note_activities
from liaison.calendar.model import NoteSource
from liaison.crm.embedded import contacts
from liaison.crm.embedded.editing import Editing
from liaison.crm.model import Participant, PersonKind
from liaison.crm.rights import Editor
from liaison.people.representatives import find_representatives

MIA = "mia@unknown.example"


@pytest.fixture(autouse=True)
def reviewing(world):
    world.set_policy(unknownParticipants="review")


@pytest.fixture
def ines(world):
    with world.database.transaction() as session:
        return contacts.create_contact(session, a_contact())


def meeting(world, ann, *attendees, subject="Offer"):
    event_id = ann.create_event(
        subject=subject, start=world.tomorrow(), attendees=list(attendees or (MIA,))
    )
    return event_id, world.create(ann, event_id)


def enter(world, ann, activity, person, address=MIA):
    """What resolving does to the activity; the request itself is tested with the API."""
    own = world.own(ann)
    with world.database.transaction() as session:
        editing = Editing(
            session, Editor(own.id, own.name), world.clock.now(), find_representatives
        )
        editing.enter(activity.id, address, person)
        if person.kind is PersonKind.CONTACT:
            contacts.remember_alias(session, person.id, address)


def as_contact(contact):
    return Participant(PersonKind.CONTACT, contact.id, contact.name, MIA)


def people(world, activity):
    now = world.activity_now(activity)
    return {one.address: one.kind.value for one in now.participants}


def marks(world, activity):
    return [(note.reason, note.address) for note in world.activity_now(activity).review]


def test_a_later_run_finds_the_contact_by_the_remembered_alias_and_writes_nothing(world, ann, ines):
    _, made = meeting(world, ann)
    assert marks(world, made.activity) == [("participants-unknown", MIA)]
    enter(world, ann, made.activity, as_contact(ines))
    version = world.activity_now(made.activity).version

    world.run(ann)

    now = world.activity_now(made.activity)
    assert people(world, made.activity)[MIA] == "contact"
    assert (now.review, now.version) == ((), version)


def test_another_meeting_finds_him_by_the_alias_in_any_case(world, ann, ines):
    _, first = meeting(world, ann)
    enter(world, ann, first.activity, as_contact(ines))

    _, second = meeting(world, ann, "Mia@UNKNOWN.example", subject="Contract")

    assert people(world, second.activity)[MIA] == "contact"
    assert marks(world, second.activity) == []


def test_the_marks_of_other_meetings_go_when_they_are_looked_at_again(world, ann, ines):
    _, first = meeting(world, ann)
    _, second = meeting(world, ann, subject="Contract")
    enter(world, ann, first.activity, as_contact(ines))
    with world.database.transaction() as session:
        note_activities(session, world.tools, [second.activity.id], NoteSource.DELTA)

    world.work(ann)

    assert people(world, second.activity)[MIA] == "contact"
    assert marks(world, second.activity) == []


def test_a_changed_meeting_keeps_one_of_ours_whom_a_person_entered(world, ann, bo):
    event_id, made = meeting(world, ann)
    own = world.own(bo)
    one = Participant(PersonKind.REPRESENTATIVE, own.id, own.name, own.address)
    enter(world, ann, made.activity, one)

    ann.change_event(event_id, subject="Offer, again")
    world.run(ann)

    assert world.activity_now(made.activity).subject == "Offer, again"
    assert people(world, made.activity)[MIA] == "representative"
    assert marks(world, made.activity) == []


def test_a_mark_that_was_set_aside_is_not_made_again(world, ann):
    event_id, made = meeting(world, ann)
    own = world.own(ann)
    with world.database.transaction() as session:
        editor = Editor(own.id, own.name)
        editing = Editing(session, editor, world.clock.now(), find_representatives)
        editing.set_aside(made.activity.id, address=MIA, reason=None)

    ann.change_event(event_id, subject="Offer, again")
    world.run(ann)

    assert people(world, made.activity)[MIA] == "other"
    assert marks(world, made.activity) == []


def test_a_removed_attendee_takes_his_mark_with_him(world, ann):
    """pains 27: attendees are kept in step as a set."""
    event_id, made = meeting(world, ann)

    ann.change_event(event_id, attendees=[])
    world.run(ann)

    assert MIA not in people(world, made.activity)
    assert marks(world, made.activity) == []


def test_several_carriers_of_an_address_are_never_guessed_until_a_person_says(world, ann, ines):
    """AA-07 asks for unambiguous addresses."""
    with world.database.transaction() as session:
        for name in ("Mia", "Maja"):
            contacts.create_contact(session, a_contact(given_name=name, addresses=[MIA]))
    _, made = meeting(world, ann)
    assert marks(world, made.activity) == [("participants-ambiguous", MIA)]

    enter(world, ann, made.activity, as_contact(ines))
    world.run(ann)

    assert people(world, made.activity)[MIA] == "contact"
    assert marks(world, made.activity) == []


def test_rooms_groups_and_colleagues_of_our_domain_cause_no_review(world, ann, dev):
    room = {"name": "Room 1", "address": "room1@elsewhere.example", "type": "resource"}
    attendees = [room, "all-sales@nordwind.example", (dev.name, dev.address)]

    _, made = meeting(world, ann, *attendees)

    assert marks(world, made.activity) == []
    assert "all-sales@nordwind.example" in people(world, made.activity)


def test_an_odd_address_is_named_and_stops_nobody_else(world, ann, ines):
    """pains 29."""
    odd = ("Old system", "/o=exchange/cn=recipients/cn=old")

    event_id, made = meeting(world, ann, odd, ines.addresses[0])
    ann.change_event(event_id, subject="Offer, again")
    world.run(ann)

    assert people(world, made.activity)[ines.addresses[0]] == "contact"
    assert [address for _, address in marks(world, made.activity)] != []
    assert world.activity_now(made.activity).subject == "Offer, again"


def test_the_request_takes_the_address_as_the_mark_names_it(world, ann):
    _, made = meeting(world, ann, ("Old system", "/o=exchange/cn=recipients/cn=old"))
    [(_, address)] = marks(world, made.activity)

    loaded = ReviewRequest().load({"address": address, "ignore": True})

    assert loaded["address"] == address
