"""What people do with activities in the CRM, and which wishes are refused."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from builders import PLAN, a_time
from liaison.crm.embedded import outbox
from liaison.crm.embedded.activities import apply_changes
from liaison.crm.model import SYNC_MASTER, ActivityChange, ActivityStatus
from liaison.errors import Conflict, InvalidRequest, NotFound, VersionMismatch
from liaison.times import When
from people import ANN, CARLA

WHEN = a_time()


def test_the_planner_owns_and_organizes(plan):
    planned = plan()

    assert (planned.owner_id, planned.organizer.id, planned.created_by) == (
        ANN.id,
        ANN.id,
        "Ann Berg",
    )
    assert planned.when == WHEN
    assert [one.name for one in planned.participants] == ["Ann Berg", "Carla Ruiz"]


def test_all_problems_of_a_plan_are_told_together(edit):
    wrong = {
        "subject": " ",
        "start": WHEN.end,
        "end": date(2026, 11, 20),
        "time_zone": "Mars/Base",
        "status": "perhaps",
        "company": uuid4(),
        "owner": uuid4(),
        "participants": [
            {"kind": "contact", "id": uuid4()},
            {"kind": "other", "address": "nobody", "role": "boss"},
            {"kind": "pet"},
        ],
        "mood": "good",
    }

    with pytest.raises(InvalidRequest) as refusal:
        edit(ANN, "plan", wrong, key=uuid4())

    assert sorted(refusal.value.facts["errors"]) == [
        "company",
        "end",
        "mood",
        "owner",
        "participants.0",
        "participants.1.address",
        "participants.1.role",
        "participants.2",
        "status",
        "subject",
        "timeZone",
    ]


@pytest.mark.parametrize(
    "times",
    [
        {"end": WHEN.start - timedelta(minutes=1)},
        {"start": date(2026, 11, 23), "end": date(2026, 11, 22)},
        {"end": WHEN.end.replace(tzinfo=None)},
        {"all_day": True, "start": date(2026, 11, 23)},
    ],
)
def test_an_impossible_time_is_refused(edit, times):
    with pytest.raises(InvalidRequest) as refusal:
        edit(ANN, "plan", PLAN | times, key=uuid4())

    assert list(refusal.value.facts["errors"]) == ["end"]


def test_whole_days_are_given_as_dates_the_end_inclusive(plan):
    days = {"all_day": True, "start": date(2026, 11, 23), "end": date(2026, 11, 24)}

    assert plan(**days).when == When(days["start"], days["end"], "Europe/Berlin")


def test_a_series_is_planned_with_the_rule_of_its_dates(plan):
    planned = plan(recurrence={"rule": "FREQ=DAILY;COUNT=3"})

    assert planned.recurrence.rule == "FREQ=DAILY;COUNT=3"


def test_an_edit_tells_what_was_before(edit, plan):
    planned = plan()

    edited = edit(ANN, "change", planned.id, {"status": "completed"}, if_version=1)

    assert (edited.before, edited.after.status) == (planned, ActivityStatus.COMPLETED)
    assert edited.after.version == 2


def test_a_participant_can_be_taken_out_but_not_the_organizer(edit, plan):
    planned = plan()

    edited = edit(ANN, "change", planned.id, {"participants": []}, if_version=1)

    assert [one.name for one in edited.after.participants] == ["Ann Berg"]


def test_deleting_hides_and_restoring_shows_again(edit, plan):
    planned = plan()

    deleted = edit(ANN, "delete", planned.id, if_version=1).after
    again = edit(ANN, "delete", planned.id, if_version=2).after
    with pytest.raises(Conflict):
        edit(ANN, "change", planned.id, {"outcome": "Held"}, if_version=2)
    with pytest.raises(NotFound):
        edit(CARLA, "change", planned.id, {"outcome": "Held"}, if_version=2)
    restored = edit(ANN, "restore", planned.id, if_version=2).after

    assert deleted.deleted_at is not None
    assert again == deleted
    assert (restored.deleted_at, restored.version) == (None, 3)


def test_a_stale_version_is_refused_and_names_the_newer_one(edit, plan):
    planned = plan()
    edit(ANN, "change", planned.id, {"subject": "Newer"}, if_version=1)

    with pytest.raises(VersionMismatch) as refusal:
        edit(ANN, "change", planned.id, {"subject": "Older"}, if_version=1)

    assert refusal.value.facts == {"version": 2}


def test_an_unknown_activity_is_not_found(edit):
    with pytest.raises(NotFound):
        edit(ANN, "delete", uuid4(), if_version=1)


def test_what_people_change_is_written_into_the_outbox_and_what_the_sync_changes_is_not(
    database, edit, plan
):
    planned = plan()
    edit(ANN, "change", planned.id, {"outcome": "Held", "subject": "Renewal"}, if_version=1)
    with database.transaction() as session:
        change = ActivityChange(planned.id, 2, {"subject": "From Outlook"})
        apply_changes(session, [change], SYNC_MASTER, planned.changed_at)

    with database.transaction() as session:
        [first] = outbox.take(session, None, limit=1)
        [left] = outbox.take(session, [planned.id], limit=10)
        none = outbox.take(session, None, limit=10)

    assert (first.activity_id, first.version) == (planned.id, 1)
    assert (left.version, left.fields, left.actor) == (2, ("outcome",), "Ann Berg")
    assert none == []
