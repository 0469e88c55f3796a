"""Search by the beginnings of words: the same folding for what is stored and what is typed. Pure."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
LONGEST = 64
MOST_TYPED = 12


def words_of(*texts: str) -> list[str]:
    """The different words of some texts, lower-case and without accents."""
    return sorted({word[:LONGEST] for word in WORD.findall(_folded(" ".join(texts)))})


def typed_words(query: str) -> str | None:
    """A tsquery that finds what has a word beginning with each typed word; None for a query without words.

    It is cast, not parsed, so that no word is stemmed, split or taken for an operator.
    """
    words = words_of(query)[:MOST_TYPED]
    return " & ".join(f"'{word}':*" for word in words) or None


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
