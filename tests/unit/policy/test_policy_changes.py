from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pytest

from liaison.errors import InvalidRequest, NotAvailableYet
from liaison.policy.changes import changed_policy, stored_policy
from liaison.policy.keys import KEYS, NOT_YET, policy_as_json, policy_reference
from liaison.policy.presets import DELIVERED, PRESETS
from liaison.policy.settings import Policy
from liaison.policy.values import Interval, Owner, Owners

TODAY = date(2026, 11, 20)


def test_every_member_of_the_policy_has_a_key():
    assert [key.attribute for key in KEYS] == [field.name for field in fields(Policy)]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_every_preset_can_be_written_and_read_again(preset):
    assert stored_policy(policy_as_json(preset)) == preset


def test_a_whole_policy_can_be_sent_back():
    assert changed_policy(DELIVERED, policy_as_json(DELIVERED), TODAY) == DELIVERED


def test_a_key_of_a_later_version_is_ignored_when_read_from_the_database():
    assert stored_policy({"telepathy": "on", "push": "off"}).push is False


@pytest.mark.parametrize(
    ("wishes", "member", "value"),
    [
        ({"push": "off"}, "push", False),
        ({"push": False}, "push", False),
        ({"windowPastDays": "30"}, "window_past_days", 30),
        ({"windowFrom": "2026-01-31"}, "window_from", date(2026, 1, 31)),
        ({"windowFrom": None}, "window_from", None),
        ({"calendarInterval": "15 min"}, "calendar_interval", Interval(15, "minute")),
        ({"retryMax": "1 day"}, "retry_max", Interval(1, "day")),
        (
            {"internalDomains": "B.example,a.example"},
            "internal_domains",
            ("a.example", "b.example"),
        ),
        ({"internalDomains": []}, "internal_domains", None),
        ({"onCancel": "mark"}, "on_cancel", "mark"),
        ({"owners": {"subject": "outlook"}}, "owners", Owners()),
    ],
)
def test_values_are_read_from_json_and_command_lines(wishes, member, value):
    assert getattr(changed_policy(DELIVERED, wishes, TODAY), member) == value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("capture", "some"),
        ("captureInternal", "perhaps"),
        ("windowPastDays", -1),
        ("windowPastDays", True),
        ("windowFutureDays", 731),
        ("windowFutureDays", "1.5"),
        ("windowFrom", "yesterday"),
        ("windowFrom", []),
        ("onDelete", {}),
        ("push", []),
        ("transferTypes", [{}]),
        ("owners", {"subject": []}),
        ("calendarInterval", "0 minutes"),
        ("calendarInterval", 5),
        ("categoryName", " "),
        ("owners", {"weather": "crm"}),
        ("owners", {"notes": "crm"}),
        ("owners", {"subject": "me"}),
        ("owners", "outlook"),
        ("transferTypes", ["party"]),
        ("taskStatusMap", "same"),
        ("internalDomains", ["@nordwind.example"]),
        ("onDelete", None),
        ("telepathy", "on"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence(key, value):
    with pytest.raises(InvalidRequest) as refusal:
        changed_policy(DELIVERED, {key: value}, TODAY)

    [sentence] = refusal.value.facts["errors"][key]
    assert sentence.startswith(key)


def test_all_wrong_values_are_told_together():
    with pytest.raises(InvalidRequest) as refusal:
        changed_policy(
            DELIVERED, {"push": 7, "capture": "x", "maxAttempts": 0, "onDelete": "keep"}, TODAY
        )

    assert set(refusal.value.facts["errors"]) == {"push", "capture", "maxAttempts"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tasks", "on"),
        ("contacts", "on"),
    ],
)
def test_what_cannot_be_carried_out_yet_is_refused_and_listed(key, value):
    with pytest.raises(NotAvailableYet) as refusal:
        changed_policy(DELIVERED, {key: value, "push": "off"}, TODAY)

    assert refusal.value.facts["keys"] == [key]
    assert key in NOT_YET


def test_what_is_carried_out_is_not_listed():
    carried_out = {"followPast", "onCancel", "onDelete", "push", "unknownParticipants", "retryMax"}
    carried_out |= {"removalLimit", "removalPercent", "owners", "conflict"}

    assert not carried_out & set(NOT_YET)


def test_the_reference_explains_every_key():
    reference = policy_reference()

    assert [name for name, *_ in reference] == [key.name for key in KEYS]
    assert all(meaning.endswith(".") and values for _, values, meaning, _ in reference)


def test_the_window_reaches_from_past_to_future_days():
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)

    assert DELIVERED.window(now) == (now, now + timedelta(days=730))


def test_a_fixed_first_day_begins_the_window():
    fixed = changed_policy(DELIVERED, {"windowFrom": "2026-01-31"}, TODAY)

    start, _ = fixed.window(datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert start == datetime(2026, 1, 31, tzinfo=UTC)


def test_the_fields_of_some_owners_are_known():
    shared = PRESETS["organizer"].owners

    assert shared.fields_of(Owner.OUTLOOK) == {"notes"}
    assert shared.fields_of(Owner.OUTLOOK, Owner.BOTH) == Owners().fields_of(Owner.OUTLOOK)
