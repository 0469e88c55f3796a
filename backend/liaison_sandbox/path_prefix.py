"""Serves an application below a path, as a gateway in front of it does."""

from collections.abc import Callable, Iterable
from typing import Any

from liaison_sandbox.wsgi_server import WsgiApp


def beneath(prefix: str, app: WsgiApp) -> WsgiApp:
    """Whatever is not below the prefix is not there."""

    def below(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith(f"{prefix}/"):
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"Nothing is here."]
        environ["SCRIPT_NAME"] = prefix
        for name in ("PATH_INFO", "RAW_PATH"):
            environ[name] = environ[name].removeprefix(prefix)
        return app(environ, start_response)

    return below
