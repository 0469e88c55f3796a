"""What the doctor says about our own web server, as it is seen at its public address."""

import threading
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from liaison.api.headers import content_security_policy
from liaison.cli.checks.web import check_web
from liaison.config import Settings

OK, MISSING = "200 OK", "404 Not Found"


class _Silent(WSGIRequestHandler):
    def log_message(self, *_):
        """Nothing."""


class _Site:
    """Answers as we do, but for what a test changes: path -> (status, headers, body)."""

    def __init__(self):
        self._server = make_server("localhost", 0, self._answer, handler_class=_Silent)
        self.url = f"http://localhost:{self._server.server_port}"
        self.settings = Settings(public_url=self.url)
        policy = content_security_policy(self.settings)
        manifest = (
            f'<M><S DefaultValue="{self.url}/panel"/><I DefaultValue="{self.url}/icon.png"/></M>'
        )
        self.pages = {
            "/manifest.xml": (OK, [], manifest),
            "/panel": (OK, [("Content-Security-Policy", policy)], "pane"),
            "/icon.png": (OK, [], "icon"),
            "/graph/notifications": (OK, [("Content-Type", "text/plain")], None),
        }

    def __enter__(self):
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(self, environ, start):
        status, headers, body = self.pages.get(environ["PATH_INFO"], (MISSING, [], ""))
        token = parse_qs(environ["QUERY_STRING"]).get("validationToken", [""])[0]
        start(status, headers)
        return [(token if body is None else body).encode()]


@pytest.fixture
def site():
    with _Site() as site:
        yield site


def verdicts(site):
    return {finding.subject: finding.verdict.value for finding in check_web(site.settings)}


def test_a_web_server_that_answers_is_ok_and_its_address_a_warning_on_loopback(site):
    assert verdicts(site) == {
        "public address": "warning",
        "manifest": "ok",
        "pane": "ok",
        "webhook": "ok",
    }


def test_without_a_web_server_everything_fails(site):
    nowhere = replace(site.settings, public_url="http://localhost:1")

    found = {finding.subject: finding.verdict.value for finding in check_web(nowhere)}

    assert found["manifest"] == found["pane"] == found["webhook"] == "failed"


@pytest.mark.parametrize(
    ("path", "answer", "subject"),
    [
        ("/manifest.xml", (MISSING, [], ""), "manifest"),
        ("/manifest.xml", (OK, [], "<M/>"), "manifest"),
        ("/icon.png", (MISSING, [], ""), "manifest"),
        ("/panel", (OK, [], "pane"), "pane"),
        ("/panel", (OK, [("X-Frame-Options", "DENY")], "pane"), "pane"),
        ("/graph/notifications", (OK, [("Content-Type", "text/html")], None), "webhook"),
        ("/graph/notifications", (OK, [("Content-Type", "text/plain")], "hello"), "webhook"),
        ("/graph/notifications", (MISSING, [], ""), "webhook"),
    ],
)
def test_what_outlook_or_microsoft_would_stumble_over_fails(site, path, answer, subject):
    site.pages[path] = answer

    assert verdicts(site)[subject] == "failed"


def test_an_address_that_others_reach_is_ok(site):
    outside = replace(site.settings, public_url="https://localhost.invalid")

    assert next(iter(check_web(outside))).verdict == "ok"
    assert urlsplit(outside.public_url).scheme == "https"
