"""Fields that both sides changed: told once for each pair of values, and remembered while the loser can be restored."""

from dataclasses import replace
from datetime import date

import pytest

from builders import a_time
from calendar_builders import a_link, an_activity, an_event
from liaison.calendar.model import Contest
from liaison.calendar.rules.contests import contest_remarks, is_open, is_same, marked, told
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Remark
from liaison.crm.model import ActivityRecurrence, ReviewNote
from liaison.policy.values import Conflict
from liaison.recurrence.stored import to_json as pattern_to_json
from merging import a_pair, owned
from series_builders import MON, series, weekly

THEIRS, OURS, OTHER = ({"subject": word} for word in ("Theirs", "Ours", "Other"))
WAITS = ReviewNote("conflict-held")
REPEATS = ActivityRecurrence("FREQ=WEEKLY", pattern_to_json(series(weekly(MON), date(2026, 11, 23))))  # fmt: skip
BERLIN = {"start": "2026-11-23T09:00:00+00:00", "timeZone": "Europe/Berlin"}


def contested(how, chosen=None, field="subject"):
    return {field: Contest(THEIRS, OURS, how, chosen)}


def people(*members):
    return {"participants": [dict(zip(("address", "name", "role"), one, strict=True)) for one in members]}  # fmt: skip


def decided(there, here, conflict=Conflict.OUTLOOK_WINS, before=None):
    """What is decided about subjects that both changed; `before`: what the link remembers as contested."""
    pair = a_pair(an_event(subject=there), an_activity(subject=here), owned(conflict=conflict))
    return decide(replace(pair, link=replace(pair.link, contested=before or {})))


@pytest.mark.parametrize(
    ("contests", "waits"),
    [
        ({}, False),
        (contested(Conflict.HOLD), True),
        (contested(Conflict.HOLD, Conflict.CRM_WINS), False),
        (contested(Conflict.OUTLOOK_WINS), False),
        (contested(Conflict.HOLD, field="place"), False),
    ],
)
def test_somebody_has_to_decide_what_is_held_until_he_has(contests, waits):
    assert is_open(a_link(contested=contests), "subject") is waits


def test_how_something_repeats_is_decided_with_its_time():
    link = a_link(contested=contested(Conflict.HOLD, field="time"))

    assert is_open(link, "recurrence")
    assert is_open(link, "time")


@pytest.mark.parametrize(
    ("conflict", "reason", "before", "after"),
    [
        (Conflict.OUTLOOK_WINS, "conflict-outlook-won", OURS, THEIRS),
        (Conflict.CRM_WINS, "conflict-crm-won", THEIRS, OURS),
        (Conflict.HOLD, "conflict-held", OURS, THEIRS),
    ],
)
def test_a_conflict_is_told_with_the_loser_before_and_the_winner_after(
    conflict, reason, before, after
):
    decision = decided("Theirs", "Ours", conflict)

    told_once = Remark(reason, {"fields": ["subject"]}, before=before, after=after)
    assert told_once in decision.remarks
    assert decision.keeps["contested"] == contested(conflict)


@pytest.mark.parametrize(
    ("before", "is_told"),
    [
        (contested(Conflict.HOLD), False),
        (contested(Conflict.OUTLOOK_WINS), True),
        ({"subject": Contest(THEIRS, OTHER, Conflict.HOLD)}, True),
        ({"subject": Contest(OTHER, OURS, Conflict.HOLD)}, True),
    ],
    ids=["known", "settled otherwise", "another value here", "another value there"],
)
def test_a_conflict_is_told_once_for_each_pair_of_values(before, is_told):
    decision = decided("Theirs", "Ours", Conflict.HOLD, before)

    assert ("conflict-held" in [one.reason for one in decision.remarks]) is is_told


def test_what_a_person_chose_was_told_when_he_did():
    assert contest_remarks(a_link(), contested(Conflict.HOLD, Conflict.CRM_WINS)) == ()


@pytest.mark.parametrize(
    ("there", "here", "winner"),
    [
        ("Theirs", "Ours", Conflict.CRM_WINS),
        ("Other", "Ours", Conflict.OUTLOOK_WINS),
        ("Theirs", "Other", Conflict.OUTLOOK_WINS),
    ],
)
def test_what_a_person_chose_counts_for_just_these_values(there, here, winner):
    before = contested(Conflict.HOLD, Conflict.CRM_WINS)

    decision = decided(there, here, Conflict.OUTLOOK_WINS, before)

    chosen = winner if winner is Conflict.CRM_WINS else None
    [contest] = decision.keeps["contested"].values()
    assert (contest.how, contest.chosen) == (winner, chosen)


@pytest.mark.parametrize(
    ("how", "there", "here", "stands"),
    [
        (Conflict.OUTLOOK_WINS, "Theirs", "Theirs", True),
        (Conflict.OUTLOOK_WINS, "Ours", "Ours", False),
        (Conflict.OUTLOOK_WINS, "Renewal Contoso", "Theirs", False),
        (Conflict.OUTLOOK_WINS, "Theirs", "Renewal Contoso", False),
        (Conflict.CRM_WINS, "Ours", "Ours", True),
        (Conflict.CRM_WINS, "Theirs", "Theirs", False),
        (Conflict.CRM_WINS, "Renewal Contoso", "Ours", False),
        (Conflict.CRM_WINS, "Ours", "Renewal Contoso", False),
        (Conflict.HOLD, "Theirs", "Theirs", False),
        (Conflict.HOLD, "Ours", "Ours", False),
    ],
)
def test_the_loser_can_be_restored_while_both_sides_hold_the_winner(how, there, here, stands):
    decision = decided(there, here, before=contested(how))

    kept = decision.keeps.get("contested", contested(how))
    assert kept == (contested(how) if stands else {})


def test_an_activity_is_marked_as_long_as_somebody_has_to_decide():
    other = ReviewNote("participants-unknown", "mia@unknown.example")
    held, settled = contested(Conflict.HOLD), contested(Conflict.OUTLOOK_WINS)

    assert marked((other,), held) == (other, WAITS)
    assert marked((WAITS, other), held) == (other, WAITS)
    assert marked((other, WAITS), settled) == (other,)


def test_a_field_is_told_under_the_names_of_the_log():
    value = a_link().baseline

    assert told(value, "place") == {"location": "Room 1"}
    assert [one["name"] for one in told(value, "participants")["participants"]] == [
        "Ann Berg",
        "Ines Moreau",
    ]


def test_a_time_is_told_with_how_it_repeats():
    once = replace(a_link().baseline, time=a_time())
    length = {"start": BERLIN["start"], "end": "2026-11-23T10:00:00+00:00"}

    alone = {**length, "timeZone": "Europe/Berlin", "allDay": False}
    assert told(once, "time") == alone
    repeating = told(replace(once, recurrence=REPEATS), "time")
    assert repeating.pop("recurrence")["rule"] == "FREQ=WEEKLY"
    assert repeating == alone


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (BERLIN, BERLIN | {"timeZone": "Europe/Vienna"}, True),
        (BERLIN, BERLIN | {"timeZone": "Asia/Tokyo"}, False),
        (BERLIN, BERLIN | {"start": "2026-11-23T10:00:00+00:00"}, False),
        (THEIRS, dict(THEIRS), True),
        (THEIRS, OURS, False),
        (people(("a@x", "A", "required"), ("b@x", "B", "optional")), people(("b@x", "Bo", "optional"), ("a@x", "A", "required")), True),
        (people(("a@x", "A", "required")), people(("a@x", "A", "optional")), False),
        (people(("a@x", "A", "required")), people(("b@x", "A", "required")), False),
        (people(("", "A", "required")), people(("", "B", "required")), False),
        (people(), people(("a@x", "A", "required")), False),
    ],
)  # fmt: skip
def test_what_outlook_only_calls_otherwise_is_the_same_value(one, other, same):
    assert is_same(one, other) is same


def test_what_people_answer_meanwhile_does_not_make_another_value():
    [one] = people(("a@x", "A", "required"))["participants"]

    assert is_same({"participants": [one | {"response": "none"}]}, {"participants": [one | {"response": "accepted"}]})  # fmt: skip
