import httpx
import pytest

from fakes.unruly import WatchedCalendars
from liaison.calendar.model import LinkState
from liaison.people import service_switch
from scenario_runs import calls_during, looks_in, mailbox_of, rounds_in, sync, with_calendars


@pytest.fixture
def ann(pushed):
    """Ann, subscribed and looked at."""
    person = pushed.representative("Ann Berg")
    pushed.run(person)
    return person


@pytest.fixture
def linked(pushed, ann):
    """A linked meeting of Ann's, its own notifications worked off."""
    made = pushed.create(ann, ann.create_event(subject="Review", start=pushed.tomorrow()))
    deliver(pushed)
    sync(pushed, ann)
    pushed.woken.clear()
    return made


def deliver(world):
    world.sandbox.notifier.drain()


def rename(ann, subject):
    ann.change_event(ann.events()[0].id, subject=subject)


def post(world, web, path="/graph/notifications", **members):
    return httpx.post(f"{web.url}{path}", json={"value": [members]}, trust_env=False)


def forged_of(world, ann, **members):
    row = mailbox_of(world, ann)
    event_id = ann.events()[0].immutable_id
    sound = {
        "subscriptionId": row.subscription_id,
        "clientState": row.client_state,
        "changeType": "updated",
        "resourceData": {"id": event_id},
    }
    return sound | members


def test_a_change_reaches_the_activity_by_its_notification_with_one_read(pushed, ann, linked):
    rename(ann, "Moved by push")
    deliver(pushed)

    calls = calls_during(pushed, lambda: sync(pushed, ann))

    assert pushed.woken == [pushed.own(ann).id] * len(pushed.woken) != []
    assert pushed.activity_now(linked.activity).subject == "Moved by push"
    assert [call.method for call in calls] == ["GET"]
    assert len(looks_in(calls)) == 1
    assert pushed.waiting(ann) == []


def test_the_ids_in_notifications_are_immutable_ones(pushed, ann, linked):
    [subscription] = pushed.sandbox.subscriptions.of_mailbox(ann.oid)

    rename(ann, "Again")
    deliver(pushed)

    assert subscription.immutable_ids
    assert pushed.waiting(ann) == [ann.events()[0].immutable_id]


def test_doubled_notifications_are_one_look_and_one_entry_in_the_log(pushed, ann, linked, sandbox):
    sandbox.settings.double_notifications = True
    rename(ann, "Twice")
    deliver(pushed)

    calls = calls_during(pushed, lambda: sync(pushed, ann))

    assert len(looks_in(calls)) == 1
    assert pushed.reasons(linked.link).count("activity-updated") == 1


def test_a_late_notification_of_an_old_change_changes_nothing(pushed, ann, linked, web):
    late = forged_of(pushed, ann)
    rename(ann, "New")
    deliver(pushed)
    sync(pushed, ann)
    version = pushed.activity_now(linked.activity).version

    post(pushed, web, **late)
    sync(pushed, ann)

    assert pushed.activity_now(linked.activity).version == version
    assert pushed.waiting(ann) == []


def test_notifications_in_another_order_end_in_the_same_state(pushed, ann, linked, sandbox):
    sandbox.settings.notification_delay_ms = 300
    sandbox.settings.reorder_notifications = True
    for subject in ("First", "Second", "Third"):
        rename(ann, subject)
    deliver(pushed)

    sync(pushed, ann)

    assert pushed.activity_now(linked.activity).subject == "Third"


def test_a_dropped_notification_is_made_good_by_the_next_round(pushed, ann, linked, sandbox):
    sandbox.settings.drop_notifications = True
    rename(ann, "Unheard of")
    deliver(pushed)
    pushed.clock.set(mailbox_of(pushed, ann).due_at)

    sync(pushed, ann)

    assert pushed.activity_now(linked.activity).subject == "Unheard of"


def test_a_deletion_told_by_a_notification_ends_the_link(pushed, ann, linked, sandbox):
    sandbox.settings.deleted_items_still_answer = False
    ann.delete_event(ann.events()[0].id)
    deliver(pushed)

    sync(pushed, ann)

    assert pushed.link_now(linked.link).state is LinkState.ENDED


@pytest.mark.parametrize(
    "wrong", [{"clientState": "guessed"}, {"clientState": None}, {"subscriptionId": "of-nobody"}]
)
def test_a_forged_notification_costs_nothing(pushed, ann, linked, web, wrong):
    answer = post(pushed, web, **forged_of(pushed, ann, **wrong))

    assert answer.status_code == 202
    assert pushed.woken == []
    assert pushed.waiting(ann) == []


def test_while_the_service_is_stopped_notifications_are_noted_and_nothing_is_read(
    pushed, ann, linked
):
    pushed.change(service_switch.stop)
    rename(ann, "Meanwhile")
    deliver(pushed)

    calls = calls_during(pushed, lambda: sync(pushed, ann))
    noted = pushed.waiting(ann)
    pushed.start_service()
    sync(pushed, ann)

    assert calls == []
    assert noted == [ann.events()[0].immutable_id]
    assert pushed.activity_now(linked.activity).subject == "Meanwhile"


def test_missed_notifications_are_made_good_at_once(pushed, ann, linked, sandbox):
    sandbox.settings.drop_notifications = True
    rename(ann, "Missed")
    sandbox.send_lifecycle(ann, "missed")
    deliver(pushed)

    assert mailbox_of(pushed, ann).due_at <= pushed.clock.now()

    sync(pushed, ann)

    assert pushed.woken == [pushed.own(ann).id]
    assert pushed.activity_now(linked.activity).subject == "Missed"
    assert not mailbox_of(pushed, ann).wants_delta


def test_a_subscription_that_wants_authorization_is_renewed_and_stays_the_same(
    pushed, ann, linked, sandbox
):
    before = mailbox_of(pushed, ann)
    pushed.clock.advance(hours=1)
    sandbox.send_lifecycle(ann, "reauthorizationRequired")
    deliver(pushed)

    sync(pushed, ann)

    after = mailbox_of(pushed, ann)
    assert after.subscription_id == before.subscription_id
    assert after.subscription_expires_at > before.subscription_expires_at


def test_a_removed_subscription_is_made_anew_and_the_changes_are_read(pushed, ann, linked, sandbox):
    before = mailbox_of(pushed, ann)
    sandbox.send_lifecycle(ann, "subscriptionRemoved")
    rename(ann, "Unheard of")
    deliver(pushed)

    calls = calls_during(pushed, lambda: sync(pushed, ann))

    [subscription] = sandbox.subscriptions.of_mailbox(ann.oid)
    after = mailbox_of(pushed, ann)
    assert after.subscription_id == subscription.id != before.subscription_id
    assert after.client_state != before.client_state
    assert len(rounds_in(calls)) == 1
    assert pushed.activity_now(linked.activity).subject == "Unheard of"


def test_a_lifecycle_event_that_arrives_while_the_changes_are_read_is_not_forgotten(
    pushed, ann, linked, sandbox
):
    own = pushed.tools.outlook.calendars

    def comes_meanwhile():
        with_calendars(pushed, own)
        sandbox.send_lifecycle(ann, "missed")
        deliver(pushed)

    with_calendars(pushed, WatchedCalendars(own, comes_meanwhile))
    pushed.clock.advance(minutes=6)
    sync(pushed, ann)
    row = mailbox_of(pushed, ann)
    calls = calls_during(pushed, lambda: sync(pushed, ann))

    assert (row.wants_delta, row.due_at) == (True, pushed.clock.now())
    assert len(rounds_in(calls)) == 1


def test_a_notification_about_a_meeting_that_nobody_linked_reads_nothing_of_its_content(
    pushed, ann
):
    event_id = ann.create_event(subject="Surgery", start=pushed.tomorrow(), body="At the clinic")
    ann.change_event(event_id, location="Clinic")

    deliver(pushed)
    looks = looks_in(calls_during(pushed, lambda: sync(pushed, ann)))

    said = b"".join(call.response_body for call in looks)
    assert looks
    assert not [word for word in (b"Surgery", b"clinic", b"Clinic") if word in said]
