from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DataError, IntegrityError

from liaison.calendar.model import LoggedDecision
from liaison.calendar.stores import decisions
from liaison.calendar.stores.decisions import LogFilter
from liaison.calendar.stores.tables import RunRow
from liaison.db.copying import copy_rows
from liaison.db.tables import new_id
from liaison.reasons.model import Outcome

ODD = [
    "",
    " ",
    "null",
    "NULL",
    "\\N",
    "\\",
    "\\.",
    "a\tb",
    "a\nb\r\nc",
    'say "so", now',
    "Ä €",
    "\u2028",
    "{}",
]
MANY = 201
AT = datetime(2026, 11, 23, 9, 30, 0, 12, tzinfo=UTC)
LINE = LoggedDecision("not-linked", "leave", Outcome.SKIPPED, "SYNC_MASTER", 3, AT)


def logged(database, lines):
    """The lines as they are read after they were written, the first first."""
    with database.transaction() as session:
        decisions.log_decisions(session, lines)
    with database.transaction() as session:
        stored = decisions.list_decisions(session, LogFilter(), limit=1000)
    return [one.decision for one in reversed(stored)]


@pytest.mark.parametrize("text", ODD)
def test_a_text_comes_back_as_it_was_in_a_column_and_within_json(database, text):
    line = replace(LINE, event_id=text, before={text: [text]}, facts={"why": text})

    assert logged(database, [line]) == [line]


def test_everything_that_a_line_holds_comes_back_and_what_it_lacks_is_none(database):
    ids = {name: new_id() for name in ("mailbox_id", "link_id", "activity_id", "run_id")}
    more = {
        "trace_id": "7",
        "activity_version": 4,
        "after": {"end": None},
        "undo": {"kind": "made"},
    }
    full = replace(LINE, **ids, **more)

    assert logged(database, [full, LINE]) == [full, LINE]


def test_however_many_rows_they_are_one_statement_and_stay_in_their_order(database):
    statements = []

    def count(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    lines = [replace(LINE, event_id=str(at)) for at in range(MANY)]
    event.listen(database.engine, "before_cursor_execute", count)
    try:
        with database.transaction() as session:
            decisions.log_decisions(session, lines)
    finally:
        event.remove(database.engine, "before_cursor_execute", count)

    assert len(statements) == 1
    assert logged(database, []) == lines


def test_what_the_server_refuses_is_an_error_like_that_of_any_statement_and_nothing_stays(database):
    def log_and_fail():
        with database.transaction() as session:
            decisions.log_decisions(session, [LINE])
            of_nobody = (new_id(), new_id(), AT, {})
            copy_rows(session, RunRow, ("id", "mailbox_id", "started_at", "counts"), [of_nobody])

    with pytest.raises(IntegrityError):
        log_and_fail()

    assert logged(database, []) == []


def test_what_a_text_cannot_hold_is_refused(database):
    with pytest.raises(DataError):
        logged(database, [replace(LINE, event_id="a\0b")])
