"""An answer of Graph: its JSON, or what its failure means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import orjson

from liaison.errors import UnreadableAnswer
from liaison.outlook.graph_errors import Failure, error_of
from liaison.outlook.graph_values import clean, record


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` have lower-case names."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    is_delegated: bool = False

    @property
    def is_success(self) -> bool:
        """Whether Graph did what was asked."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def failure(self) -> Failure:
        """What Graph says about the failure."""
        try:
            payload = _parsed(self.body)
        except UnreadableAnswer:
            payload = {}
        code = clean(record(payload.get("error")).get("code"))
        return Failure(self.status, code, self.headers, self.is_delegated)

    def content(self) -> Mapping[str, Any]:
        """The JSON object; raises what the failure means."""
        self.confirm()
        return _parsed(self.body)

    def confirm(self) -> None:
        """Raise what the failure means, if it is one."""
        if not self.is_success:
            raise error_of(self.failure)


def _parsed(body: bytes) -> Mapping[str, Any]:
    try:
        payload = _loads(body)
    except ValueError as failure:
        raise UnreadableAnswer from failure
    if not isinstance(payload, Mapping):
        raise UnreadableAnswer
    return payload


def _loads(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        # orjson refuses half a surrogate pair, which people's subjects do hold; json takes it.
        return json.loads(body)
