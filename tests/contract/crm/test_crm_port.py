"""What the engine may rely on in any CRM: the same suite for the embedded one and for the fake."""

from datetime import date
from uuid import uuid4

import pytest

from builders import (
    a_contact_participant,
    a_new_activity,
    a_representative_participant,
    a_stranger,
    a_time,
)
from crm_worlds import change, create
from liaison.crm.model import SYNC_MASTER, ActivityChange, Applied, Refused, ReviewNote
from liaison.times import When
from people import BO, INES


def stored(world, activity):
    with world.transaction() as session:
        return world.crm.find_activities(session, [activity.id])[activity.id]


def test_what_was_created_is_found_again(world):
    new = a_new_activity(
        notes="Bring the offer", place="Room 1", participants=(a_stranger(invite=False),)
    )

    [made] = create(world, new)

    assert stored(world, made) == made
    assert (made.version, made.created_by, made.place) == (1, "SYNC_MASTER", "Room 1")


def test_the_organizer_is_among_the_participants(world):
    [made] = create(world, a_new_activity(participants=(a_contact_participant(INES),)))

    assert [(one.name, one.response) for one in made.participants] == [
        ("Ann Berg", "organizer"),
        ("Ines Moreau", "none"),
    ]


def test_whole_days_stay_whole_days(world):
    days = When(date(2026, 11, 23), date(2026, 11, 24), "Europe/Berlin")

    [made] = create(world, a_new_activity(when=days))

    assert stored(world, made).when == days


def test_the_same_key_never_makes_a_second_activity(world):
    new = a_new_activity()
    [first] = create(world, new)
    change(world, first, subject="Renamed")

    [again] = create(world, new)

    assert (again.id, again.subject) == (first.id, "Renamed")


def test_a_batch_is_answered_in_the_order_in_which_it_was_asked(world):
    known = a_new_activity(subject="Known")
    create(world, known)

    made = create(world, a_new_activity(subject="First"), known, a_new_activity(subject="Last"))

    assert [one.subject for one in made] == ["First", "Known", "Last"]


def test_a_change_makes_a_new_version(world, clock):
    [made] = create(world, a_new_activity())
    clock.advance(hours=1)

    result = change(world, made, when=a_time(hours=2), review=(ReviewNote("event-deleted"),))

    assert result == Applied(stored(world, made))
    assert (result.activity.version, result.activity.changed_at) == (2, clock.now())


def test_a_change_that_changes_nothing_leaves_the_version(world):
    [made] = create(world, a_new_activity())

    result = change(world, made, subject=made.subject)

    assert result == Applied(made)
    assert stored(world, made) == made


def test_a_stale_version_is_refused(world):
    [made] = create(world, a_new_activity())
    change(world, made, subject="Newer")

    result = change(world, made, subject="Older")

    assert result == Refused("version-mismatch")
    assert stored(world, made).subject == "Newer"


def test_one_refusal_does_not_stop_the_others_of_its_batch(world):
    first, last = create(world, a_new_activity(), a_new_activity())
    wishes = [
        ActivityChange(first.id, 1, {"subject": "First"}),
        ActivityChange(uuid4(), 1, {"subject": "Nobody's"}),
        ActivityChange(last.id, 7, {"subject": "Stale"}),
        ActivityChange(first.id, 2, {"place": "Room 2"}),
    ]

    with world.transaction() as session:
        results = world.crm.apply_changes(session, wishes, SYNC_MASTER)

    assert results[1:3] == [Refused("not-found"), Refused("version-mismatch")]
    assert (stored(world, first).subject, stored(world, first).place) == ("First", "Room 2")


def test_a_deleted_activity_is_found_and_restored(world, clock):
    [made] = create(world, a_new_activity())

    deleted = change(world, made, deleted_at=clock.now()).activity
    restored = change(world, deleted, deleted_at=None).activity

    assert deleted.deleted_at == clock.now()
    assert stored(world, made) == restored


def test_a_new_organizer_replaces_the_old_one(world):
    [made] = create(world, a_new_activity(participants=(a_representative_participant(BO),)))

    changed = change(world, made, organizer=a_representative_participant(BO)).activity

    responses = {one.name: one.response for one in changed.participants}
    assert responses == {"Ann Berg": "none", "Bo Lind": "organizer"}


def test_texts_that_no_database_holds_are_mended(world):
    [made] = create(world, a_new_activity(subject="Re\0newal \ud83d", notes="\0"))

    assert made.subject == "Renewal ?"
    assert stored(world, made) == made


def test_unknown_members_are_a_mistake_of_the_caller(world):
    with pytest.raises(ValueError, match="favourite_colour"):
        create(world, a_new_activity(favourite_colour="green"))
