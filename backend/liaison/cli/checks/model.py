"""What a check says. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Whether all is well."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, and where something is wrong what to do."""

    subject: str
    verdict: Verdict
    says: str
    to_do: str = ""

    def __str__(self) -> str:
        to_do = f" {self.to_do}" if self.to_do else ""
        return f"{self.verdict.value:8} {self.subject}: {self.says}{to_do}"


def well(subject: str, says: str) -> Finding:
    """All is well."""
    return Finding(subject, Verdict.OK, says)


def warn(subject: str, says: str, to_do: str) -> Finding:
    """It works, but somebody should look."""
    return Finding(subject, Verdict.WARNING, says, to_do)


def fail(subject: str, says: str, to_do: str) -> Finding:
    """It does not work."""
    return Finding(subject, Verdict.FAILED, says, to_do)
