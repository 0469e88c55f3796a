"""POSTs under an Idempotency-Key: the same request a second time makes nothing new and gets the same answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Generic, ParamSpec, TypeVar
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session

from liaison.api.caller import caller
from liaison.api.services import services
from liaison.db.idempotency import Answer, KeyedRequest
from liaison.errors import InvalidRequest

KEY = "Idempotency-Key"
LONGEST_KEY = 255
Value = TypeVar("Value")
Parameters = ParamSpec("Parameters")


@dataclass(frozen=True, slots=True)
class Made(Generic[Value]):
    """What a request made: its id, and what is answered."""

    id: UUID
    value: Value
    status: int = HTTPStatus.CREATED


def once(
    make: Callable[[Session], Made[Value]], read: Callable[[Session, UUID], Value]
) -> tuple[Value, int]:
    """Make something within one transaction, or read what the same request made before."""
    with _keyed() as keyed:
        answer = keyed.answer if keyed else None
        with services().database.transaction() as session:
            if answer and answer.resource_id:
                return read(session, UUID(answer.resource_id)), answer.status
            made = make(session)
            if keyed:
                keyed.remember(session, made.status, str(made.id))
            return made.value, made.status


def once_over_network(
    make: Callable[[], Made[Value]], read: Callable[[Answer], Value]
) -> tuple[Value, int]:
    """The same for what has transactions of its own, because it asks Microsoft between them."""
    with _keyed() as keyed:
        if keyed and keyed.answer:
            return read(keyed.answer), keyed.answer.status
        made = make()
        if keyed:
            with services().database.transaction() as session:
                keyed.remember(session, made.status, str(made.id))
        return made.value, made.status


def repeatable(act: Callable[Parameters, Value]) -> Callable[Parameters, Value]:
    """For acts that change nothing more the second time: done again, but only for the same request."""

    @wraps(act)
    def acted(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Value:
        with _keyed() as keyed:
            result = act(*args, **kwargs)
            if keyed and not keyed.answer:
                with services().database.transaction() as session:
                    keyed.remember(session, HTTPStatus.OK)
            return result

    return acted


@contextmanager
def _keyed() -> Iterator[KeyedRequest | None]:
    key = request.headers.get(KEY)
    if key is None:
        yield None
        return
    if not 1 <= len(key) <= LONGEST_KEY:
        raise InvalidRequest(errors={KEY: [f"Takes 1 to {LONGEST_KEY} characters."]})
    operation = f"{request.method} {request.path}"
    body = request.get_data(cache=True)
    with services().idempotency.request(caller().oid, operation, key, body) as keyed:
        yield keyed
