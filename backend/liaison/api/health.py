"""Whether this web server lives, whether it can serve, and its figures."""

from __future__ import annotations

import hmac
from contextlib import suppress

from flask import Blueprint, Response, request
from sqlalchemy.exc import SQLAlchemyError

from liaison.api.figures import render_figures
from liaison.api.problems_of_the_rest import list_problems
from liaison.api.services import services
from liaison.db.migrate import list_missing
from liaison.errors import NotSignedIn
from liaison.telemetry import render_metrics

health = Blueprint("health", __name__)


def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


def ready() -> tuple[dict[str, object], int]:
    """Whether this server can serve: database and migrations. What is wrong elsewhere is only told."""
    try:
        with services().database.own_connection() as connection:
            missing = list_missing(connection)
    except SQLAlchemyError:
        return {"ready": False, "problems": ["The database cannot be reached."]}, 503
    if missing:
        return {
            "ready": False,
            "problems": ["The database lacks migrations: run liaison db upgrade."],
        }, 503
    return {"ready": True, "problems": list_problems(services())}, 200


def metrics() -> Response:
    """For Prometheus; the token is asked for where one is set."""
    token = services().settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token is not None and not hmac.compare_digest(given.encode(), token.encode()):
        raise NotSignedIn("The metrics want their own token.")
    body, content_type = render_metrics()
    with suppress(SQLAlchemyError):  # without a database this server still tells its own
        body += render_figures(services())
    return Response(body, content_type=content_type)


health.add_url_rule("/healthz", view_func=alive)
health.add_url_rule("/readyz", view_func=ready)
health.add_url_rule("/metrics", view_func=metrics)
