import os
from contextlib import contextmanager, nullcontext
from datetime import timedelta

import pytest
import tenacity
from sqlalchemy import func, select

from fakes.mailboxes import Mailboxes
from liaison.calendar.model import NoteSource
from liaison.calendar.stores import noted, runs
from liaison.calendar.stores.tables import RunRow
from liaison.db.tables import new_id
from liaison.errors import GatewayUnavailable
from liaison.people import representatives, service_switch
from liaison.policy.store import read_policy, save_policy
from liaison.worker.heartbeats import Heartbeat, list_live_workers
from liaison.worker.runs import AFTER_A_MISTAKE, run_mailbox
from liaison.worker.sweep import forget_old, wake_due_mailboxes


@pytest.fixture
def office(database, clock):
    office = Mailboxes(database, clock)
    office.make_sync_user_ready()
    return office


def note(office, mailbox_id, event_id):
    with office.database.transaction() as session:
        noted.note_events(
            session, mailbox_id, [event_id], NoteSource.NOTIFICATION, office.clock.now()
        )


def test_a_run_after_which_nothing_waits_asks_for_no_other(office):
    _, ann_id = office.follow("Ann Berg")

    report = run_mailbox(office.tools, ann_id)

    assert report.stopped_by is None
    assert office.woken == []
    assert office.row(ann_id).due_at > office.clock.now()


def test_a_worker_that_is_sent_away_changes_nothing(office):
    _, ann_id = office.follow("Ann Berg")
    office.lease = lambda _: nullcontext(enter_result=False)

    assert run_mailbox(office.tools, ann_id) is None

    assert office.row(ann_id).due_at == office.clock.now()
    assert office.woken == []


def test_what_is_noted_in_the_last_moment_of_a_run_is_looked_at_at_once(office):
    """Whoever came for it was sent away, since the lease was not given back yet."""
    person, ann_id = office.follow("Ann Berg")
    event = office.outlook.add_meeting(person)

    @contextmanager
    def lease(mailbox_id):
        yield True
        note(office, mailbox_id, event.event_id)

    office.lease = lease

    run_mailbox(office.tools, ann_id)

    assert office.woken == [ann_id]


def test_a_stopped_service_is_not_asked_again_and_again(office):
    _, ann_id = office.follow("Ann Berg")
    with office.database.transaction() as session:
        service_switch.stop(session, "test")

    report = run_mailbox(office.tools, ann_id)

    assert report.stopped_by == "service-stopped"
    assert office.woken == []


def test_a_mailbox_that_is_not_followed_any_more_is_unsubscribed(office):
    _, ann_id = office.follow("Ann Berg")
    run_mailbox(office.tools, ann_id)
    subscribed = office.row(ann_id).subscription_id
    with office.database.transaction() as session:
        ann = representatives.get_representative(session, ann_id)

    office.switch(ann, active=False)
    report = run_mailbox(office.tools, ann_id)

    assert subscribed
    assert report.stopped_by == "representative-inactive"
    assert office.row(ann_id).subscription_id is None
    assert office.outlook.calls[-1].operation == "delete_subscription"


def test_a_mailbox_is_frozen_also_when_microsoft_cannot_be_told(office):
    _, ann_id = office.follow("Ann Berg")
    run_mailbox(office.tools, ann_id)
    with office.database.transaction() as session:
        ann = representatives.get_representative(session, ann_id)
    office.switch(ann, active=False)
    office.outlook.fail_next(GatewayUnavailable())

    report = run_mailbox(office.tools, ann_id)

    assert report.stopped_by == "representative-inactive"
    assert office.row(ann_id).due_at is None


def test_after_a_mistake_of_ours_the_mailbox_waits_and_is_not_forgotten(office):
    _, ann_id = office.follow("Ann Berg")
    office.outlook.fail_next(ZeroDivisionError(), operation="read_window")

    with pytest.raises(ZeroDivisionError):
        run_mailbox(office.tools, ann_id)

    row = office.row(ann_id)
    assert row.due_at == office.clock.now() + AFTER_A_MISTAKE
    assert (row.attempts, row.last_error) == (1, "unexpected")


def test_the_sweep_wakes_what_is_due_the_longest_waiting_first(office):
    _, ann_id = office.follow("Ann Berg")
    _, bo_id = office.follow("Bo Lind")
    _, carla_id = office.follow("Carla Ruiz")
    now = office.clock.now()
    office.save(ann_id, due_at=now)
    office.save(bo_id, due_at=now - timedelta(minutes=5))
    office.save(carla_id, due_at=now + timedelta(seconds=1))

    wake_due_mailboxes(office.tools)

    assert office.woken == [bo_id, ann_id]


def test_runs_older_than_retention_are_forgotten(office):
    _, ann_id = office.follow("Ann Berg")
    with office.database.transaction() as session:
        runs.begin_run(session, new_id(), ann_id, office.clock.now())
        save_policy(
            session, {"logRetentionDays": 7}, if_version=read_policy(session).version, actor="test"
        )

    office.clock.advance(days=6)
    forget_old(office.tools)
    kept = count_runs(office)
    office.clock.advance(days=2)
    forget_old(office.tools)

    assert (kept, count_runs(office)) == (1, 0)


def test_a_worker_lives_while_its_heart_beats(office):
    with Heartbeat(office.database, office.clock):
        beating = wait_until_one_lives(office)
        office.clock.advance(minutes=1)

        assert beating[0].pid == os.getpid()
        assert live_workers(office) == []


def test_a_stopped_worker_takes_its_line_away(office):
    with Heartbeat(office.database, office.clock):
        wait_until_one_lives(office)

    assert live_workers(office) == []


def live_workers(office):
    with office.database.transaction() as session:
        return list_live_workers(session, office.clock.now())


@tenacity.retry(
    stop=tenacity.stop_after_delay(timedelta(seconds=20)),
    wait=tenacity.wait_fixed(0.02),
    retry=tenacity.retry_if_result(lambda living: not living),
)
def wait_until_one_lives(office):
    return live_workers(office)


def count_runs(office):
    with office.database.transaction() as session:
        return session.scalar(select(func.count()).select_from(RunRow))
