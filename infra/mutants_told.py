"""What became of the mutants: a table by file, and each that no test noticed with its place and its change."""

from __future__ import annotations

import ast
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

COLUMNS = ("killed", "survived", "no tests", "timeout", "not checked")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change by the name that mutmut gave it; `file` as in the folder of the run."""

    name: str
    file: str
    verdict: str


def list_mutants(place: Path) -> list[Mutant]:
    """All that were made until now, by file."""
    folder = place / "mutants"
    return [
        Mutant(name, str(meta.relative_to(folder).with_suffix("")), status_by_exit_code[code])
        for meta in sorted(folder.rglob("*.py.meta"))
        for name, code in json.loads(meta.read_text())["exit_code_by_key"].items()
    ]


def tell(mutants: Sequence[Mutant], *, is_whole: bool) -> None:
    """Write the summary to where people read; the working folder is that of the run."""
    places: dict[tuple[str, int, str], list[str]] = {}
    for one in mutants:
        if one.verdict == "survived":
            at, line, before, after = _change(one)
            places.setdefault((at, line, before), []).append(after)
    lines = [""]
    for (at, line, before), changes in sorted(places.items()):
        lines += [f"{at}:{line}", f"    - {before}", *(f"    + {change}" for change in changes)]
    untested = sorted({_function(one) for one in mutants if one.verdict == "no tests"})
    lines += ["", *(f"no test reaches {one}" for one in untested), "", *_table(mutants)]
    if not is_whole:
        lines += ["", "Time was up; the next run goes on from here."]
    sys.stdout.write("\n".join(lines) + "\n")


def _table(mutants: Iterable[Mutant]) -> Iterator[str]:
    counts: dict[str, Counter[str]] = {}
    for one in mutants:
        verdict = one.verdict if one.verdict in COLUMNS else "not checked"
        for row in (_path(one), "all"):
            counts.setdefault(row, Counter())[verdict] += 1
    widest = max(map(len, counts), default=0)
    yield " " * widest + "".join(f"{name:>13}" for name in ("mutants", *COLUMNS))
    for row in sorted(counts, key=lambda row: (row == "all", row)):
        numbers = [counts[row].total(), *(counts[row][name] for name in COLUMNS)]
        yield row.ljust(widest) + "".join(f"{number:13}" for number in numbers)


def _change(mutant: Mutant) -> tuple[str, int, str, str]:
    """File, line, what stands there (the first line of it), and what it was changed into."""
    diff = get_diff_for_mutant(mutant.name, path=mutant.file).splitlines()[2:]
    offset = int(diff[0].split()[1].lstrip("-").split(",")[0])
    at = next(at for at, line in enumerate(diff[1:]) if line[0] in "-+")
    before = diff[at + 1][1:].strip()
    after = " ".join(line[1:].strip() for line in diff[1:] if line[0] == "+")
    line = _line_of(mutant, offset + at, before)
    return _path(mutant), line, before, after or "(nothing)"


def _line_of(mutant: Mutant, offset: int, text: str) -> int:
    """The line of the function that reads so; of several the one nearest to where the difference says."""
    lines = Path(mutant.file).read_text().splitlines()
    name = orig_function_and_class_names_from_key(mutant.name)[0].rpartition(".")[2]
    function = next(
        node
        for node in ast.walk(ast.parse("\n".join(lines)))
        if isinstance(node, ast.FunctionDef) and node.name == name
    )
    here = function.lineno + offset - 1
    places = range(function.lineno, (function.end_lineno or function.lineno) + 1)
    alike = [at for at in places if lines[at - 1].strip() == text]
    return min(alike, key=lambda at: abs(at - here), default=function.lineno)


def _function(mutant: Mutant) -> str:
    name, owner = orig_function_and_class_names_from_key(mutant.name)
    return f"{_path(mutant)}: {owner + '.' if owner else ''}{name.rpartition('.')[2]}"


def _path(mutant: Mutant) -> str:
    return f"backend/{mutant.file}"
