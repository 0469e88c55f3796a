"""Who sees an activity and the values of its log, for every kind of person."""

import pytest

from builders import a_representative_participant
from calendar_builders import an_activity
from liaison.api.access import Viewer, may_read_values, may_see
from people import ANN, BO, CARLA

NOW = an_activity().changed_at
OWNER, PARTICIPANT, COLLEAGUE = Viewer(ANN.id), Viewer(BO.id), Viewer(CARLA.id)
BOTH, ADMINISTRATOR = Viewer(CARLA.id, is_administrator=True), Viewer(None, is_administrator=True)
PEOPLE = (OWNER, PARTICIPANT, COLLEAGUE, BOTH, ADMINISTRATOR)
WITH_BO = (a_representative_participant(), a_representative_participant(BO))


@pytest.mark.parametrize(
    ("members", "seen", "read"),
    [
        ({}, "yes yes yes yes no", "yes yes yes yes yes"),
        ({"confidential": True}, "yes yes no no no", "yes yes no no no"),
        ({"deleted_at": NOW}, "yes no no yes no", "yes no no yes yes"),
        ({"deleted_at": NOW, "confidential": True}, "yes no no no no", "yes no no no no"),
    ],
)
def test_who_sees_an_activity_and_who_reads_its_values(members, seen, read):
    activity = an_activity(
        owner_id=ANN.id,
        organizer=a_representative_participant(),
        participants=WITH_BO,
        **members,
    )

    assert [may_see(activity, one) for one in PEOPLE] == _facts(seen)
    assert [may_read_values(activity, one) for one in PEOPLE] == _facts(read)


def test_values_without_an_activity_are_read_by_nobody():
    assert not any(may_read_values(None, one) for one in PEOPLE)


def _facts(words: str) -> list[bool]:
    return [word == "yes" for word in words.split()]
