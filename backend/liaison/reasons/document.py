"""Prints docs/rules.md from the registry: python -m liaison.reasons.document > docs/rules.md."""

from __future__ import annotations

import re
import sys

from liaison.reasons.model import Group, Reason
from liaison.reasons.registry import reasons_of

_HEAD = """\
# The rules, by reason

Every decision about a linked meeting is in the log with one of these reasons. They are listed in the order in which
the engine asks: what stops a run, which meetings are followed, whose copy counts, what comes from Outlook, what goes
to Outlook. "Usual outcome" is what normally comes of it: applied, skipped, held (waits for a person) or failed.
Each code is named by a story in `tests/scenarios` and by a test of its rule in `tests/unit`.

This page is made from the registry (`python -m liaison.reasons.document > docs/rules.md`); do not edit it by hand.
"""


def rules_page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(_section(group) for group in Group)]).rstrip("\n") + "\n"


def _section(group: Group) -> str:
    return "\n".join([f"## {group.value}\n", *(_entry(reason) for reason in reasons_of(group))])


def _entry(reason: Reason) -> str:
    later = "" if reason.carried_out else " Not carried out in this version yet."
    return f"""\
### {reason.code}

> {_readable(reason.sentence)}

What it means: {reason.means}{later}

What to do: {reason.to_do}

Usual outcome: {reason.outcome.value}.
"""


def _readable(sentence: str) -> str:
    """Words that depend on the decision are shown as an ellipsis; what may follow a word, and often does not, is left out."""
    return re.sub(r"(\{\w+\})+", "…", re.sub(r"(?<=\w)\{\w+\}", "", sentence))


if __name__ == "__main__":
    sys.stdout.write(rules_page())
