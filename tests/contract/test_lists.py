from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import Column, Date, DateTime, MetaData, Table, Text, Uuid, select

from liaison.db.lists import among, among_given

TABLE = Table(
    "listed",
    MetaData(),
    Column("word", Text),
    Column("id", Uuid),
    Column("at", DateTime(timezone=True)),
    Column("day", Date),
    prefixes=["TEMPORARY"],
)
ODD = ["", " ", "null", "NULL", "a,b", "{a}", 'say "so"', "back\\slash", '\\"', "a\nb", "Ä €", "'"]


@pytest.fixture
def session(database):
    with database.transaction() as session:
        TABLE.create(session.connection())
        yield session
        TABLE.drop(session.connection())


@pytest.mark.parametrize("word", ODD)
def test_a_word_is_found_as_it_is_and_no_other(session, word):
    session.execute(TABLE.insert(), [{"word": each} for each in ODD])

    found = session.scalars(select(TABLE.c.word).where(among(TABLE.c.word, [word, "another"])))

    assert list(found) == [word]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", UUID(int=7)),
        ("at", datetime(2026, 11, 23, 9, 30, 0, 12, tzinfo=UTC)),
        ("day", date(2026, 11, 23)),
    ],
)
def test_values_of_each_kind_are_found(session, name, value):
    session.execute(TABLE.insert(), [{name: value}, {name: None}])
    statement = select(TABLE.c[name]).where(among_given(TABLE.c[name], "wanted"))

    assert list(session.scalars(statement, {"wanted": [value]})) == [value]
    assert list(session.scalars(statement, {"wanted": []})) == []
