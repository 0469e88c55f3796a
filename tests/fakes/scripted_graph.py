"""A small web server on the loopback that answers as a test tells it, for what a tenant would not do on request."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer; `hang_up` closes the connection instead."""

    status: int = 200
    payload: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    hang_up: bool = False


Script = Callable[[Seen], Reply]


class ScriptedGraph:
    """Answers with the replies in their order, the last one again and again; or by a function."""

    def __init__(self) -> None:
        self.replies: list[Reply] = [Reply(payload={})]
        self.script: Script | None = None
        self.seen: list[Seen] = []
        self._lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True

    @property
    def url(self) -> str:
        """The address of the server, without any path."""
        return f"http://127.0.0.1:{self.server.server_port}"

    def reply(self, *replies: Reply) -> None:
        """Answer the next requests like this."""
        self.replies = list(replies)

    def _next(self, seen: Seen) -> Reply:
        with self._lock:
            self.seen.append(seen)
            if self.script is not None:
                return self.script(seen)
            return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = (
                -1
            )  # head and body in one packet, so that no delayed acknowledgement slows the tests

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                seen = Seen(self.command, self.path, headers, self.rfile.read(length))
                reply = owner._next(seen)
                if reply.hang_up:
                    self.close_connection = True
                    return
                body = reply.raw if reply.raw is not None else json.dumps(reply.payload).encode()
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815 - the server calls them so

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def scripted_graph() -> Iterator[ScriptedGraph]:
    """A running server."""
    graph = ScriptedGraph()
    thread = threading.Thread(target=graph.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield graph
    finally:
        graph.server.shutdown()
        graph.server.server_close()
        thread.join()


class FakeTokens:
    """Gives numbered tokens, a new number when one was refused."""

    def __init__(self) -> None:
        self.number = 1
        self.callers: list[str | None] = []

    def token(self, caller: Any) -> str:
        self.callers.append(caller.oid if caller else None)
        return f"token-{self.number}"

    def renewed_token(self, refused: str, caller: Any) -> str:
        assert refused == f"token-{self.number}"
        self.number += 1
        return self.token(caller)
