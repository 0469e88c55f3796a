"""What an answer to a mark changes in an activity."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from builders import (
    a_contact_participant,
    a_representative_participant,
    a_stranger,
    activity_fields,
)
from liaison.crm.activity_changes import changed_activity, made_activity
from liaison.crm.model import (
    SYNC_MASTER,
    NewActivity,
    Participant,
    PersonKind,
    ReviewNote,
)
from liaison.crm.reviewing import entered, set_aside
from liaison.errors import InvalidRequest, ReviewSettled
from people import INES, JON

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MIA = "mia@unknown.example"
AS_INES = Participant(PersonKind.CONTACT, INES.id, INES.name, MIA)
MARK = ReviewNote("participants-unknown", MIA)


def an_activity(*people, **members):
    fields = activity_fields(
        participants=(a_representative_participant(), *people), review=(MARK,), **members
    )
    return made_activity(NewActivity(uuid4(), fields), uuid4(), SYNC_MASTER, NOW)


def after(activity, fields):
    return changed_activity(activity, fields, SYNC_MASTER, NOW)


def test_part_answer_and_address_of_the_meeting_stay():
    activity = an_activity(a_stranger(MIA, role="optional", response="tentative", invite=True))

    now = after(activity, entered(activity, MIA, AS_INES))

    assert now.participants[1] == replace(
        AS_INES, role="optional", response="tentative", invite=True
    )
    assert now.review == ()


def test_marks_of_other_people_stay():
    other = ReviewNote("participants-unknown", "x@y.example")
    activity = replace(an_activity(a_stranger(MIA)), review=(MARK, other))

    assert entered(activity, MIA, AS_INES)["review"] == (other,)


@pytest.mark.parametrize("first", [INES.addresses[0], "zoe@contoso.example"])
def test_somebody_under_two_addresses_stands_once_whatever_their_order(first):
    present = replace(a_contact_participant(INES), address=first)
    activity = an_activity(present, a_stranger(MIA))

    now = after(activity, entered(activity, MIA, AS_INES))

    of_ines = [one.address for one in now.participants if one.id == INES.id]
    assert of_ines == [min(first, MIA)]


def test_the_organizers_address_counts_before_another_of_his():
    activity = an_activity(a_contact_participant(INES), organizer=a_stranger(MIA))

    now = after(activity, entered(activity, MIA, AS_INES))

    assert (now.organizer.id, now.organizer.address) == (INES.id, MIA)
    assert [one.address for one in now.participants if one.id == INES.id] == [MIA]


def test_others_are_not_touched():
    activity = an_activity(a_stranger(MIA), a_contact_participant(JON), a_stranger("x@y.example"))

    now = after(activity, entered(activity, MIA, AS_INES))

    assert now.participants[0] == activity.participants[0]
    assert now.participants[2:] == activity.participants[2:]


def test_nobody_by_this_address_means_that_it_was_settled():
    activity = an_activity(a_contact_participant(JON))

    with pytest.raises(ReviewSettled):
        entered(activity, MIA, AS_INES)


def test_without_an_address_nothing_could_be_remembered():
    activity = an_activity(a_stranger("", name="Front Desk"))

    with pytest.raises(InvalidRequest):
        entered(activity, "front desk", AS_INES)


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"address": MIA, "reason": None}, ["event-deleted"]),
        ({"address": None, "reason": "event-deleted"}, ["participants-unknown"]),
    ],
)
def test_one_mark_is_set_aside_by_address_or_by_reason(asked, left):
    activity = replace(an_activity(a_stranger(MIA)), review=(MARK, ReviewNote("event-deleted")))

    assert [note.reason for note in set_aside(activity, **asked)["review"]] == left


def test_a_mark_that_is_gone_cannot_be_set_aside():
    activity = replace(an_activity(a_stranger(MIA)), review=())

    with pytest.raises(ReviewSettled):
        set_aside(activity, address=MIA, reason=None)
