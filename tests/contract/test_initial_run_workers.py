"""Initial syncs as worker processes carry them out, also where one of them is killed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.outlook_worlds import settings_for
from liaison.bootstrap import worker_tools
from liaison.calendar.initial_sync import acts
from liaison.calendar.initial_sync.model import RunStatus
from liaison.calendar.stores import plan_items
from liaison.calendar.stores.plan_items import ItemFilter
from worker_office import Office, wait_for


@pytest.fixture
def office(sandbox, database_url, tmp_path):
    settings = replace(settings_for(sandbox), database_url=database_url)
    with worker_tools(settings) as tools:
        office = Office.open(sandbox, tools, tmp_path)
        start = tools.clock.now() + timedelta(days=1)
        office.ann.create_event(subject="Review", start=start)
        yield office
        office.end_all()


def begin(office, *, dry_run):
    """What a request over HTTP leaves behind."""
    tools = office.tools
    with tools.database.transaction() as session:
        run = acts.start_run(session, None, dry_run=dry_run, actor="Admin", now=tools.clock.now())
        tools.begin_after_commit(session, run.id)
    return run


def status(office, run):
    with office.tools.database.transaction() as session:
        return acts.get_run(session, run.id).status


def items(office, run):
    with office.tools.database.transaction() as session:
        return plan_items.list_items(session, run.id, ItemFilter(), limit=10)


@pytest.mark.parametrize(("dry_run", "end"), [(True, RunStatus.PLANNED), (False, RunStatus.DONE)])
def test_a_worker_takes_up_an_initial_sync(office, dry_run, end):
    office.start_worker()

    run = begin(office, dry_run=dry_run)

    assert wait_for(lambda: status(office, run) is end)


def test_a_plan_whose_worker_was_killed_is_made_by_the_next_one(office):
    office.sandbox.settings.answer_delay_ms = 5_000
    killed = office.start_worker()
    run = begin(office, dry_run=True)
    before = len(office.sandbox.log)
    wait_for(lambda: len(office.sandbox.log) > before)
    killed.kill()
    killed.wait()
    assert status(office, run) is RunStatus.RUNNING
    office.sandbox.settings.answer_delay_ms = 0

    office.start_worker()

    assert wait_for(lambda: status(office, run) is RunStatus.PLANNED)
    assert [one.item.reason for one in items(office, run)] == ["not-linked"]
