import pytest

from liaison.redaction import describe_error, redact, scrub


@pytest.mark.parametrize(
    "text",
    [
        "mail to ann@nordwind.example now",
        "https://graph/users/ann%40nordwind.example/events",
        "<ann@nordwind.example>, 'bo'",
        "Key (address)=(ann@nordwind.example) already exists",
        "https://graph/events?$filter=address eq 'ann@nordwind.example'",
    ],
)
def test_an_address_never_survives_in_a_text(text):
    assert "nordwind" not in scrub(text)


def test_a_query_goes_to_its_end_even_with_blanks():
    assert scrub("GET /api/meeting?subject=Big deal with Contoso") == "GET /api/meeting?[query]"


def test_a_question_is_no_query():
    assert scrub("what now? nothing") == "what now? nothing"


def test_a_token_never_survives_in_a_text():
    assert scrub("Bearer abcdefghijk.lmn") == "[token]"


def test_personal_fields_are_dropped_at_every_depth():
    fields = {"mailbox": "0198", "Subject": "x", "change": {"body": "x", "field": "time"}}

    assert redact(fields) == {"mailbox": "0198", "change": {"field": "time"}}


def test_values_in_lists_are_scrubbed():
    assert redact({"who": ["ann@nordwind.example", 7]}) == {"who": ["[address]", 7]}


def test_an_error_is_named_by_its_kinds_and_not_by_its_message():
    try:
        try:
            int("ann@nordwind.example")
        except ValueError as error:
            raise RuntimeError("secret") from error
    except RuntimeError as error:
        described = describe_error(error)

    assert described == "RuntimeError < ValueError"
