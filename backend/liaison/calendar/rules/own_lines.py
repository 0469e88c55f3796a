"""The lines that Liaison writes into the text of a meeting: what its activity regards, and where that is. Pure.

They begin with words of their own, so that they are known again: the notes of an activity never have them.
"""

from __future__ import annotations

from collections.abc import Iterable

from liaison.crm.model import Activity
from liaison.policy.settings import Policy

REGARDING = "CRM regarding: "
ADDRESS = "CRM activity: "
ACTIVITY_PAGE = "/crm/activities/"
_BEGINNINGS = (REGARDING, ADDRESS)


def lines_of(activity: Activity, policy: Policy, public_url: str) -> tuple[str, ...]:
    """The lines that the policy wants in the text of this activity's meeting."""
    regarding = " ".join(activity.regarding.split())
    lines = []
    if policy.regarding_text and regarding:
        lines.append(f"{REGARDING}{regarding}")
    if policy.deep_link:
        lines.append(f"{ADDRESS}{public_url.rstrip('/')}{ACTIVITY_PAGE}{activity.id}")
    return tuple(lines)


def missing_lines(text: str, lines: Iterable[str]) -> tuple[str, ...]:
    """Those of which the text has none; what a person wrote or changed there is not written again."""
    present = {_beginning(line) for line in text.split("\n")}
    return tuple(line for line in lines if _beginning(line) not in present)


def with_lines(text: str, lines: Iterable[str]) -> str:
    """The text with these lines as its last paragraph."""
    return "\n\n".join(filter(None, [text, "\n".join(lines)]))


def without_own_lines(text: str) -> str:
    """The text without lines of ours, and without the space that they leave at its end."""
    if not any(beginning in text for beginning in _BEGINNINGS):
        return text
    return "\n".join(line for line in text.split("\n") if not _beginning(line)).rstrip("\n")


def _beginning(line: str) -> str:
    return next((each for each in _BEGINNINGS if line.lstrip().startswith(each)), "")
