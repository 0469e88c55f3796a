"""A plan as a table for spreadsheets, which must not take a subject for a formula. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

COLUMNS = (
    "mailbox",
    "start",
    "reason",
    "action",
    "outcome",
    "state",
    "subject",
    "before",
    "after",
    "mails",
    "linkable",
    "linked",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_names() -> str:
    """The first line: the names of the columns."""
    return _line(COLUMNS)


def write_lines(items: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """A line for each item."""
    for item in items:
        outlook = item["outlook"] or {}
        values = {**item, "mails": outlook.get("people", 0)}
        yield _line(_text(values[name]) for name in COLUMNS)


def _line(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, bool)) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
