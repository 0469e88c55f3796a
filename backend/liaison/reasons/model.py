"""What a reason is: a stable code and the words that go with it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What came of a decision."""

    APPLIED = "applied"
    SKIPPED = "skipped"
    HELD = "held"
    FAILED = "failed"


class Group(StrEnum):
    """The groups of reasons; the value is the heading in the documentation."""

    RUN = "Run level"
    SCOPE = "Item scope"
    COPIES = "Whose copy counts"
    INBOUND = "Outlook to CRM"
    OUTBOUND = "CRM to Outlook, and both sides changed"
    SERIES = "Series"
    TASKS = "Tasks"
    CONTACTS = "Contacts"
    FAILURES = "Failures"


@dataclass(frozen=True, slots=True)
class Reason:
    """One code of the decision log.

    `sentence` is a template for `explain`: names in braces are facts of the decision, or words that `explain`
    derives. `means` and `to_do` explain the code in docs/rules.md. `carried_out`: this version can decide it;
    the others are named here already so that a code never gets two meanings.
    """

    code: str
    outcome: Outcome
    sentence: str
    means: str
    to_do: str
    group: Group
    carried_out: bool = True
