from dataclasses import dataclass
from datetime import timedelta

import pytest

from liaison.calendar.linking.values import Linked
from liaison.calendar.model import LinkState
from liaison.crm.model import ActivityStatus
from scenario_runs import note, settle_down, sync

FAULTS = {
    "429 for 2.128 s": {"status": 429, "retry_after": "2.128"},
    "429 without a time": {"status": 429},
    "500": {"status": 500},
    "503": {"status": 503},
    "503 for 0.5 s": {"status": 503, "retry_after": "0.5"},
    "504": {"status": 504},
    "connection dropped before": {"kind": "drop-before"},
    "connection dropped after": {"kind": "drop-after"},
    "answer cut off": {"kind": "truncate"},
    "401": {"status": 401, "code": "InvalidAuthenticationToken"},
    "403": {"status": 403, "code": "ErrorAccessDenied"},
    "403 for want of consent": {"status": 403, "code": "Authorization_RequestDenied"},
}
CALLS = {
    "look at an event": r"/events/[^/?]+\?",
    "changes": "deltatoken",
    "window": "startDateTime",
    "next page": "skiptoken",
}


@dataclass
class Calendar:
    """Three linked meetings: one will be renamed, one deleted, one is left alone."""

    renamed: Linked
    deleted: Linked
    kept: Linked


@pytest.fixture
def calendar(world, ann, sandbox):
    sandbox.settings.deleted_items_still_answer = False
    start = world.tomorrow() + timedelta(days=4)
    made = [
        world.create(ann, ann.create_event(subject=subject, start=start))
        for subject in ("Renamed", "Deleted", "Kept")
    ]
    world.run(ann)
    return Calendar(*made)


def change(world, ann):
    """What happens in Outlook; of the renaming a notification tells."""
    world.clock.advance(minutes=6)
    [renamed] = ann.events(subject="Renamed")
    ann.change_event(renamed.id, subject="New name")
    ann.delete_event(ann.events(subject="Deleted")[0].id)
    note(world, ann, renamed.id)


def assert_nothing_is_lost(world, ann, calendar):
    assert world.activity_now(calendar.renamed.activity).subject == "New name"
    assert world.activity_now(calendar.deleted.activity).status is ActivityStatus.CANCELLED
    assert world.activity_now(calendar.kept.activity) == calendar.kept.activity
    assert world.link_now(calendar.renamed.link).state is LinkState.LIVE
    assert world.link_now(calendar.deleted.link).state is LinkState.ENDED
    assert world.link_now(calendar.kept.link).state is LinkState.LIVE
    assert world.waiting(ann) == []


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_once_it_is_over_both_sides_agree_and_nothing_was_removed_meanwhile(
    world, ann, sandbox, calendar, fault, call
):
    change(world, ann)
    if call in {"window", "next page"}:
        sandbox.tenant.expire_delta_tokens()
    armed = sandbox.faults.add(path_regex=CALLS[call], times=3, **FAULTS[fault])

    sync(world, ann)

    assert armed.times < 3
    assert world.activity_now(calendar.kept.activity) == calendar.kept.activity
    assert world.link_now(calendar.kept.link).state is not LinkState.ENDED

    sandbox.faults.clear()
    settle_down(world, ann)

    assert_nothing_is_lost(world, ann, calendar)


@pytest.mark.parametrize("call", CALLS)
def test_a_call_that_hangs_is_given_up_and_made_again_later(
    world, ann, sandbox, calendar, monkeypatch, call
):
    change(world, ann)
    if call in {"window", "next page"}:
        sandbox.tenant.expire_delta_tokens()
    armed = sandbox.faults.add(path_regex=CALLS[call], kind="timeout")
    with monkeypatch.context() as patience:
        patience.setattr("liaison.outlook.client.CALL_SECONDS", 2.0)
        sync(world, ann)

    settle_down(world, ann)

    assert armed.times == 0
    assert_nothing_is_lost(world, ann, calendar)


def test_a_mailbox_that_never_accepts_our_token_loses_nothing(world, ann, sandbox, calendar):
    change(world, ann)
    sandbox.faults.add(status=401, code="InvalidAuthenticationToken", times=-1)
    for _ in range(4):
        world.clock.advance(hours=6)
        sync(world, ann)

    assert world.activity_now(calendar.kept.activity) == calendar.kept.activity
    assert world.link_now(calendar.deleted.link).state is LinkState.LIVE

    sandbox.faults.clear()
    settle_down(world, ann)

    assert_nothing_is_lost(world, ann, calendar)


def test_a_token_that_is_refused_once_is_renewed_within_the_same_run(world, ann, sandbox, calendar):
    change(world, ann)
    sandbox.faults.add(path_regex=r"/events/", status=401, code="InvalidAuthenticationToken")

    report = sync(world, ann)

    assert report.stopped_by is None
    assert_nothing_is_lost(world, ann, calendar)


def test_a_sign_in_that_fails_loses_nothing(world, ann, sandbox, calendar):
    change(world, ann)
    sandbox.faults.add(path_regex="/v1.0/", status=401, code="InvalidAuthenticationToken")
    sandbox.faults.add(path_regex="oauth2", status=500, times=5)

    sync(world, ann)
    sandbox.faults.clear()
    settle_down(world, ann)

    assert_nothing_is_lost(world, ann, calendar)


def test_an_outage_of_a_whole_day_loses_nothing(world, ann, sandbox, calendar):
    change(world, ann)
    sandbox.faults.add(status=503, times=-1)
    for _ in range(12):
        world.clock.advance(hours=2)
        sync(world, ann)

    assert world.link_now(calendar.kept.link).state is LinkState.LIVE
    assert world.link_now(calendar.deleted.link).state is LinkState.LIVE

    sandbox.faults.clear()
    settle_down(world, ann)

    assert_nothing_is_lost(world, ann, calendar)
