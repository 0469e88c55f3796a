"""Who may do what with an activity, and what Outlook owns of it."""

from dataclasses import replace
from uuid import uuid4

import pytest

from builders import PLAN, a_contact, a_contact_participant, a_stranger, a_time
from liaison.crm.embedded.activities import apply_changes, find_activities
from liaison.crm.embedded.contacts import create_contact
from liaison.crm.model import SYNC_MASTER, ActivityChange
from liaison.errors import Forbidden, NotFound, OwnedByOutlook
from people import ANN, BO, CARLA

ALL_LOCKED = frozenset({"subject", "notes", "time", "place", "participants"})


def wish_of(one):
    return {
        "kind": one.kind,
        "id": one.id,
        "name": one.name,
        "address": one.address,
        "role": one.role,
    }


def test_planning_for_others_needs_the_permission(edit):
    for_bo = PLAN | {"organizer": BO.id}

    with pytest.raises(Forbidden):
        edit(ANN, "plan", for_bo, key=uuid4())

    planned = edit(ANN, "plan", for_bo, key=uuid4(), for_others=True)
    assert (planned.organizer.name, planned.owner_id) == ("Bo Lind", ANN.id)


def test_handing_an_activity_to_another_organizer_needs_the_permission(edit, plan):
    planned = plan()

    with pytest.raises(Forbidden):
        edit(ANN, "change", planned.id, {"organizer": BO.id}, if_version=1)

    edited = edit(ANN, "change", planned.id, {"organizer": BO.id}, if_version=1, for_others=True)
    assert edited.after.organizer.name == "Bo Lind"


def test_people_who_were_sent_back_stay_as_they_were(database, edit, plan):
    with database.transaction() as session:
        ines = create_contact(session, a_contact())
    planned = plan(participants=[wish_of(a_contact_participant(ines)), wish_of(a_stranger())])
    answered = tuple(replace(one, response="accepted") for one in planned.participants[1:])
    answer = ActivityChange(planned.id, 1, {"participants": (planned.organizer, *answered)})
    with database.transaction() as session:
        apply_changes(session, [answer], SYNC_MASTER, planned.changed_at)

    people = [wish_of(one) for one in (planned.organizer, *answered)]
    edited = edit(
        ANN, "change", planned.id, {"participants": people}, if_version=2, locked_fields=ALL_LOCKED
    )

    assert edited.after == edited.before


def test_participants_write_outcome_next_step_and_internal_notes(edit, plan):
    report = {"outcome": "Held", "next_step": "Offer", "internal_notes": "Budget is fine"}
    planned = plan()

    edited = edit(CARLA, "change", planned.id, report | {"subject": "Renewal"}, if_version=1)

    assert (edited.after.outcome, edited.after.changed_by) == ("Held", "Carla Ruiz")


@pytest.mark.parametrize("wish", [{"subject": "Mine"}, {"status": "completed"}, {"place": "x"}])
def test_participants_write_nothing_else(edit, plan, wish):
    planned = plan()
    if "place" in wish:
        wish = {"location": "Room 2"}

    with pytest.raises(Forbidden):
        edit(CARLA, "change", planned.id, wish, if_version=1)


def test_others_write_nothing(edit, plan):
    planned = plan()

    with pytest.raises(Forbidden):
        edit(BO, "change", planned.id, {"outcome": "Held"}, if_version=1)


@pytest.mark.parametrize("person", [BO, CARLA])
def test_only_owner_and_organizer_delete(edit, plan, person):
    planned = plan()

    with pytest.raises(Forbidden):
        edit(person, "delete", planned.id, if_version=1)


def test_a_confidential_activity_does_not_exist_for_others(database, edit, plan):
    planned = plan()
    secret = ActivityChange(planned.id, 1, {"confidential": True})
    with database.transaction() as session:
        apply_changes(session, [secret], SYNC_MASTER, planned.changed_at)

    with pytest.raises(NotFound):
        edit(BO, "change", planned.id, {"outcome": "Held"}, if_version=2)
    assert edit(CARLA, "change", planned.id, {"outcome": "Held"}, if_version=2).after.version == 3


def test_fields_that_outlook_owns_cannot_be_changed(database, edit, plan):
    planned = plan()
    wishes = {"subject": "Mine", "end": a_time(hours=2).end, "location": "Here", "outcome": "Held"}

    with pytest.raises(OwnedByOutlook) as refusal:
        edit(ANN, "change", planned.id, wishes, if_version=1, locked_fields=ALL_LOCKED)

    assert refusal.value.facts["fields"] == ["location", "subject", "end"]
    with database.transaction() as session:
        assert find_activities(session, [planned.id]) == {planned.id: planned}


def test_sending_back_what_outlook_owns_is_fine(edit, plan):
    planned = plan()
    wishes = PLAN | {"location": "", "outcome": "Held", "organizer": ANN.id}

    edited = edit(ANN, "change", planned.id, wishes, if_version=1, locked_fields=ALL_LOCKED)

    assert edited.after.outcome == "Held"
