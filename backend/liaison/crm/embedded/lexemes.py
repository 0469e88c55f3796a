"""The words of a row as PostgreSQL's full-text index holds them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ARRAY, ColumnElement, Text, func, literal
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import InstrumentedAttribute

from liaison.crm.embedded.words import typed_words


def as_vector(words: Sequence[str]) -> ColumnElement[str]:
    """Ready words, stored as they are: PostgreSQL's own parser would split addresses and numbers its way."""
    return func.array_to_tsvector(sql_cast(list(words), ARRAY(Text)), type_=TSVECTOR)


def has_typed(words: InstrumentedAttribute[str], typed: str) -> list[ColumnElement[bool]]:
    """The conditions for rows with words that begin as typed; none where no word was typed."""
    query = typed_words(typed)
    return [] if query is None else [words.op("@@")(sql_cast(literal(query), TSQUERY))]
