"""What a plan shows of a decision, and by what the same decision is known again."""

from dataclasses import replace

import pytest

from calendar_builders import a_link, a_situation, an_activity, an_event
from liaison.calendar.rules.decision import ChangeEvent, Decision, Leave, UpdateActivity
from liaison.calendar.rules.plan import Changes, fingerprint_of, planned

BASELINE = a_link().baseline
UPDATE = Decision(UpdateActivity({"subject": "New"}, 4, BASELINE), "activity-updated")
CHANGES = Changes("update-activity", {"subject": "Old"}, {"subject": "New"})
NOTHING = Changes("leave", {}, {})


def item(situation=None, decision=UPDATE, changes=CHANGES):
    return planned(
        situation or a_situation(), decision, changes, event_id="AAMk-ann", outcome="applied"
    )


def mark(situation=None, decision=UPDATE, changes=CHANGES, event_id="AAMk-ann"):
    return fingerprint_of(situation or a_situation(), decision, changes, event_id)


def test_of_an_open_activity_the_values_are_shown():
    shown = item()

    assert (shown.before, shown.after) == ({"subject": "Old"}, {"subject": "New"})
    assert shown.activity_id == a_link().activity_id
    assert shown.start == an_event().when.start.isoformat()


def test_of_a_confidential_activity_nothing_is_shown():
    hidden = item(a_situation(activity=an_activity(confidential=True)))

    assert (hidden.before, hidden.after) == (None, None)
    assert hidden.fingerprint


def test_of_one_that_becomes_confidential_nothing_is_shown():
    members = {"subject": "New", "confidential": True}
    turned = Decision(UpdateActivity(members, 4, BASELINE), "private")

    assert item(decision=turned).after is None


def test_of_what_is_not_linked_only_mailbox_time_and_reason_are_shown():
    passed = item(
        a_situation(link=None, activity=None), Decision(Leave(), "not-linked"), changes=NOTHING
    )

    assert (passed.before, passed.after, passed.activity_id) == (None, None, None)
    assert passed.start == an_event().when.start.isoformat()
    assert passed.fingerprint is None


def test_the_same_decision_has_the_same_mark_whenever_it_is_taken():
    situation = a_situation()
    later = replace(situation, now=situation.now.replace(year=2027))

    assert mark(situation) == mark(later)


@pytest.mark.parametrize(
    "other",
    [
        {"changes": replace(CHANGES, before={"subject": "Ours"})},
        {"changes": replace(CHANGES, after={"subject": "Newer"})},
        {"decision": replace(UPDATE, reason="stub-updated")},
        {"event_id": "AAMk-other"},
        {"changes": replace(CHANGES, action="remove-activity")},
    ],
    ids=["was", "is", "reason", "event", "action"],
)
def test_another_decision_or_other_values_have_another_mark(other):
    assert mark() != mark(**other)


def test_when_something_was_deleted_does_not_count_only_that_it_was():
    now, later = (
        Changes("remove-activity", {"deletedAt": None}, {"deletedAt": at})
        for at in ("2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z")
    )

    assert mark(changes=now) == mark(changes=later)


def test_a_write_is_known_by_its_fields_and_not_by_the_etag():
    def writing(etag, fields):
        change = ChangeEvent("AAMk-ann", etag, frozenset(fields), BASELINE)
        return replace(UPDATE, outlook=change)

    assert mark(decision=writing("1", ["place"])) == mark(decision=writing("2", ["place"]))
    assert mark(decision=writing("1", ["place"])) != mark(decision=writing("1", ["subject"]))
    assert mark(decision=writing("1", ["place"])) != mark()


def test_who_would_get_mail_is_counted_with_the_write():
    change = ChangeEvent("AAMk-ann", "1", frozenset({"place"}), BASELINE)

    shown = item(decision=replace(UPDATE, outlook=change))

    assert shown.outlook == {
        "write": "change-event",
        "fields": ["place"],
        "people": len(shown.mailed),
    }
    assert shown.mailed
    assert an_event().organizer.address not in shown.mailed
