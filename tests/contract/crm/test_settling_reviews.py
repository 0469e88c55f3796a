"""Settling a review is a person's change of the CRM, under its rights and with its outbox."""

import pytest
from sqlalchemy import select

from builders import a_new_activity, a_representative_participant, a_stranger
from liaison.crm.embedded.activities import create_activities
from liaison.crm.embedded.editing import Editing
from liaison.crm.embedded.tables import OutboxRow
from liaison.crm.model import SYNC_MASTER, Participant, PersonKind, ReviewNote
from liaison.crm.rights import Editor
from liaison.errors import Forbidden, ReviewSettled
from people import ANN, BO, INES

MIA = "mia@unknown.example"
AS_INES = Participant(PersonKind.CONTACT, INES.id, INES.name, MIA)


@pytest.fixture
def session(database):
    with database.transaction() as session:
        yield session


@pytest.fixture
def activity(session, clock):
    new = a_new_activity(
        participants=(
            a_representative_participant(),
            a_representative_participant(BO),
            a_stranger(MIA),
        ),
        review=(ReviewNote("participants-unknown", MIA), ReviewNote("event-deleted")),
    )
    return create_activities(session, [new], SYNC_MASTER, clock.now())[0]


def editing(session, clock, one=ANN):
    return Editing(session, Editor(one.id, one.name), clock.now(), lambda _session, _ids: {})


def test_entering_somebody_writes_the_outbox_in_the_persons_name(session, clock, activity):
    editing(session, clock).enter(activity.id, MIA, AS_INES)

    [row] = session.scalars(select(OutboxRow)).all()
    assert (row.activity_id, row.actor) == (activity.id, ANN.name)
    assert row.fields == ["participants", "review"]


def test_one_mark_is_settled_and_the_others_stay(session, clock, activity):
    edited = editing(session, clock).set_aside(activity.id, address=None, reason="event-deleted")

    assert edited.after.review == (ReviewNote("participants-unknown", MIA),)
    assert edited.after.participants == activity.participants


def test_a_second_answer_finds_the_review_settled(session, clock, activity):
    editing(session, clock).enter(activity.id, MIA, AS_INES)

    with pytest.raises(ReviewSettled):
        editing(session, clock).enter(activity.id, MIA, AS_INES)


def test_a_participant_does_not_settle_it(session, clock, activity):
    with pytest.raises(Forbidden):
        editing(session, clock, BO).enter(activity.id, MIA, AS_INES)
