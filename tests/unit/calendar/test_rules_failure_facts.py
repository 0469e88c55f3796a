"""What the log and the page of failures say about an error, and which mailbox's copy takes over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_builders import NOW, a_copy, a_link
from liaison.calendar.rules.failures import Failure, judge_failure
from liaison.calendar.rules.mailbox_lost import HandOver, when_mailbox_is_lost
from liaison.errors import (
    ConsentMissing,
    GatewayTimeout,
    MailboxUnavailable,
    RequestRejected,
    Throttled,
)
from liaison.policy.settings import Policy
from people import ANN, BO, CARLA, DEV

HALF_A_MINUTE = NOW + timedelta(seconds=30)


class _SeveralLinesError(Exception):
    """The first line ends with MAX.

    The second is for developers.
    """


class _SilentError(Exception):
    pass


def judged(error, attempts=1):
    return judge_failure(error, attempts, Policy(), NOW, jitter=1.0)


@pytest.mark.parametrize(
    ("error", "reason", "next_at"),
    [
        (Throttled(2), "throttled", NOW + timedelta(seconds=2)),
        (Throttled(0.5), "throttled", NOW + timedelta(seconds=0.5)),
        (Throttled(), "throttled", HALF_A_MINUTE),
        (MailboxUnavailable(), "mailbox-unavailable", HALF_A_MINUTE),
    ],
)
def test_what_is_wrong_with_a_mailbox_uses_up_no_attempt_and_says_when(error, reason, next_at):
    facts = {"nextAt": next_at.isoformat()}

    assert judged(error) == Failure(reason, next_at, counts=False, is_of_mailbox=True, facts=facts)


def test_a_failure_that_is_tried_again_says_why_and_when():
    facts = {"why": "Microsoft 365 did not answer in time", "nextAt": HALF_A_MINUTE.isoformat()}

    assert judged(GatewayTimeout()) == Failure("retry-later", HALF_A_MINUTE, facts=facts)


def test_what_waits_for_a_permission_uses_up_no_attempt_and_says_who_grants_it():
    why = "Liaison lacks a permission in the tenant. An administrator grants it in Entra ID"
    facts = {"why": why, "nextAt": HALF_A_MINUTE.isoformat()}

    assert judged(ConsentMissing()) == Failure(
        "retry-later", HALF_A_MINUTE, counts=False, facts=facts
    )


@pytest.mark.parametrize(
    ("error", "attempts", "why"),
    [
        (RequestRejected(), 1, RequestRejected.__doc__.split("\n")[0].rstrip(".")),
        (GatewayTimeout(), 8, "Microsoft 365 did not answer in time"),
        (_SeveralLinesError("secret"), 8, "The first line ends with MAX"),
        (_SilentError("secret"), 8, ""),
    ],
)
def test_a_failure_that_is_given_up_says_why_in_the_words_of_its_kind(error, attempts, why):
    assert judged(error, attempts) == Failure("failed-permanent", None, facts={"why": why})


def test_the_last_attempt_that_the_policy_allows_is_the_last():
    policy = Policy(max_attempts=3)

    dead = [judge_failure(GatewayTimeout(), n, policy, NOW, 1.0).is_dead for n in (2, 3)]

    assert dead == [False, True]


def lost(mailbox_id, *copies):
    return when_mailbox_is_lost(a_link(copies=copies), mailbox_id)


def test_the_organizers_mailbox_has_no_successor():
    assert lost(ANN.id, a_copy(), a_copy(BO.id)) == "freeze"


def test_a_mailbox_without_a_copy_changes_nothing_when_it_is_lost():
    assert lost(DEV.id, a_copy(BO.id)) == "nothing"


def test_an_invitees_mailbox_changes_nothing_while_the_organizers_is_read():
    assert lost(BO.id, a_copy(), a_copy(BO.id), a_copy(CARLA.id)) == "nothing"


def test_the_present_copy_with_the_smallest_mailbox_id_takes_over():
    dev, carla = a_copy(DEV.id), a_copy(CARLA.id)

    assert lost(BO.id, dev, a_copy(BO.id), carla) == HandOver(carla)


@pytest.mark.parametrize("gone", [{"is_present": False}, {"is_followed": False}])
def test_a_copy_that_nobody_reads_takes_over_nothing(gone):
    dev, carla = a_copy(DEV.id), replace(a_copy(CARLA.id), **gone)

    assert lost(BO.id, a_copy(BO.id), carla, dev) == HandOver(dev)
    assert lost(BO.id, a_copy(BO.id), carla) == "freeze"
    assert lost(BO.id, replace(a_copy(), **gone), a_copy(BO.id), dev) == HandOver(dev)
