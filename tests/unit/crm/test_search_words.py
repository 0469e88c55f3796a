import pytest

from liaison.crm.embedded.words import typed_words, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Renewal, Renewal!", ["renewal"]),
        ("Straße São", ["sao", "strasse"]),
        ("ines@contoso.example", ["contoso", "example", "ines"]),
        ("Q4_2026 (v1.5)", ["2026", "5", "q4", "v1"]),
        ("東京 会議", ["会議", "東京"]),
        ("'; DROP", ["drop"]),
        (" - ", []),
    ],
)
def test_texts_fall_into_folded_words(text, words):
    assert words_of(text) == words


def test_what_is_typed_asks_for_beginnings():
    assert typed_words("Offer Müller") == "'muller':* & 'offer':*"


def test_no_word_is_no_question():
    assert typed_words(" &|! ") is None


def test_a_long_text_asks_for_few_words():
    assert typed_words(" ".join(f"word{n}" for n in range(99))).count("&") == 11
