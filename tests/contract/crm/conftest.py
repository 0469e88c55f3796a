"""What the suites of the CRM share: both CRMs, and edits as somebody."""

from uuid import uuid4

import pytest

from builders import PLAN
from crm_worlds import EmbeddedWorld, FakeWorld
from liaison.crm.embedded.activities import create_activities
from liaison.crm.embedded.editing import Editing
from liaison.crm.model import SYNC_MASTER
from liaison.crm.rights import Editor
from people import ANN, BO, CARLA, DEV


@pytest.fixture(params=["embedded", "fake"])
def world(request, clock):
    """A CRM behind the port, once for each that there is."""
    if request.param == "fake":
        return FakeWorld(clock)
    return EmbeddedWorld(request.getfixturevalue("database"), clock)


def find_colleagues(_session, ids):
    return {one.id: one for one in (ANN, BO, CARLA, DEV) if one.id in ids}


@pytest.fixture
def create(database, clock):
    """Make activities as the sync user, in a transaction of its own."""

    def create(*new):
        with database.transaction() as session:
            return create_activities(session, new, SYNC_MASTER, clock.now())

    return create


@pytest.fixture
def edit(database, clock):
    """Run one edit as somebody, in its own transaction."""

    def edit(person, what, *wishes, for_others=False, **options):
        editor = Editor(person.id, person.name, for_others, person.time_zone)
        with database.transaction() as session:
            editing = Editing(session, editor, clock.now(), find_colleagues)
            return getattr(editing, what)(*wishes, **options)

    return edit


@pytest.fixture
def plan(edit):
    """Plan an activity as Ann, with Carla taking part."""

    def plan(**members):
        people = [{"kind": "representative", "id": CARLA.id}]
        return edit(ANN, "plan", PLAN | {"participants": people} | members, key=uuid4())

    return plan
