"""Each act, on each extent, from each side, by each role has a test of its own, which bears its name."""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "scenarios" / "matrix"
ACTS = ("create", "update", "delete", "answer")
EXTENTS = ("single", "one_occurrence", "this_and_following", "whole_series")
SIDES = ("outlook", "the_crm")
ROLES = ("the_organizer", "an_invitee")
CELLS = [
    f"test_{act}_{extent}_from_{side}_by_{role}"
    for act, extent, side, role in product(ACTS, EXTENTS, SIDES, ROLES)
]
TESTS = [
    node.name
    for path in sorted(FOLDER.glob("test_matrix_*.py"))
    for node in ast.parse(path.read_text()).body
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
]


def test_the_matrix_has_sixty_four_cells():
    assert len(set(CELLS)) == 64


@pytest.mark.parametrize("cell", CELLS)
def test_each_cell_of_the_matrix_has_a_test(cell):
    assert cell in TESTS, f"no test in {FOLDER.name} is called {cell}"


def test_no_test_of_the_matrix_is_outside_of_it():
    """One whose name only begins like a cell's tells a variant of it."""
    assert [one for one in TESTS if not one.startswith(tuple(CELLS))] == []
