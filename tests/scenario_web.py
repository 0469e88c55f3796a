"""Our real web application on a loopback port, so that the stand-in tenant can post notifications to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from fakes.clock import FakeClock
from fakes.outlook_worlds import settings_for
from liaison.api.app import create_app
from liaison.api.services import Services, attach
from liaison.api.tokens import TokenCheck
from liaison.calendar.tools import Tools
from liaison.config import Settings
from liaison.crm.embedded import companies, contacts
from liaison.crm.embedded.desk import EmbeddedDesk
from liaison.db.idempotency import IdempotencyKeys
from liaison.people.representatives import find_representatives
from scenario_world import World


class NoKeys:
    """Nobody signs in here."""

    def find(self, _kid: str) -> None:
        return None


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """The product's own log says enough."""


class WebServer:
    """Serves the story that was given to it last."""

    def __init__(self, app: Flask, server: BaseWSGIServer) -> None:
        self.url = f"http://localhost:{server.server_port}"
        self._app = app

    @classmethod
    @contextmanager
    def start(cls) -> Iterator[WebServer]:
        app = create_app(_services(Settings(public_url="http://localhost:8080"), None))
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
        thread = Thread(target=server.serve_forever, name="web")
        thread.start()
        yield cls(app, server)
        server.shutdown()
        thread.join()
        server.server_close()

    def serve(self, world: World) -> None:
        """From now on notifications are this world's."""
        attach(self._app, _services(settings_for(world.sandbox, self.url), world.tools))


def _services(settings: Settings, tools: Tools | None) -> Services:
    clock = tools.clock if tools else FakeClock()
    return Services(
        settings=settings,
        tools=tools,
        idempotency=IdempotencyKeys(tools.database if tools else None, clock),
        tokens=TokenCheck(settings, NoKeys(), clock),
        desk=EmbeddedDesk(clock, find_representatives),
        contacts=contacts,
        companies=companies,
    )
