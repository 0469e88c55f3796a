"""The sync user, the service switch, and the audit of who moved them."""

import pytest

from liaison.db.audit import list_audit
from liaison.people import service_switch, sync_user
from liaison.people.model import Service, SyncUser


@pytest.fixture
def session(database):
    with database.transaction() as session:
        yield session


def acts(session):
    return [entry.action for entry in reversed(list_audit(session, limit=99))]


def test_the_sync_user_is_delivered_locked_and_not_active(session):
    delivered = sync_user.read_sync_user(session)

    assert delivered == SyncUser(locked=True, active=False)
    assert not delivered.is_ready


def test_unlocked_and_activated_the_sync_user_is_ready(session):
    assert not sync_user.unlock(session, "Ann").is_ready
    assert sync_user.activate(session, "Ann").is_ready


@pytest.mark.parametrize("act", ["lock", "deactivate"])
def test_a_locked_or_inactive_sync_user_is_not_ready(session, act):
    sync_user.unlock(session, "Ann")
    sync_user.activate(session, "Ann")

    assert not getattr(sync_user, act)(session, "Bo").is_ready


def test_acts_on_the_sync_user_may_be_repeated_and_are_audited_once(session):
    for act in (sync_user.unlock, sync_user.unlock, sync_user.activate, sync_user.activate):
        act(session, "Ann")

    assert acts(session) == ["sync-user-unlocked", "sync-user-activated"]


def test_the_service_is_delivered_running(session):
    assert service_switch.read_service(session) == Service(running=True, generation=1)


def test_stopping_and_starting_makes_a_new_generation(session):
    stopped = service_switch.stop(session, "Ann")
    again = service_switch.stop(session, "Ann")
    started = service_switch.start(session, "Ann")

    assert stopped == again == Service(running=False, generation=1)
    assert started == service_switch.read_service(session) == Service(running=True, generation=2)
    assert service_switch.start(session, "Ann") == started
    assert acts(session) == ["service-stopped", "service-started"]


def test_every_restart_makes_a_new_generation(session):
    service_switch.restart(session, "Ann")

    assert service_switch.restart(session, "Ann") == Service(running=True, generation=3)


def test_the_audit_is_read_in_pages_newest_first(session):
    for _ in range(3):
        service_switch.restart(session, "Ann")

    newest = list_audit(session, limit=2)
    older = list_audit(session, limit=2, before=newest[-1].id)

    assert [(one.actor, one.action) for one in newest] == [("Ann", "service-restarted")] * 2
    assert len(older) == 1
