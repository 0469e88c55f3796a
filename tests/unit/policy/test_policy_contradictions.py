"""Choices that do not go together, and choices that only look so."""

from dataclasses import replace
from datetime import date

import pytest

from liaison.errors import InvalidRequest
from liaison.policy.changes import changed_policy
from liaison.policy.contradictions import find_contradictions
from liaison.policy.presets import DELIVERED, PRESETS
from liaison.policy.values import FollowPast

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_no_preset_contradicts_itself(preset):
    assert find_contradictions(preset, TODAY) == []


@pytest.mark.parametrize(
    ("wishes", "keys"),
    [
        ({"windowFrom": "2028-11-19"}, {"windowFrom", "windowFutureDays"}),
        (
            {"windowFrom": "2026-12-01", "windowFutureDays": 11},
            {"windowFrom", "windowFutureDays"},
        ),
        ({"windowFrom": "2020-01-01"}, {"windowFrom", "windowFutureDays"}),
        ({"windowPastDays": 1096}, {"windowPastDays", "windowFutureDays"}),
        ({"followPast": "push", "push": "off"}, {"followPast", "push"}),
        (
            {"alignToClock": "on", "calendarInterval": "7 minutes"},
            {"alignToClock", "calendarInterval"},
        ),
        (
            {"alignToClock": "on", "calendarInterval": "2 days"},
            {"alignToClock", "calendarInterval"},
        ),
    ],
)
def test_what_one_key_asks_and_another_makes_impossible_is_refused(wishes, keys):
    with pytest.raises(InvalidRequest) as refusal:
        changed_policy(DELIVERED, wishes, TODAY)

    assert set(refusal.value.facts["errors"]) == keys


@pytest.mark.parametrize(
    "wishes",
    [
        {"windowFrom": "2027-01-01"},
        {"windowFrom": "2026-12-01", "windowFutureDays": 12},
        {"windowPastDays": 1095},
        {"followPast": "push"},
        {"push": "off"},
        {"followPast": "never", "push": "off"},
        {"alignToClock": "on", "calendarInterval": "1 day"},
        {"calendarInterval": "7 minutes"},
        {"owners": {"subject": "crm", "time": "crm", "place": "crm", "participants": "crm"}},
        {"conflict": "hold"},
        {"removalLimit": 0, "removalPercent": 0},
    ],
)
def test_what_only_looks_contradictory_is_taken(wishes):
    changed_policy(DELIVERED, wishes, TODAY)


def test_a_contradiction_that_is_in_force_keeps_nobody_from_changing_something_else():
    odd = replace(DELIVERED, follow_past=FollowPast.PUSH, push=False)

    assert changed_policy(odd, {"maxAttempts": 3}, TODAY).max_attempts == 3


def test_everything_that_is_wrong_is_told_at_once():
    wishes = {
        "followPast": "push",
        "push": "off",
        "windowFrom": "2030-01-01",
        "maxAttempts": 0,
        "telepathy": "on",
        "tasks": "on",
    }

    with pytest.raises(InvalidRequest) as refusal:
        changed_policy(DELIVERED, wishes, TODAY)

    assert set(refusal.value.facts["errors"]) == {*wishes, "windowFutureDays"}


def test_a_sentence_that_concerns_two_keys_is_told_once():
    with pytest.raises(InvalidRequest) as refusal:
        changed_policy(DELIVERED, {"followPast": "push", "push": "off"}, TODAY)

    assert str(refusal.value).count("followPast waits for notifications") == 1
