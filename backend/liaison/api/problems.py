"""Every refusal and failure as application/problem+json (RFC 9457) with a stable `code` and the trace id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from math import ceil
from typing import Any

import marshmallow as ma
import orjson
import structlog
from flask import Flask, Response
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from liaison.errors import InvalidRequest, LiaisonError, NotSignedIn, Throttled
from liaison.telemetry import current_trace_id

PROBLEM_JSON = "application/problem+json"
LOCATIONS = ("json", "query", "path", "headers")
WHOLE_BODY = "_schema"
# What servers say by themselves, in words for people.
SENTENCES = {
    HTTPStatus.NOT_FOUND: "There is no such address, or no such thing.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not know this method.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The request is too large.",
}

log = structlog.get_logger(__name__)


def register_problems(app: Flask) -> None:
    """Translate, on this border, whatever a view raises."""
    app.register_error_handler(LiaisonError, _refusal)
    app.register_error_handler(ma.ValidationError, _invalid)
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(OperationalError, _database_lost)
    app.register_error_handler(Exception, _unexpected)


def _refusal(error: LiaisonError) -> Response:
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("request-failed", code=error.code, exc_info=error)
    response = _problem(error.status, error.code, _title(error), error.sentence, error.facts)
    if isinstance(error, NotSignedIn):
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Throttled) and error.retry_after is not None:
        response.headers["Retry-After"] = str(max(1, ceil(error.retry_after)))
    return response


def _invalid(error: ma.ValidationError) -> Response:
    """Name all wrong fields together: `participants.0.role` -> what is wrong with it."""
    errors: dict[str, list[str]] = {}
    for name, sentence in _sentences(error.messages):
        errors.setdefault(name, []).append(sentence)
    wrong = ", ".join(sorted(name for name in errors if name)) or "the body"
    return _refusal(InvalidRequest(f"This cannot be used: {wrong}.", errors=errors))


def _sentences(messages: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            is_wrapping = (not path and name in LOCATIONS) or name == WHOLE_BODY
            yield from _sentences(inner, path if is_wrapping else (*path, str(name)))
    elif isinstance(messages, list):
        for inner in messages:
            yield from _sentences(inner, path)
    else:
        yield ".".join(path), str(messages)


def _http_problem(error: HTTPException) -> Response | HTTPException:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if status < HTTPStatus.BAD_REQUEST:
        # A redirect is no problem.
        return error
    sentence = SENTENCES.get(status) or error.description or status.description
    response = _problem(status, _kebab(status.phrase), status.phrase, sentence)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _database_lost(error: OperationalError) -> Response:
    """It is restarted or overloaded: the same request succeeds later."""
    log.error("database-lost", exc_info=error)
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = "The database does not answer right now. Try again in a moment."
    return _problem(status, "database-unavailable", status.phrase, sentence)


def _unexpected(error: Exception) -> Response:
    """Nothing of our inside leaves the house; the trace id leads to the log."""
    log.error("request-failed-unexpectedly", exc_info=error)
    return _refusal_without_log(LiaisonError("Something went wrong in Liaison. It was logged."))


def _refusal_without_log(error: LiaisonError) -> Response:
    return _problem(error.status, error.code, _title(error), error.sentence)


def _problem(
    status: HTTPStatus, code: str, title: str, detail: str, facts: Mapping[str, Any] | None = None
) -> Response:
    body = {
        **(facts or {}),
        "type": "about:blank",
        "code": code,
        "title": title,
        "detail": detail,
        "status": status.value,
        "traceId": current_trace_id(),
    }
    return Response(orjson.dumps(body, default=str), status, content_type=PROBLEM_JSON)


def _title(error: LiaisonError) -> str:
    """The sentence of the class: the same for every problem of this code."""
    return (type(error).__doc__ or "").strip().partition("\n")[0]


def _kebab(phrase: str) -> str:
    return re.sub(r"[^a-z]+", "-", phrase.lower()).strip("-")
