"""A story for each reason of what Outlook brings: what happened, what became of the activity, what the log says."""

from datetime import timedelta

import pytest

from builders import a_contact
from liaison.calendar.model import LinkState, Scope
from liaison.crm.embedded import contacts
from liaison.crm.model import ActivityStatus
from series_world import nth, weekly

INES = "ines@contoso.example"
MIA = "mia@unknown.example"


def meeting(world, ann, **more):
    """Ann's, with an activity, in step; the id of its event beside it."""
    event_id = ann.create_event(**{"subject": "Review", "start": world.tomorrow()} | more)
    made = world.create(ann, event_id)
    world.run(ann)
    return event_id, made


def know(world, address, *given_names):
    """Contacts of the CRM with this address."""
    with world.database.transaction() as session:
        for name in given_names:
            contacts.create_contact(session, a_contact(given_name=name, addresses=[address]))


def told(world, made, reason):
    return [one for one in world.log(made.link) if one.reason == reason]


def gone(world, ann, event_id, *, past=False):
    """Cleared away for good, and believed at the second look."""
    if past:
        world.clock.advance(days=3)
    ann.delete_event(event_id, hard=True)
    world.run(ann)
    world.clock.advance(seconds=31)
    world.run(ann)


def test_activity_updated_tells_what_was_and_is(world, ann):
    event_id, made = meeting(world, ann)
    ann.change_event(event_id, subject="Renamed")
    world.run(ann)

    [update] = told(world, made, "activity-updated")
    assert (update.before, update.after) == ({"subject": "Review"}, {"subject": "Renamed"})


def test_already_agreed_writes_nothing_anywhere(world, ann):
    event_id, made = meeting(world, ann)
    version = world.activity_now(made.activity).version

    world.notify(ann, event_id)

    assert world.reasons(made.link)[-1] == "already-agreed"
    assert world.activity_now(made.activity).version == version


def test_organizer_copy_governs_when_it_is_met_after_an_invitees(world, ann, dev):
    event_id = dev.create_event(subject="Review", start=world.tomorrow(), attendees=[ann.address])
    [copy] = ann.events()
    made = world.create(ann, copy.id)
    world.import_person(dev)
    world.switch(dev, active=True)
    dev.change_event(event_id, subject="As Dev says")
    world.run(dev)

    assert told(world, made, "organizer-copy")
    assert world.activity_now(made.activity).subject == "As Dev says"


def test_participants_matched_are_known_by_any_address_in_any_case(world, ann):
    know(world, INES, "Ines")
    _, made = meeting(world, ann, attendees=[INES.upper()])

    [people] = told(world, made, "participants-matched")
    assert INES in people.facts["people"]
    assert {one.kind for one in world.activity_now(made.activity).participants} == {
        "representative",
        "contact",
    }


@pytest.mark.parametrize(
    ("reason", "known"), [("participants-unknown", []), ("participants-ambiguous", ["Mia", "Max"])]
)
def test_participants_unknown_and_participants_ambiguous_are_kept_by_address_and_marked(
    world, ann, reason, known
):
    know(world, MIA, *known)
    world.set_policy(unknownParticipants="review")
    _, made = meeting(world, ann, attendees=[MIA])

    activity = world.activity_now(made.activity)
    assert [(mark.reason, mark.address) for mark in activity.review] == [(reason, MIA)]
    assert activity.participants[-1].kind == "other"
    assert told(world, made, reason)


def test_event_cancelled_cancels_the_activity_and_ends_the_link(world, ann):
    event_id, made = meeting(world, ann, attendees=[INES])
    ann.cancel_event(event_id)
    world.run(ann)
    world.clock.advance(seconds=31)
    world.run(ann)

    assert world.activity_now(made.activity).status is ActivityStatus.CANCELLED
    assert told(world, made, "event-cancelled")
    assert world.link_now(made.link).state is LinkState.ENDED


def test_event_deleted_is_a_meeting_without_others_that_is_gone(world, ann):
    event_id, made = meeting(world, ann)
    gone(world, ann, event_id)

    assert told(world, made, "event-deleted")
    assert world.activity_now(made.activity).status is ActivityStatus.CANCELLED


def test_event_restored_brings_the_activity_back(world, ann):
    event_id, made = meeting(world, ann)
    known_as = ann.event(event_id).immutable_id
    ann.delete_event(event_id)
    world.run(ann)
    world.clock.advance(seconds=31)
    world.run(ann)
    ann.restore_event(known_as)
    world.run(ann)

    assert told(world, made, "event-restored")
    assert world.activity_now(made.activity).status is ActivityStatus.PLANNED
    assert world.link_now(made.link).state is LinkState.LIVE


def test_completed_kept_is_what_was_done_already(world, ann):
    event_id, made = meeting(world, ann)
    world.edit(ann, made.activity, status="completed")
    gone(world, ann, event_id)

    assert told(world, made, "completed-kept")
    assert world.activity_now(made.activity).status is ActivityStatus.COMPLETED


def test_past_removal_kept_is_what_was_cleared_away_afterwards(world, ann):
    event_id, made = meeting(world, ann)
    gone(world, ann, event_id, past=True)

    assert told(world, made, "past-removal-kept")
    assert world.activity_now(made.activity).status is ActivityStatus.PLANNED


def test_left_calendar_is_present_all_the_same(world, ann):
    event_id, made = meeting(world, ann)
    ann.move_event(event_id, "Private")
    world.run(ann)

    assert told(world, made, "left-calendar")
    assert world.link_now(made.link).state is LinkState.LIVE


def test_left_window_is_an_update_and_never_a_removal(world, ann):
    world.set_policy(windowFutureDays=30)
    event_id, made = meeting(world, ann)
    far = nth(world, 20)
    ann.change_event(event_id, start=far)
    world.run(ann)

    assert world.activity_now(made.activity).when.start == far
    assert "left-window" in world.reasons(made.link)
    assert world.link_now(made.link).state is LinkState.LIVE


def test_invitee_left_changes_nothing_else(world, ann, bo):
    _, made = meeting(world, ann, attendees=[bo.address])
    world.run(bo)
    [copy] = bo.events()
    bo.delete_event(copy.id, hard=True)
    world.run(bo)

    assert told(world, made, "invitee-left")
    assert not world.link_now(made.link).copy_of(world.own(bo).id).is_present
    assert world.activity_now(made.activity).status is ActivityStatus.PLANNED


def test_occurrence_changed_is_told_of_the_one_that_differs(world, ann):
    event_id, made = series(world, ann)
    ann.change_occurrence(event_id, nth(world, 1), subject="Long review")
    world.run(ann)

    [change] = told(world, made, "occurrence-changed")
    assert change.facts["originalStart"] == nth(world, 1).isoformat()


def test_occurrence_orphaned_waits_for_a_person(world, ann):
    event_id, _ = series(world, ann)

    part = world.create(ann, ann.occurrence(event_id, nth(world, 4)).id, scope=Scope.OCCURRENCE)
    ann.change_from(event_id, nth(world, 3), start=nth(world, 3) + timedelta(hours=1))
    world.run(ann)

    [orphaned] = told(world, part, "occurrence-orphaned")
    assert orphaned.outcome == "held"
    assert [one.reason for one in world.activity_now(part.activity).review] == [
        "occurrence-orphaned"
    ]


def test_kind_changed_keeps_the_link(world, ann):
    event_id, made = meeting(world, ann)
    ann.make_series(event_id, weekly(world.tomorrow()))
    world.run(ann)

    assert told(world, made, "kind-changed")
    assert world.link_now(made.link).scope == "series"


def series(world, ann):

    event_id = ann.create_event(
        subject="Review", start=world.tomorrow(), recurrence=weekly(world.tomorrow())
    )
    made = world.create(ann, event_id, scope=Scope.SERIES)
    world.run(ann)
    return event_id, made
