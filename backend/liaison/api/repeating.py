"""POSTs under an Idempotency-Key: the same request a second time makes nothing new and gets the same answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, TypeVar
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session

from liaison.api.caller import caller
from liaison.api.services import services
from liaison.db.idempotency import KeyedRequest
from liaison.errors import InvalidRequest

KEY = "Idempotency-Key"
LONGEST_KEY = 255
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Made(Generic[Value]):
    """What a request made, and what is answered. `mark`: its id, or by what else the answer is found again."""

    mark: UUID | str
    value: Value
    status: int = HTTPStatus.CREATED


def once(
    make: Callable[[Session], Made[Value]], read: Callable[[Session, UUID], Value]
) -> tuple[Value, int]:
    """Make something within one transaction, or read what the same request made before."""
    return once_marked(make, lambda session, mark: read(session, UUID(mark)))


def done_once(act: Callable[[Session], Value], read: Callable[[Session], Value]) -> Value:
    """Do something within one transaction; once the same request did it, read how that is by now."""
    done, _ = once_marked(
        lambda session: Made("", act(session), HTTPStatus.OK), lambda session, _mark: read(session)
    )
    return done


def once_marked(
    make: Callable[[Session], Made[Value]], read: Callable[[Session, str], Value]
) -> tuple[Value, int]:
    """As `once`, for what is found again by another mark than an id."""
    with _keyed() as keyed, services().database.transaction() as session:
        if keyed and keyed.answer:
            return read(session, keyed.answer.mark), keyed.answer.status
        made = make(session)
        if keyed:
            keyed.remember(session, made.status, str(made.mark))
        return made.value, made.status


def once_over_network(
    make: Callable[[], Made[Value]], read: Callable[[str], Value]
) -> tuple[Value, int]:
    """The same for what has transactions of its own, because it asks Microsoft between them."""
    with _keyed() as keyed:
        if keyed and keyed.answer:
            return read(keyed.answer.mark), keyed.answer.status
        made = make()
        if keyed:
            with services().database.transaction() as session:
                keyed.remember(session, made.status, str(made.mark))
        return made.value, made.status


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
