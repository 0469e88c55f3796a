from datetime import timedelta

import pytest

from liaison.calendar.rules.schedule import SUBSCRIPTION_LIFETIME
from scenario_runs import calls_during, change_mailbox, mailbox_of, rounds_in, sync


@pytest.fixture
def ann(pushed):
    person = pushed.representative("Ann Berg")
    pushed.run(person)
    return person


def renewals_in(calls):
    return [call.method for call in calls if "/subscriptions" in call.path]


def test_a_subscription_is_made_with_lifecycle_events_and_immutable_ids(pushed, ann, web):
    [subscription] = pushed.sandbox.subscriptions.of_mailbox(ann.oid)

    row = mailbox_of(pushed, ann)
    assert subscription.id == row.subscription_id
    assert subscription.notification_url == f"{web.url}/graph/notifications"
    assert subscription.lifecycle_url == f"{web.url}/graph/lifecycle"
    assert subscription.change_types == {"created", "updated", "deleted"}
    assert subscription.immutable_ids
    assert subscription.client_state == row.client_state
    assert len(row.client_state) >= 32


def test_a_subscription_is_renewed_at_half_its_life_and_not_before(pushed, ann):
    made = mailbox_of(pushed, ann)
    half = pushed.clock.now() + SUBSCRIPTION_LIFETIME / 2
    pushed.clock.set(made.subscription_renew_at - timedelta(seconds=1))
    before = calls_during(pushed, lambda: sync(pushed, ann))
    pushed.clock.advance(seconds=1)

    due_at = mailbox_of(pushed, ann).due_at
    calls = calls_during(pushed, lambda: sync(pushed, ann))

    renewed = mailbox_of(pushed, ann)
    assert half - SUBSCRIPTION_LIFETIME / 10 <= made.subscription_renew_at <= half
    assert due_at <= made.subscription_renew_at
    assert renewals_in(before) == []
    assert renewals_in(calls) == ["PATCH"]
    assert rounds_in(calls) == []
    assert renewed.subscription_id == made.subscription_id
    assert renewed.subscription_expires_at == pushed.clock.now() + SUBSCRIPTION_LIFETIME


def test_a_subscription_that_microsoft_dropped_is_made_anew_and_the_changes_are_read(pushed, ann):
    made = mailbox_of(pushed, ann)
    event_id = ann.create_event(subject="Review", start=pushed.tomorrow() + timedelta(days=5))
    linked = pushed.create(ann, event_id)
    pushed.sandbox.subscriptions.remove(made.subscription_id)
    pushed.clock.set(made.subscription_renew_at)
    ann.change_event(event_id, subject="Unheard of")
    change_mailbox(pushed, ann, next_delta_at=pushed.clock.now() + timedelta(hours=1))

    calls = calls_during(pushed, lambda: sync(pushed, ann))

    assert renewals_in(calls) == ["PATCH", "POST"]
    assert len(rounds_in(calls)) == 1
    assert mailbox_of(pushed, ann).subscription_id != made.subscription_id
    assert pushed.activity_now(linked.activity).subject == "Unheard of"


def test_an_old_subscription_that_nobody_remembers_is_replaced(pushed, ann):
    [old] = pushed.sandbox.subscriptions.of_mailbox(ann.oid)
    forgotten = dict.fromkeys(("subscription_id", "client_state", "subscription_renew_at"))
    change_mailbox(pushed, ann, **forgotten)

    sync(pushed, ann)

    [new] = pushed.sandbox.subscriptions.of_mailbox(ann.oid)
    assert new.id != old.id
    assert new.client_state == mailbox_of(pushed, ann).client_state


def test_an_answer_lost_while_subscribing_leaves_one_subscription_that_is_ours(pushed):
    person = pushed.representative("Ann Berg")
    pushed.sandbox.faults.add(method="POST", path_regex="/subscriptions", kind="drop-after")
    sync(pushed, person)
    pushed.clock.advance(minutes=10)

    sync(pushed, person)

    [subscription] = pushed.sandbox.subscriptions.of_mailbox(person.oid)
    assert subscription.client_state == mailbox_of(pushed, person).client_state


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_a_subscription_that_fails_does_not_stop_the_sync_and_is_tried_again(pushed, status):
    person = pushed.representative("Ann Berg")
    linked = pushed.create(person, person.create_event(subject="Review", start=pushed.tomorrow()))
    pushed.sandbox.faults.add(method="POST", path_regex="/subscriptions", status=status, times=2)
    person.change_event(person.events()[0].id, subject="Renamed")

    report = sync(pushed, person)

    row = mailbox_of(pushed, person)
    assert report.stopped_by is None
    assert pushed.activity_now(linked.activity).subject == "Renamed"
    assert row.subscription_id is None
    assert row.due_at <= pushed.clock.now() + timedelta(minutes=10)

    pushed.sandbox.faults.clear()
    pushed.clock.advance(minutes=10)
    sync(pushed, person)

    assert len(pushed.sandbox.subscriptions.of_mailbox(person.oid)) == 1


def test_without_push_the_subscription_ends_and_the_changes_are_read_at_every_interval(pushed, ann):
    pushed.set_policy(push=False)
    pushed.clock.advance(minutes=5)

    calls = calls_during(pushed, lambda: sync(pushed, ann))

    row = mailbox_of(pushed, ann)
    assert pushed.sandbox.subscriptions.of_mailbox(ann.oid) == []
    assert (row.subscription_id, row.client_state) == (None, None)
    assert len(rounds_in(calls)) == 1
    assert row.due_at == pushed.clock.now() + timedelta(minutes=5)


def test_push_switched_on_again_subscribes_again(pushed, ann):
    pushed.set_policy(push=False)
    sync(pushed, ann)
    pushed.set_policy(push=True)

    sync(pushed, ann)

    assert len(pushed.sandbox.subscriptions.of_mailbox(ann.oid)) == 1


def test_somebody_switched_off_is_not_subscribed_any_more(pushed, ann):
    pushed.switch(ann, active=False)

    sync(pushed, ann)

    assert mailbox_of(pushed, ann).due_at is None
