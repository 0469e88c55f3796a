"""Stands before the TLS port: counts and limits calls, delays and breaks them, keeps the log."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any
from urllib.parse import unquote

import orjson

from liaison_sandbox.call_log import CallLog, GraphCall
from liaison_sandbox.faults import Fault, Faults
from liaison_sandbox.settings import Settings
from liaison_sandbox.tenant import Tenant
from liaison_sandbox.wsgi_server import ConnectionCut, WsgiApp

TEN_MINUTES = 600
# Longer than any client should wait, short enough that a forgotten test ends.
HANGS_AT_MOST = 60.0
CALLER_KEY = "sandbox.caller"


@dataclass(slots=True)
class _Traffic:
    in_flight: int = 0
    recent: deque[float] = field(default_factory=deque)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Gate:
    """The WSGI application around the real one."""

    def __init__(self, app: WsgiApp, tenant: Tenant, settings: Settings, faults: Faults) -> None:
        self.log = CallLog()
        self.sign_in_log = CallLog()
        self._app = app
        self._tenant = tenant
        self._settings = settings
        self._faults = faults
        self._lock = Lock()
        self._traffic: dict[str, _Traffic] = {}
        self._closing = Event()

    def close(self) -> None:
        """Lets go of the calls that hang on purpose."""
        self._closing.set()

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        call = self._begin(environ)
        try:
            answer, cut = self._answer(environ, call)
        finally:
            self._end(call)
        call.status = int(answer.status[:3])
        call.response_body = answer.body
        call.app_only, call.caller = environ.get(CALLER_KEY, (False, None))
        (self.log if _is_graph(call.path) else self.sign_in_log).append(call)
        if cut is not None:
            raise cut
        start_response(answer.status, answer.headers)
        return [answer.body]

    def _begin(self, environ: dict[str, Any]) -> GraphCall:
        body = environ["wsgi.input"].getvalue()
        path = environ["RAW_PATH"]
        mailbox = self._mailbox_of(path)
        call = GraphCall(self._tenant.exchange.clock(), environ["REQUEST_METHOD"], path, mailbox)
        call.query = environ["QUERY_STRING"]
        call.request_body = b"" if "/oauth2/" in path else body
        call.headers = {
            name[5:].replace("_", "-").lower(): value
            for name, value in environ.items()
            if name.startswith("HTTP_") and name != "HTTP_AUTHORIZATION"
        }
        if mailbox is not None:
            with self._lock:
                traffic = self._traffic.setdefault(mailbox, _Traffic())
                traffic.in_flight += 1
                traffic.recent.append(time.monotonic())
                call.in_flight = traffic.in_flight
        return call

    def _end(self, call: GraphCall) -> None:
        if call.mailbox is not None:
            with self._lock:
                self._traffic[call.mailbox].in_flight -= 1

    def _answer(
        self, environ: dict[str, Any], call: GraphCall
    ) -> tuple[_Answer, ConnectionCut | None]:
        throttled = self._throttled(call)
        if throttled is not None:
            return throttled, None
        if self._settings.answer_delay_ms and _is_graph(call.path):
            self._closing.wait(self._settings.answer_delay_ms / 1000)
        fault = self._faults.take(
            call.method, f"{call.path}?{call.query}" if call.query else call.path
        )
        if fault is None:
            return self._run(environ), None
        call.fault = fault.kind
        return self._broken(fault, environ)

    def _broken(
        self, fault: Fault, environ: dict[str, Any]
    ) -> tuple[_Answer, ConnectionCut | None]:
        nothing = _Answer("000", [], b"")
        match fault.kind:
            case "status":
                headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
                return _refusal(fault.status, fault.code, "Injected by the test.", headers), None
            case "drop-before":
                return nothing, ConnectionCut()
            case "timeout":
                self._closing.wait(HANGS_AT_MOST)
                return nothing, ConnectionCut()
            case "drop-after":
                return self._run(environ), ConnectionCut()
            case "truncate":
                answer = self._run(environ)
                length = ("Content-Length", str(len(answer.body)))
                headers_sent = [h for h in answer.headers if h[0].lower() != "content-length"]
                half = answer.body[: len(answer.body) // 2]
                return answer, ConnectionCut(answer.status, [*headers_sent, length], half)

    def _run(self, environ: dict[str, Any]) -> _Answer:
        started: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            started[:] = [status, headers]

        body = b"".join(self._app(environ, note))
        return _Answer(started[0], started[1], body)

    def _throttled(self, call: GraphCall) -> _Answer | None:
        """Rejected calls count as well, as Microsoft says."""
        if call.mailbox is None:
            return None
        if call.in_flight > self._settings.calls_in_flight_per_mailbox:
            return _refusal(
                429,
                "ApplicationThrottled",
                "Application is over its MailboxConcurrency limit.",
                {"Retry-After": "0.128"},
            )
        horizon = time.monotonic() - TEN_MINUTES
        with self._lock:
            recent = self._traffic[call.mailbox].recent
            while recent and recent[0] < horizon:
                recent.popleft()
            over = len(recent) > self._settings.calls_per_ten_minutes
        if not over:
            return None
        wait = f"{TEN_MINUTES / 2 + 0.128:.3f}"
        message = "Application is over its request limit for this mailbox."
        return _refusal(429, "ApplicationThrottled", message, {"Retry-After": wait})

    def _mailbox_of(self, path: str) -> str | None:
        parts = path.split("/", 4)
        if len(parts) < 5 or parts[1] != "v1.0" or parts[2].lower() != "users":  # noqa: PLR2004 - /v1.0/users/{id}/…
            return None
        person = self._tenant.find_person(unquote(parts[3]))
        return person.oid if person else None


def _is_graph(path: str) -> bool:
    return path.startswith("/v1.0/")


def _refusal(status: int, code: str, message: str, headers: dict[str, str]) -> _Answer:
    body = orjson.dumps({"error": {"code": code, "message": message}})
    return _Answer(
        f"{status} Refused", [("Content-Type", "application/json"), *headers.items()], body
    )
