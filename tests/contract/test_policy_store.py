"""The policy in the database."""

import pytest
from sqlalchemy import select

from liaison.db.audit import list_audit
from liaison.errors import InvalidRequest, VersionMismatch
from liaison.policy.changes import not_yet_in
from liaison.policy.keys import policy_as_json
from liaison.policy.presets import DELIVERED, PRESETS
from liaison.policy.store import read_policy, save_policy, save_preset
from liaison.policy.tables import PolicyRow


@pytest.fixture
def session(database):
    with database.transaction() as session:
        yield session


def test_without_a_choice_the_policy_delivered_is_in_force(session):
    stored = read_policy(session)

    assert (stored.policy, stored.version) == (DELIVERED, 1)


def test_a_saved_policy_is_in_force_and_those_before_are_kept(session):
    save_policy(session, {"windowPastDays": 14}, if_version=1, actor="Ann")
    saved = save_policy(session, {"onDelete": "keep"}, if_version=2, actor="Bo")

    assert read_policy(session) == saved
    assert (saved.policy.window_past_days, saved.policy.on_delete) == (14, "keep")
    kept = session.execute(select(PolicyRow.version, PolicyRow.changed_by)).all()
    assert sorted(map(tuple, kept)) == [(2, "Ann"), (3, "Bo")]


def test_every_value_survives_being_stored(session):
    wishes = {
        "windowFrom": "2026-01-31",
        "calendarInterval": "1 hour",
        "internalDomains": "nordwind.example, nw.example",
        "push": False,
        "unknownParticipants": "review",
    }

    saved = save_policy(session, wishes, if_version=1, actor="Ann")

    assert read_policy(session).policy == saved.policy


def test_a_stale_version_is_refused(session):
    save_policy(session, {"push": "off"}, if_version=1, actor="Ann")

    with pytest.raises(VersionMismatch):
        save_policy(session, {"push": "on"}, if_version=1, actor="Bo")


def test_a_change_that_changes_nothing_makes_no_version(session):
    assert save_policy(session, {"push": "on"}, if_version=1, actor="Ann").version == 1


def test_a_change_is_audited_with_what_was_and_is(session):
    save_policy(session, {"maxAttempts": 3}, if_version=1, actor="Ann")

    [entry] = list_audit(session, limit=9)
    assert (entry.actor, entry.action) == ("Ann", "policy-changed")
    assert entry.details == {"maxAttempts": {"before": 8, "after": 3}}


def test_the_preset_linked_takes_the_first_values_back(session):
    save_policy(session, {"windowPastDays": 14, "onCancel": "mark"}, if_version=1, actor="Ann")

    assert save_preset(session, "linked", if_version=2, actor="Ann").policy == DELIVERED


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_taken_as_far_as_this_version_carries_it_out(session, name):
    save_policy(session, {"windowPastDays": 7}, if_version=1, actor="Ann")

    saved = policy_as_json(save_preset(session, name, if_version=2, actor="Ann").policy)

    wanted, left_out = policy_as_json(PRESETS[name]), not_yet_in(PRESETS[name])
    assert {key for key in wanted if saved[key] != wanted[key]} == set(left_out)


def test_an_unknown_preset_is_refused(session):
    with pytest.raises(InvalidRequest):
        save_preset(session, "odoo", if_version=1, actor="Ann")
