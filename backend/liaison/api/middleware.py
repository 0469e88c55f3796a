"""What happens around the web application: a trace id for each request, and a path prefix."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from liaison.telemetry import tracing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def trace_requests(application: WSGIApplication) -> WSGIApplication:
    """Everything that one request causes carries one trace id."""

    def traced(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with tracing():
            return application(environ, start_response)

    return traced


def mount_below(public_url: str, application: WSGIApplication) -> WSGIApplication:
    """Answer below the path of the public address, whether or not a proxy takes it away before."""
    prefix = urlsplit(public_url).path

    def mounted(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            environ["SCRIPT_NAME"] = prefix
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        return application(environ, start_response)

    return mounted
