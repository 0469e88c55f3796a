"""Every key of the policy and every reason is told by tests that name it, in their names or below them.

A key: by a story that plays at least two of its values. A reason: by a story and by a test of the pure rule.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from liaison.policy.keys import ALL, KEYS
from liaison.reasons.registry import REASONS

TESTS = Path(__file__).parents[1]
KEYS_NOW = [key for key in KEYS if key.carried_out == ALL]
REASONS_NOW = [reason for reason in REASONS if reason.carried_out]


@dataclass(frozen=True)
class Told:
    """One test. `words`: its name and its docstring in one form; `cases`: what it is played with."""

    words: str
    cases: tuple[str, ...]

    def names(self, code: str) -> bool:
        """Whether it names this, however that is written."""
        return f" {_plain(code)} " in self.words


def told_in(folder: str) -> list[Told]:
    paths = sorted((TESTS / folder).rglob("test_*.py"))
    return [told for path in paths for told in _tests(ast.parse(path.read_text()))]


def _tests(module: ast.Module) -> Iterator[Told]:
    constants = {
        target.id: node.value
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            words = f" {_plain(node.name)} {_plain(ast.get_docstring(node) or '')} "
            yield Told(words, tuple(_cases(node, constants)))


def _cases(test: ast.FunctionDef, constants: dict[str, ast.expr]) -> Iterator[str]:
    for decorator in test.decorator_list:
        if not isinstance(decorator, ast.Call) or "parametrize" not in ast.unparse(decorator.func):
            continue
        listed = decorator.args[1]
        listed = constants.get(listed.id, listed) if isinstance(listed, ast.Name) else listed
        if isinstance(listed, ast.List | ast.Tuple):
            yield from map(ast.unparse, listed.elts)


def _plain(text: str) -> str:
    """followPast, follow_past and follow-past are the same."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(re.findall(r"[a-z0-9]+", parted.lower()))


STORIES, RULES = told_in("scenarios"), told_in("unit")


@pytest.mark.parametrize("key", KEYS_NOW, ids=lambda key: key.name)
def test_a_story_plays_at_least_two_values_of_each_key(key):
    cases = {case for one in STORIES if one.names(key.name) for case in one.cases}

    assert len(cases) > 1, f"no story of tests/scenarios plays two values of {key.name}"


@pytest.mark.parametrize("reason", REASONS_NOW, ids=lambda reason: reason.code)
def test_each_reason_is_told_by_a_story(reason):
    assert any(one.names(reason.code) for one in STORIES), f"no story names {reason.code}"


@pytest.mark.parametrize("reason", REASONS_NOW, ids=lambda reason: reason.code)
def test_each_reason_is_told_by_a_test_of_its_rule(reason):
    assert any(one.names(reason.code) for one in RULES), f"no unit test names {reason.code}"


def test_a_test_is_known_by_its_name_or_by_what_stands_below_it():
    [told] = _tests(
        ast.parse('def test_follow_past_and_more():\n    """mail-held, transferTypes."""')
    )

    assert [told.names(one) for one in ("followPast", "mail-held", "transferTypes", "push")] == [
        True,
        True,
        True,
        False,
    ]
