"""Each complaint and each statement of docs/promises.md is shown by tests that there are, and none is missing."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"^\| ([A-Z]*-?\d+) \|.*\| ([^|]*) \|$", re.MULTILINE)
PROMISES = dict(LINE.findall((ROOT / "docs" / "promises.md").read_text()))
TESTS = frozenset(
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
)
# Contacts have a part of their own, and so has the policy simulator.
LATER = {"IN-05", "IN-07", "N8"}


def numbers(letters: str, last: int) -> set[str]:
    width = 2 if "-" in letters else 1
    return {f"{letters}{number:0{width}}" for number in range(1, last + 1)} - LATER


def test_no_number_is_missing():
    complaints = numbers("", 38) | numbers("T", 3) | numbers("N", 10)
    statements = numbers("SA-", 13) | numbers("IN-", 16) | numbers("AA-", 9) | numbers("IF-", 17)

    assert set(PROMISES) == complaints | statements


@pytest.mark.parametrize("number", PROMISES)
def test_a_promise_is_shown_by_tests_that_there_are(number):
    names = re.findall(r"`(\w+)`", PROMISES[number])

    assert names != []
    assert [name for name in names if name not in TESTS] == []
