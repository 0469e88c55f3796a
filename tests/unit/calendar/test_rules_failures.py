from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_builders import NOW
from liaison.calendar.model import FrozenReason
from liaison.calendar.rules.failures import back_off, judge_failure
from liaison.calendar.rules.run_level import find_obstacle, freeze_cause
from liaison.errors import (
    ConsentMissing,
    GatewayTimeout,
    MailboxUnavailable,
    RequestRejected,
    Throttled,
    VersionMismatch,
)
from liaison.people.model import Service, SyncUser
from liaison.policy.settings import Policy
from people import ANN

READY = SyncUser(locked=False, active=True)


def judged(error, attempts=1):
    return judge_failure(error, attempts, Policy(), NOW, jitter=1.0)


def test_throttled_waits_as_long_as_microsoft_says():
    failure = judged(Throttled(2.128), attempts=99)

    assert failure.reason == "throttled"
    assert failure.next_at == NOW + timedelta(seconds=2.128)
    assert not failure.counts
    assert failure.is_of_mailbox


def test_throttled_without_a_time_backs_off():
    assert judged(Throttled()).next_at == NOW + timedelta(seconds=30)


@pytest.mark.parametrize("error", [GatewayTimeout(), VersionMismatch(), ValueError("a bug")])
def test_retry_later_while_there_are_attempts_left(error):
    failure = judged(error, attempts=7)

    assert (failure.reason, failure.is_dead) == ("retry-later", False)
    assert failure.facts["nextAt"] == failure.next_at.isoformat()


@pytest.mark.parametrize(
    ("error", "attempts"), [(GatewayTimeout(), 8), (RequestRejected(), 1), (ValueError(), 8)]
)
def test_failed_permanent_when_trying_again_does_not_help(error, attempts):
    failure = judged(error, attempts)

    assert (failure.reason, failure.next_at, failure.is_dead) == ("failed-permanent", None, True)


def test_a_failure_never_quotes_the_answer():
    failure = judged(ValueError("subject: secret plans"))

    assert "secret" not in str(failure.facts)


def test_mailbox_unavailable_concerns_the_whole_mailbox_and_never_gives_up():
    failure = judged(MailboxUnavailable(), attempts=99)

    assert (failure.reason, failure.is_of_mailbox) == ("mailbox-unavailable", True)
    assert failure.next_at == NOW + timedelta(hours=6)


def test_what_waits_for_a_permission_is_never_given_up():
    failure = judged(ConsentMissing(), attempts=99)

    assert (failure.reason, failure.next_at) == ("retry-later", NOW + timedelta(hours=6))


def test_the_wait_grows_up_to_its_longest_and_is_spread_over_its_second_half():
    waits = [back_off(attempts, Policy(), 1.0) for attempts in range(1, 9)]

    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)
    assert back_off(1, Policy(), 0.0) == timedelta(seconds=15)


@pytest.mark.parametrize(
    ("service", "sync_user", "representative", "reason"),
    [
        (Service(running=False), SyncUser(), ANN, "service-stopped"),
        (Service(), SyncUser(locked=True, active=True), ANN, "sync-user-locked"),
        (Service(), SyncUser(locked=False), ANN, "sync-user-locked"),
        (Service(), READY, replace(ANN, sync_active=False), "representative-inactive"),
        (Service(), READY, replace(ANN, permissions=frozenset()), "representative-inactive"),
        (Service(), READY, replace(ANN, has_mailbox=False), "representative-incomplete"),
        (Service(), READY, replace(ANN, address=""), "representative-incomplete"),
        (Service(), READY, ANN, None),
    ],
)
def test_service_stopped_and_what_else_stops_a_run(service, sync_user, representative, reason):
    """sync-user-locked, representative-inactive, representative-incomplete."""
    assert find_obstacle(service, sync_user, representative) == reason


@pytest.mark.parametrize(
    ("reason", "because"),
    [
        ("service-stopped", None),
        ("sync-user-locked", None),
        ("representative-inactive", FrozenReason.ORGANIZER_INACTIVE),
        ("representative-incomplete", FrozenReason.MAILBOX_UNAVAILABLE),
        ("mailbox-unavailable", FrozenReason.MAILBOX_UNAVAILABLE),
    ],
)
def test_links_are_frozen_where_the_mailbox_is_lost(reason, because):
    assert freeze_cause(reason) is because
