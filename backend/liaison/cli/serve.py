"""`liaison serve`: the web server."""

from __future__ import annotations

import logging
import socket
from typing import Any

import click
import structlog
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.util import import_app

from liaison.cli.web_worker import WebWorker
from liaison.config import Settings, read_settings
from liaison.db.location import database_url
from liaison.db.migrate import require_current_schema
from liaison.errors import ConfigurationError
from liaison.telemetry import start_logging
from liaison.worker.process import spare_what_is_loaded

APPLICATION = "liaison.wsgi:create()"
THREADS = 16

log = structlog.get_logger(__name__)


@click.command()
def serve() -> None:
    """Serve the pane, the pages, the API and Microsoft's notifications."""
    settings = read_settings()
    require_free_port(settings)
    require_current_schema(database_url(settings))
    start_logging(settings.log_level, settings.log_file)
    if settings.database_url is None:
        log.warning(
            "embedded-database", advice="for a demo or a small office: else LIAISON_DATABASE_URL"
        )
    WebServer(settings).run()


def require_free_port(settings: Settings) -> None:
    """Say at once, and in one sentence, what gunicorn would say in eleven lines after five seconds."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            reason = error.strerror or "it cannot be used"
            raise ConfigurationError(
                [f"LIAISON_HOST {settings.host}, LIAISON_PORT {settings.port}: {reason}."]
            ) from error


class WebServer(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    """Gunicorn with our settings instead of its files and options."""

    def __init__(self, settings: Settings) -> None:
        """Takes host and port from the settings; the application reads the rest itself."""
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn before it starts."""
        options = {
            "bind": _bind(self._settings),
            "worker_class": WebWorker,
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 20,
            "logger_class": LogLikeOurs,
            "control_socket_disable": True,
            "proc_name": "liaison serve",
            "when_ready": lambda _server: log.info("serving", at=self._settings.public_url),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Called by gunicorn in the process that serves."""
        application = import_app(APPLICATION)
        spare_what_is_loaded()
        return application


class LogLikeOurs(Logger):  # type: ignore[misc]  # gunicorn is untyped
    """Gunicorn's messages in our log. No access lines: they carry subjects and addresses."""

    def setup(self, cfg: Any) -> None:
        """Called by gunicorn at the start and at each reload."""
        self.cfg = cfg
        self._access_log_enabled = False
        self.error_log.propagate = True
        self.error_log.setLevel(logging.WARNING)


def _bind(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"
