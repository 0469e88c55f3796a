from datetime import UTC, datetime

import pytest

from liaison.cli.demo_story import SHARED, seed
from liaison.crm.embedded import contacts
from liaison.crm.embedded.search import ActivityQuery, Viewer, search_activities
from liaison.people.representatives import import_people, list_representatives
from people import ANN, BO, CARLA, TENANT_ID, Listed

FRIDAY = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def session(database):
    with database.transaction() as session:
        people = [Listed(one.oid, one.name, one.address) for one in (ANN, BO, CARLA)]
        import_people(session, TENANT_ID, people, actor="test")
        yield session


def told(session):
    viewer = Viewer(list_representatives(session)[0].id)
    return search_activities(session, ActivityQuery(), viewer, now=FRIDAY, limit=99).items


def test_the_demo_can_be_told_twice(session):
    seed(session, FRIDAY)
    once = told(session)

    seed(session, FRIDAY)

    assert told(session) == once
    assert len({one.owner_id for one in once}) == 3


def test_the_plans_of_the_demo_lie_ahead(session):
    seed(session, FRIDAY)

    assert all(one.when.starts_at > FRIDAY for one in told(session) if one.status == "planned")


def test_an_address_of_the_demo_identifies_nobody(session):
    seed(session, FRIDAY)

    found = contacts.find_by_addresses(session, [SHARED, "ines@contoso.example"])

    assert [len(found[SHARED]), len(found["ines@contoso.example"])] == [2, 1]
