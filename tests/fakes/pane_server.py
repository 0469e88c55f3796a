"""A real HTTP server on loopback that serves the pages as the product does and answers for a `PaneWorld`."""

import json
import mimetypes
import re
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from fakes import pane_api
from fakes.pane_world import PaneWorld

STATIC = Path(__file__).parents[2] / "addin" / "static"
PAGES = {
    "/panel": "panel.html",
    "/panel/dialog": "dialog.html",
    "/panel/redirect": "redirect.html",
    "/crm": "crm.html",
    "/admin": "admin.html",
    "/support": "support.html",
    "/privacy": "privacy.html",
    "/terms": "terms.html",
}
POLICY = (
    "default-src 'none'; script-src 'self' https://appsforoffice.microsoft.com https://ajax.aspnetcdn.com; "
    "style-src 'self'; img-src 'self' data:; connect-src 'self' https://login.example; font-src 'self'; "
    "frame-ancestors 'self' http://127.0.0.1:*; base-uri 'none'; form-action 'none'"
)
OFFICE_JS = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js"


class PaneServer:
    """Start it with `with PaneServer() as server`; change `server.world`, look at `server.calls`."""

    def __init__(self) -> None:
        self.world = PaneWorld()
        self.calls: list[dict[str, Any]] = []
        self.host_page = ""
        self.refused_tokens: set[str] = set()
        handler = type("Handler", (_Handler,), {"pane": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def calls_of(self, method: str, path: str) -> list[dict[str, Any]]:
        return [c for c in self.calls if c["method"] == method and re.fullmatch(path, c["path"])]

    def client_settings(self) -> dict[str, Any]:
        return {
            "authority": "https://login.example/tenant",
            "clientId": "11111111-2222-3333-4444-555555555555",
            "tenantId": "tenant",
            "scope": "api://11111111-2222-3333-4444-555555555555/access_as_user",
            "version": "0.1.0",
            "features": {"transfer": True, "series": True},
            "hostOrigins": [self.url],
            "officeJs": OFFICE_JS,
        }


class _Handler(BaseHTTPRequestHandler):
    pane: PaneServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing is printed between the tests' dots."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/api/"):
            self._api("GET")
        elif path == "/host.html":
            self._send(200, self.pane.host_page.encode(), "text/html", policy=None)
        elif path.startswith("/static/"):
            self._static(path.split("/", 3)[3])
        else:
            self._page(path)

    def do_POST(self) -> None:
        self._api("POST")

    def do_PATCH(self) -> None:
        self._api("PATCH")

    def do_PUT(self) -> None:
        self._api("PUT")

    def do_DELETE(self) -> None:
        self._api("DELETE")

    def _page(self, path: str) -> None:
        name = "crm.html" if path.startswith("/crm/activities/") else PAGES.get(path)
        if not name:
            self._send(404, b"not here", "text/plain")
            return
        text = (STATIC / name).read_text().replace("{{version}}", "0.1.0")
        self._send(200, text.encode(), "text/html; charset=utf-8")

    def _static(self, name: str) -> None:
        file = STATIC / name
        if not file.is_file():
            self._send(404, b"not here", "text/plain")
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self._send(200, file.read_bytes(), kind)

    def _api(self, method: str) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        call = {
            "method": method,
            "path": parts.path,
            "query": query,
            "body": body,
            "headers": dict(self.headers),
        }
        self.pane.calls.append(call)
        status, answer, etag = self._answer(call)
        kind = "application/problem+json" if status >= 400 else "application/json"
        headers = {"X-Trace-Id": str(uuid.uuid4())} | ({"ETag": etag} if etag else {})
        content = b"" if status in (204, 304) else json.dumps(answer).encode()
        self._send(status, content, kind, headers)

    def _answer(self, call: dict[str, Any]) -> tuple[int, Any, str | None]:
        if call["path"] == "/api/client":
            return 200, self.pane.client_settings(), None
        token = call["headers"].get("Authorization", "").removeprefix("Bearer ")
        if not token or token in self.pane.refused_tokens:
            claims = '{"access_token":{"acrs":{"value":"c1"}}}'
            return (
                401,
                pane_api.problem(
                    401, "interaction-required", "More proof is needed.", claims=claims
                ),
                None,
            )
        fault = self.pane.world.fault_for(call["method"], call["path"])
        if fault:
            return *fault, None
        return pane_api.answer(self.pane.world, call)

    def _send(
        self,
        status: int,
        content: bytes,
        kind: str,
        headers: dict[str, str] | None = None,
        policy: str | None = POLICY,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if policy:
            self.send_header("Content-Security-Policy", policy)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
