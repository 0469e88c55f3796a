import re
from collections import Counter
from pathlib import Path

from liaison import reasons
from liaison.errors import LiaisonError
from liaison.reasons.document import rules_page
from liaison.reasons.error_document import errors_page, list_errors, sentence_of
from liaison.reasons.model import Group
from liaison.reasons.registry import REASONS, find_reason, reasons_of

ROOT = Path(__file__).parents[3]
RULES = Path(reasons.__file__).parents[1] / "calendar" / "rules"


def test_every_reason_has_one_code_and_stands_in_its_group():
    assert Counter(reason.code for reason in REASONS).most_common(1)[0][1] == 1
    assert [reason for group in Group for reason in reasons_of(group)] == list(REASONS)


def test_every_reason_is_explained_in_whole_sentences():
    for reason in REASONS:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", reason.code)
        assert reason.sentence.endswith("."), reason.code
        assert reason.means.endswith("."), reason.code
        assert reason.to_do.endswith("."), reason.code


def test_every_reason_that_the_rules_name_is_registered_and_carried_out():
    sources = "\n".join(path.read_text("utf-8") for path in RULES.glob("*.py"))
    named = set(re.findall(r'Decision\(\s*[^"\n]*,\s*"([a-z-]+)"', sources))

    assert {"already-agreed", "invitee-left", "private"} <= named
    assert {code for code in named if not find_reason(code).carried_out} == set()


def test_the_page_of_rules_is_up_to_date():
    assert (ROOT / "docs/rules.md").read_text("utf-8") == rules_page()


def test_words_that_follow_each_other_are_left_out_as_one():
    assert "……" not in rules_page()


def test_the_page_of_errors_is_up_to_date():
    assert (ROOT / "docs/errors.md").read_text("utf-8") == errors_page()


def test_an_error_is_told_by_its_sentence_and_a_mistake_of_ours_not_at_all():
    assert sentence_of("throttled") == "Microsoft 365 asks to slow down."
    assert sentence_of("internal-error") is None
    assert sentence_of("ValueError") is None
    assert sentence_of(None) is None


def test_every_error_has_a_code_of_its_own_and_a_sentence():
    kinds = list(list_errors(LiaisonError))

    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all((kind.__doc__ or "").split("\n")[0].endswith(".") for kind in kinds)
