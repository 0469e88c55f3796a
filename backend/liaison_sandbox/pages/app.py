from pathlib import Path

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from liaison_sandbox.pages.event_routes import EventRoutes
from liaison_sandbox.pages.people_routes import PeopleRoutes, SignIn, origin_of
from liaison_sandbox.pages.refusals import Refused
from liaison_sandbox.problems import GraphProblem
from liaison_sandbox.settings import Settings
from liaison_sandbox.tenant import Tenant

STATIC = Path(__file__).parent.parent / "static"
POLL_SECONDS = 20.0


def create_pages(
    tenant: Tenant,
    *,
    token_for: SignIn,
    pane_url: str | None = None,
    poll_seconds: float = POLL_SECONDS,
    settings: Settings | None = None,
) -> Flask:
    """A WSGI application; serve it with threads, for each open page waits in /api/changes."""
    app = Flask(__name__, static_folder=str(STATIC), static_url_path="/static")
    app.register_blueprint(PeopleRoutes(tenant, token_for, pane_url, poll_seconds).blueprint())
    app.register_blueprint(EventRoutes(tenant, settings or Settings()).blueprint())
    app.add_url_rule("/", "calendar", lambda: app.send_static_file("index.html"))
    app.register_error_handler(Refused, _say_refusal)
    app.register_error_handler(GraphProblem, _say_problem)
    app.register_error_handler(HTTPException, _say_http_error)
    policy = _content_policy(origin_of(pane_url) or "'none'")

    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    app.after_request(protect)
    return app


def _content_policy(framed: str) -> str:
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"connect-src 'self'; frame-src {framed}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _say_refusal(refused: Refused) -> tuple[Response, int]:
    return jsonify(error=str(refused)), refused.status


def _say_problem(problem: GraphProblem) -> tuple[Response, int]:
    """What Exchange itself would refuse, whoever asks."""
    return jsonify(error=problem.message), problem.status


def _say_http_error(error: HTTPException) -> tuple[Response, int]:
    return jsonify(error=error.description or error.name), error.code or 500
