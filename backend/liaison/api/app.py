"""Puts the web application together."""

from __future__ import annotations

from importlib.metadata import version

from flask import Flask

from liaison.api.activities import activities
from liaison.api.admin.routes import ADMIN_ROUTES
from liaison.api.caller import require_sign_in
from liaison.api.client import client
from liaison.api.companies import companies
from liaison.api.contacts import contacts
from liaison.api.documentation import register_api
from liaison.api.fast_json import FastJson
from liaison.api.headers import register_headers
from liaison.api.health import health
from liaison.api.links import links
from liaison.api.mails import mails
from liaison.api.me import me
from liaison.api.measuring import register_measuring
from liaison.api.middleware import mount_below, trace_requests
from liaison.api.page_files import PageFiles, find_addin_folder
from liaison.api.pages import register_pages
from liaison.api.panel import panel
from liaison.api.problems import register_problems
from liaison.api.reviews import reviews
from liaison.api.services import Services, attach
from liaison.api.webhooks import webhooks

LARGEST_REQUEST = 2_000_000
ROUTES = (
    client,
    me,
    panel,
    links,
    activities,
    mails,
    reviews,
    contacts,
    companies,
    *ADMIN_ROUTES,
)


def create_app(services: Services) -> Flask:
    """The web server's application: API, pages, notifications, health."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    # Else an address with two slashes is answered with a redirect to whatever host was asked for.
    app.url_map.merge_slashes = False
    app.json = FastJson(app)
    attach(app, services)
    register_headers(app, services.settings)
    register_measuring(app)
    require_sign_in(app)
    register_api(app, ROUTES)
    # After flask-smorest, whose own handler for HTTP errors knows no codes.
    register_problems(app)
    app.register_blueprint(webhooks)
    app.register_blueprint(health)
    files = PageFiles(find_addin_folder(), services.settings, version("liaison"))
    register_pages(app, files, services.settings)
    app.wsgi_app = trace_requests(mount_below(services.settings.public_url, app.wsgi_app))  # type: ignore[method-assign,assignment]  # as Flask documents it
    return app
