"""A threaded HTTP server with keep-alive, plain or TLS, for one WSGI application.

Werkzeug's own server closes every connection after one answer; a handshake per call would hide
what the product costs.
"""

import contextlib
import io
import ssl
import sys
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from threading import Lock, Thread
from typing import Any
from urllib.parse import unquote_to_bytes

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class ConnectionCut(Exception):
    """Raised by an application to end the connection after `sent` bytes of its answer's body."""

    def __init__(
        self, status: str = "", headers: Iterable[tuple[str, str]] = (), sent: bytes = b""
    ) -> None:
        super().__init__("cut on request")
        self.status = status
        self.headers = list(headers)
        self.sent = sent


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: "WsgiServer"

    def parse_request(self) -> bool:
        """Every method goes to the application, which knows what it refuses."""
        if not super().parse_request():
            return False
        if "Transfer-Encoding" in self.headers:
            self.send_error(HTTPStatus.LENGTH_REQUIRED)
            return False
        self._respond()
        self.wfile.flush()
        return False

    def finish(self) -> None:
        """What a client that is gone does not take must not keep the connection open."""
        with contextlib.suppress(OSError):
            self.wfile.close()
        super().finish()

    def log_message(self, *_: Any) -> None:
        """The call log keeps what matters."""

    def _respond(self) -> None:
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            started[:] = [status, headers]

        try:
            answer = self.server.app(self._environ(), start_response)
            body = b"".join(answer)
            if hasattr(answer, "close"):  # a file that is sent, for one, must be let go (PEP 3333)
                answer.close()
            status, headers = started
            self._write(status, headers, body)
        except ConnectionCut as cut:
            if cut.status:
                self._write(cut.status, cut.headers, cut.sent)
            self.close_connection = True

    def _write(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.send_response_only(int(code), reason)
        names = {name.lower() for name, _ in headers}
        for name, value in headers:
            self.send_header(name, value)
        if "content-length" not in names and int(code) not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        if "date" not in names:
            self.send_header("Date", self.date_time_string())
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _environ(self) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        length = int(self.headers.get("Content-Length") or 0)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "RAW_PATH": path,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": str(self.server.server_port),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(length),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.server.scheme,
            "wsgi.input": io.BytesIO(self.rfile.read(length) if length else b""),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            key = "HTTP_" + name.upper().replace("-", "_")
            environ[key] = f"{environ[key]},{value}" if key in environ else value
        return environ


class WsgiServer(ThreadingHTTPServer):
    """Listens on loopback only. `stop` also ends connections that are kept open."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, app: WsgiApp, port: int, tls: ssl.SSLContext | None = None) -> None:
        self.app = app
        self.scheme = "https" if tls else "http"
        self._tls = tls
        self._open: set[socket] = set()
        self._open_lock = Lock()
        super().__init__(("127.0.0.1", port), _Handler)
        self._thread = Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()
        with self._open_lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(SHUT_RDWR)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """The handshake belongs to the connection's thread: a slow client stops nobody else."""
        connection = request
        try:
            if self._tls is not None:
                connection = self._tls.wrap_socket(request, server_side=True)
            with self._open_lock:
                self._open.add(connection)
            _Handler(connection, client_address, self)
        except (OSError, ssl.SSLError):
            return
        finally:
            with self._open_lock:
                self._open.discard(connection)
            connection.close()
