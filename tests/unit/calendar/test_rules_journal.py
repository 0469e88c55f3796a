"""What undoing takes is kept whole: each member of an activity comes back as it was."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import orjson
import pytest

from builders import a_stranger
from calendar_builders import NOW, a_link, a_situation, an_activity
from liaison.calendar.rules import journal, synced
from liaison.calendar.rules.decision import (
    Agree,
    CreateActivity,
    Decision,
    LinkActivity,
    RemoveActivity,
    UpdateActivity,
)
from liaison.calendar.rules.journal import Kind
from liaison.crm.model import (
    ActivityRecurrence,
    ActivityStatus,
    Applied,
    OccurrenceException,
    OccurrenceKind,
    Refused,
    ReviewNote,
)
from liaison.times import When

# Given by the CRM itself at each write.
GIVEN = {"id", "version", "created_by", "changed_by", "changed_at"}
CHANGED = OccurrenceException(NOW, OccurrenceKind.CHANGED, {"subject": "Moved"})
ODD = {
    "deleted_at": NOW,
    "review": (ReviewNote("event-deleted"), ReviewNote("participants-unknown", "mia@x.example")),
    "recurrence": ActivityRecurrence("FREQ=DAILY", {"type": "daily"}, (CHANGED,)),
    "when": When(date(2026, 11, 24), date(2026, 11, 25), "Europe/Berlin"),
    "status": ActivityStatus.CANCELLED,
    "company_id": an_activity().id,
    "confidential": True,
}
MEMBERS = [one.name for one in fields(an_activity()) if one.name not in GIVEN]


@pytest.mark.parametrize("activity", [an_activity(), an_activity(**ODD)], ids=["usual", "odd"])
@pytest.mark.parametrize("member", MEMBERS)
def test_each_member_comes_back_as_it_was(activity, member):
    stored = orjson.loads(orjson.dumps(journal.entry(Kind.CHANGED, activity, [member], None)))

    assert journal.members_before(stored) == {member: getattr(activity, member)}


def test_the_baseline_is_kept_with_it():
    stored = journal.entry(Kind.CHANGED, an_activity(), [], a_link())

    assert synced.from_json(stored["baseline"]) == a_link().baseline


def told(action, result=None, **members):
    results = {a_link().activity_id: result} if result else {}
    return journal.told(a_situation(), Decision(action, "any", **members), results)


def written(version=5):
    return Applied(an_activity(version=version))


def test_what_was_written_is_told_with_the_version_after_it():
    line = told(UpdateActivity({"subject": "New"}, 4, a_link().baseline), written())

    assert line["activity_version"] == 5
    assert line["undo"]["before"] == {"subject": an_activity().subject}


def test_what_was_made_is_undone_by_taking_it_away():
    line = told(CreateActivity({"subject": "New"}, a_link().baseline))

    assert (line["undo"]["kind"], line["undo"]["before"]) == ("created", {})
    assert line["activity_version"] == 1


def test_a_removal_that_changed_nothing_is_undone_too():
    line = told(RemoveActivity("keep", {}, 4))

    assert (line["undo"]["kind"], line["activity_version"]) == ("removed", an_activity().version)


@pytest.mark.parametrize("result", [None, Refused("version-mismatch")])
def test_what_was_not_written_is_not_told(result):
    assert told(UpdateActivity({"subject": "New"}, 4, a_link().baseline), result) == {}


def test_agreeing_writes_nothing():
    assert told(Agree(a_link().baseline), written()) == {}


def test_what_is_to_be_forgotten_is_not_kept_for_undoing():
    """Invariant 9: private content that the policy excludes is never stored."""
    action = UpdateActivity({"subject": "Private appointment"}, 4, a_link().baseline)

    assert told(action, written(), forgets=True) == {}


def test_without_a_link_nothing_is_told():
    situation = replace(a_situation(), link=None)

    assert journal.told(situation, Decision(Agree(a_link().baseline), "any"), {}) == {}


def test_moments_come_back_in_utc():
    stored = {"before": {"deleted_at": "2026-11-20T11:00:00+01:00"}}

    deleted_at = journal.members_before(stored)["deleted_at"]
    assert deleted_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert deleted_at.tzinfo is UTC


def test_whoever_has_no_entry_in_the_crm_comes_back_too():
    activity = an_activity(participants=(a_stranger(), *an_activity().participants))
    stored = orjson.loads(orjson.dumps(journal.entry(Kind.CHANGED, activity, ["participants"], None)))  # fmt: skip

    assert journal.members_before(stored) == {"participants": activity.participants}


def test_what_was_linked_is_undone_by_its_own_lines():
    line = told(LinkActivity(a_link().activity_id))

    assert line == {"undo": {"kind": "changed", "before": {}, "baseline": None}}


def test_a_removal_keeps_what_the_activity_held_and_both_had_agreed_on():
    line = told(RemoveActivity("cancel", {"status": ActivityStatus.CANCELLED}, 4), written())

    assert line["activity_version"] == 5
    assert line["undo"] == {
        "kind": "removed",
        "before": {"status": "planned"},
        "baseline": synced.to_json(a_link().baseline),
    }


def test_a_removal_of_an_activity_that_is_not_there_is_told_without_its_members():
    situation = replace(a_situation(), activity=None)
    gone = Decision(RemoveActivity("cancel", {"status": ActivityStatus.CANCELLED}, 4), "any")

    line = journal.told(situation, gone, {})

    assert (line["undo"]["before"], line["activity_version"]) == ({}, None)


def test_a_change_keeps_what_both_had_agreed_on():
    line = told(UpdateActivity({"subject": "New"}, 4, a_link().baseline), written())

    assert synced.from_json(line["undo"]["baseline"]) == a_link().baseline
