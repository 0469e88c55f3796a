"""Calls to Graph: the SDK on its loop thread, our tokens, our time-outs, and one quick second try of a reading.

Every other repetition belongs to whoever keeps account of it: `Throttled` says when to come back.
"""

from __future__ import annotations

import contextlib
import re
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import httpx
import stamina

from liaison.errors import GatewayTimeout, GatewayUnavailable, RequestRejected
from liaison.outlook.answers import Answer
from liaison.outlook.call_metrics import observed
from liaison.outlook.graph_errors import retry_after
from liaison.outlook.graph_links import is_within
from liaison.outlook.loop_thread import LoopThread, loop_thread
from liaison.outlook.model import Caller, Mailbox
from liaison.outlook.sdk import Configuration, Connection, Graph, configuration, connect_sdk
from liaison.outlook.tokens import Tokens
from liaison.telemetry import current_trace_id

CALL_SECONDS = 60.0
QUICK_PAUSE_SECONDS = 0.1
LONGEST_QUICK_PAUSE_SECONDS = 1.0
# Ids that survive moves, and times that need no table of zones.
PREFERENCES = ('IdType="ImmutableId"', 'outlook.timezone="UTC"')

_TRACE_ID = re.compile(r"[0-9a-f]{32}")

Request = Callable[[Graph, Configuration], Awaitable[Any]]
Slots = Callable[[Mailbox], AbstractContextManager[None]]


class CallInsideTransaction(AssertionError):
    """A call to Microsoft 365 while this thread has a database transaction open: a mistake in our code."""


class _Hiccup(Exception):
    """What may be gone in a moment."""

    def __init__(self, outcome: Answer | GatewayUnavailable, pause: float) -> None:
        self.outcome = outcome
        self.pause = pause
        super().__init__(type(outcome).__name__)


@contextlib.contextmanager
def without_slots(_mailbox: Mailbox) -> Iterator[None]:
    """As many calls at a time as come."""
    yield


class GraphClient:
    """Makes calls from any thread."""

    def __init__(
        self,
        graph_url: str,
        trust: ssl.SSLContext,
        tokens: Tokens,
        *,
        in_transaction: Callable[[], bool],
        slots: Slots = without_slots,
    ) -> None:
        """`in_transaction` tells whether this thread has a database transaction open."""
        self._graph_url = graph_url
        self._trust = trust
        self._tokens = tokens
        self._in_transaction = in_transaction
        self._slots = slots
        self._lock = threading.Lock()
        self._connected: tuple[LoopThread, Connection] | None = None

    def call(
        self,
        request: Request,
        *,
        method: str = "GET",
        mailbox: Mailbox | None = None,
        caller: Caller | None = None,
        query: object | None = None,
        prefer: tuple[str, ...] = (),
        if_match: str | None = None,
    ) -> Answer:
        """One call, in the application's name or in the caller's. Failures of HTTP are answers, too."""
        if self._in_transaction():
            raise CallInsideTransaction(
                "Close the database transaction before calling Microsoft 365."
            )
        token = self._tokens.token(caller)
        more = _conditions(prefer, if_match)
        with self._slots(mailbox) if mailbox else contextlib.nullcontext():
            answer = self._send(request, method, token, caller, query, more)
            if answer.status == HTTPStatus.UNAUTHORIZED and not _is_challenge(answer):
                token = self._tokens.renewed_token(token, caller)
                answer = self._send(request, method, token, caller, query, more)
            return answer

    def follow(
        self,
        link: str,
        request: Request,
        *,
        mailbox: Mailbox | None,
        caller: Caller | None = None,
        prefer: tuple[str, ...] = (),
    ) -> Answer:
        """A call to an address that Graph handed out; refused unless it is of the configured Graph."""
        if not is_within(link, self._graph_url):
            raise RequestRejected("A link to the next page leads away from Microsoft 365.")
        return self.call(request, mailbox=mailbox, caller=caller, prefer=prefer)

    def get_ready(self) -> None:
        """Load what the first call would wait for; nothing is asked of the network."""
        self._connect()

    def close(self) -> None:
        """Close the connections; the loop thread stays."""
        if self._connected is not None:
            loop, connection = self._connected
            self._connected = None
            loop.run(connection.close(), timeout=CALL_SECONDS)

    def _send(
        self,
        request: Request,
        method: str,
        token: str,
        caller: Caller | None,
        query: object | None,
        more: tuple[tuple[str, str], ...],
    ) -> Answer:
        def once() -> Answer:
            headers = _headers(token, more)
            with observed(method, in_callers_name=caller is not None) as call:
                response = self._await(request, configuration(headers, query))
                call.status = response.status_code
            answer = Answer(
                response.status_code,
                {name.lower(): value for name, value in response.headers.items()},
                response.content,
                is_delegated=caller is not None,
            )
            # The two hold each other, and a page's text until the garbage collector comes.
            del response.stream
            return answer

        return _with_second_try(once) if method == "GET" else _only_once(once)

    def _await(self, request: Request, config: Configuration) -> httpx.Response:
        loop, connection = self._connect()

        async def sent() -> httpx.Response:
            response: httpx.Response = await request(connection.graph, config)
            return response

        try:
            return loop.run(sent(), timeout=CALL_SECONDS)
        except (httpx.TimeoutException, TimeoutError) as failure:
            raise GatewayTimeout from failure
        except httpx.TransportError as failure:
            raise _Hiccup(GatewayUnavailable(), QUICK_PAUSE_SECONDS) from failure

    def _connect(self) -> tuple[LoopThread, Connection]:
        """The SDK's client on this process's loop; after a fork it is made anew."""
        loop = loop_thread()
        with self._lock:
            if self._connected is None or self._connected[0] is not loop:
                self._connected = (loop, connect_sdk(self._graph_url, self._trust))
            return self._connected


def _with_second_try(once: Callable[[], Answer]) -> Answer:
    try:
        for attempt in stamina.retry_context(on=_pause, attempts=2, timeout=None):
            with attempt:
                return _unless_unready(once())
    except _Hiccup as hiccup:
        return _outcome(hiccup)
    raise AssertionError("Two tries end with an answer or an error.")


def _only_once(once: Callable[[], Answer]) -> Answer:
    try:
        return once()
    except _Hiccup as hiccup:
        return _outcome(hiccup)


def _outcome(hiccup: _Hiccup) -> Answer:
    if isinstance(hiccup.outcome, Answer):
        return hiccup.outcome
    raise hiccup.outcome from hiccup.__cause__


def _unless_unready(answer: Answer) -> Answer:
    if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
        pause = retry_after(answer.headers)
        if pause is not None and pause <= LONGEST_QUICK_PAUSE_SECONDS:
            raise _Hiccup(answer, pause)
    return answer


def _pause(failure: Exception) -> bool | float:
    return failure.pause if isinstance(failure, _Hiccup) else False


def _is_challenge(answer: Answer) -> bool:
    """Whether Graph wants more than a fresh token: the claims it names are the caller's to answer."""
    return answer.is_delegated and "claims=" in answer.headers.get("www-authenticate", "")


def _conditions(prefer: tuple[str, ...], if_match: str | None) -> tuple[tuple[str, str], ...]:
    preferences = tuple(("Prefer", preference) for preference in (*PREFERENCES, *prefer))
    return preferences if if_match is None else (*preferences, ("If-Match", if_match))


def _headers(token: str, more: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    yield "Authorization", f"Bearer {token}"
    yield from more
    yield "client-request-id", str(uuid4())
    trace_id = current_trace_id() or ""
    if _TRACE_ID.fullmatch(trace_id):
        yield "traceparent", f"00-{trace_id}-{uuid4().hex[:16]}-01"
