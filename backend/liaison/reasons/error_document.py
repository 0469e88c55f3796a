"""Prints docs/errors.md from the kinds in errors/: python -m liaison.reasons.error_document > docs/errors.md."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from liaison.errors import GatewayError, LiaisonError

_HEAD = """\
# Errors

Every refusal of the HTTP API is `application/problem+json` with one of these codes in `code`; the status is the HTTP
status. The sentence is what people read when nothing more precise can be said. "Again" says whether the same request
may succeed later without anybody changing anything.

This page is made from errors/ (`python -m liaison.reasons.error_document > docs/errors.md`); do not edit it by hand.

| code | status | sentence | again |
|---|---|---|---|
"""


def errors_page() -> str:
    """The whole page."""
    return _HEAD + "".join(f"{_row(kind)}\n" for kind in list_errors())


def list_errors(kind: type[LiaisonError] = LiaisonError) -> Iterator[type[LiaisonError]]:
    """Every kind of error of the product, in the order in which they are defined."""
    yield kind
    for narrower in kind.__subclasses__():
        if narrower.__module__.startswith("liaison."):
            yield from list_errors(narrower)


def sentence_of(code: str | None) -> str | None:
    """What an error of this code says to people; None for a mistake of ours, whose name says nothing to them."""
    kinds = (kind for kind in list_errors() if kind is not LiaisonError and kind.code == code)
    return next((_sentence(kind) for kind in kinds), None)


def _sentence(kind: type[LiaisonError]) -> str:
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())


def _row(kind: type[LiaisonError]) -> str:
    may_retry = issubclass(kind, GatewayError) and not kind.permanent
    return f"| `{kind.code}` | {kind.status.value} | {_sentence(kind)} | {'yes' if may_retry else 'no'} |"


if __name__ == "__main__":
    sys.stdout.write(errors_page())
