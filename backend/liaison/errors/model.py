"""What every refusal and failure of Liaison has: a stable code, a status, a sentence."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar


class LiaisonError(Exception):
    """Something went wrong in Liaison."""

    code: ClassVar[str] = "internal-error"
    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, sentence: str | None = None, **facts: Any) -> None:
        """Keep the sentence for people and the facts for the answer's machine-readable members."""
        self.sentence = sentence or (type(self).__doc__ or "").strip().split("\n\n")[0]
        self.facts = facts
        super().__init__(self.sentence)


class ConfigurationError(LiaisonError):
    """The configuration has problems."""

    code = "configuration"

    def __init__(self, problems: list[str]) -> None:
        """`problems`: one sentence each, all of them together."""
        self.problems = problems
        super().__init__("\n".join(problems), problems=problems)
