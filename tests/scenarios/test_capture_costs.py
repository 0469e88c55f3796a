"""What capturing costs: the same number of statements for many meetings as for a few."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from capture_stage import activities, captures


@contextmanager
def counted(world):
    """The statements that are sent meanwhile."""
    statements = []

    def count(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(world.database.engine, "before_cursor_execute", count)
    yield statements
    event.remove(world.database.engine, "before_cursor_execute", count)


def meetings(world, ann, bo, kim, number):
    """Own ones, a colleague's, an outsider's, and one that is in the CRM already."""
    for at in range(number):
        subject, start = f"{number}: {at}", world.tomorrow(8 + at % 10)
        ann.create_event(subject=f"Own {subject}", start=start, attendees=[kim])
        bo.create_event(subject=f"Bo's {subject}", start=start, attendees=[ann.address])
        given = {"subject": f"Kim's {subject}", "start": start}
        world.sandbox.tenant.outside.invite(kim, [ann.address], **given)


def test_a_page_costs_the_same_statements_however_much_it_captures(world, ann, bo):
    captures(world, "all", mark=False, push=False)
    world.run(ann)
    kim = ("Kim Sato", "kim@fabrikam.example")

    def cost(number):
        meetings(world, ann, bo, kim, number)
        with counted(world) as statements:
            world.run(ann)
        return len(statements)

    few, many = cost(3), cost(30)

    assert many == few
    assert len(activities(world)) == 66


@pytest.mark.parametrize("count", [3, 30])
def test_a_first_run_reads_no_meeting_by_itself(world, sandbox, ann, count):
    captures(world, "all", mark=False)
    for at in range(count):
        ann.create_event(subject=str(at), start=world.tomorrow(8 + at % 10))
    before = len(sandbox.log)

    world.run(ann)

    assert len(activities(world)) == count
    assert [call for call in list(sandbox.log)[before:] if "/events/" in call.path] == []
