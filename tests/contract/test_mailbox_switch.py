from dataclasses import replace

import pytest

from fakes.mailboxes import Mailboxes
from fakes.outlook import TENANT
from liaison.calendar.mailbox_switch import people_imported
from liaison.calendar.stores.mailboxes import make_all_due
from liaison.people import representatives


@pytest.fixture
def office(database, clock):
    return Mailboxes(database, clock)


def import_again(office, person):
    with office.database.transaction() as session:
        representatives.import_people(session, TENANT, [person], actor="test")
        return people_imported(session, office.clock.now())


def test_an_activated_mailbox_is_followed_and_due_at_once(office):
    _, ann = office.import_person("Ann Berg")

    woken = office.switch(ann, active=True)

    row = office.row(ann.id)
    assert woken == [ann.id]
    assert (row.is_followed, row.due_at, row.wants_delta) == (True, office.clock.now(), True)


def test_a_deactivated_mailbox_is_not_followed_but_due_so_that_its_links_are_frozen(office):
    _, ann_id = office.follow("Ann Berg")
    office.save(ann_id, due_at=None)
    with office.database.transaction() as session:
        ann = representatives.get_representative(session, ann_id)

    woken = office.switch(ann, active=False)

    row = office.row(ann_id)
    assert woken == [ann_id]
    assert (row.is_followed, row.due_at) == (False, office.clock.now())


def test_somebody_who_was_never_followed_is_deactivated_without_any_effect(office):
    _, ann = office.import_person("Ann Berg")

    assert office.switch(ann, active=False) == []
    assert office.row(ann.id) is None


def test_a_reactivated_mailbox_is_looked_at_again_before_its_links_are_trusted(office):
    _, ann = office.import_person("Ann Berg")
    office.switch(ann, active=True)
    office.switch(ann, active=False)
    later = office.clock.advance(days=1)

    office.switch(ann, active=True)

    assert office.row(ann.id).resumed_at == later


def test_somebody_active_without_a_mailbox_is_followed_once_an_import_shows_one(office):
    person, bo = office.import_person("Bo Lind", has_mailbox=False)
    office.switch(bo, active=True)
    assert office.row(bo.id) is None

    woken = import_again(office, replace(person, has_mailbox=True))

    assert woken == [bo.id]
    assert office.row(bo.id).is_followed


def test_a_mailbox_that_an_import_does_not_show_any_more_is_due_to_be_frozen(office):
    person, ann_id = office.follow("Ann Berg")

    woken = import_again(office, replace(person, has_mailbox=False))

    assert woken == [ann_id]
    assert not office.row(ann_id).is_followed


def test_an_import_that_changes_nothing_wakes_nobody(office):
    person, _ = office.follow("Ann Berg")
    office.import_person("Dev Patel")

    assert import_again(office, person) == []


def test_everything_is_due_when_the_service_starts_also_what_is_still_to_be_frozen(office):
    _, ann_id = office.follow("Ann Berg")
    _, bo = office.import_person("Bo Lind")
    office.switch(bo, active=True)
    office.switch(bo, active=False)
    office.save(bo.id, due_at=None)

    with office.database.transaction() as session:
        due = make_all_due(session, office.clock.now())

    assert set(due) == {ann_id, bo.id}
