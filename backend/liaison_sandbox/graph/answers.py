"""How an answer leaves: JSON as Graph writes it, and problems in Graph's form."""

import uuid
from collections.abc import Mapping
from typing import Any

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from liaison_sandbox.graph.preferences import Preferences, read_preferences
from liaison_sandbox.problems import GraphProblem, bad_request, request_body_invalid
from liaison_sandbox.zones import write_instant

_TYPE = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"


def preferences() -> Preferences:
    return read_preferences(request.headers.get("Prefer", ""))


def answer(
    body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    response = Response(orjson.dumps(body), status, content_type=_TYPE)
    if applied := request.headers.get("Prefer"):
        response.headers["Preference-Applied"] = applied
    response.headers.update(dict(headers or {}))
    return response


def nothing(status: int = 204) -> Response:
    return Response(b"", status)


def request_json() -> dict[str, Any]:
    """The body as an object; Graph wants it declared as JSON."""
    raw = request.get_data()
    if not raw:
        raise request_body_invalid("The request body is empty.")
    if (request.mimetype or "") != "application/json":
        raise bad_request("A valid Content-Type header with application/json is needed.")
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as wrong:
        raise bad_request(f"Unable to read JSON request payload. {wrong}") from wrong
    if not isinstance(body, dict):
        raise bad_request("Unable to read JSON request payload. It is no object.")
    return body


def answer_problems(app: Flask, now: Any) -> None:
    """Every refusal, expected or not, gets Graph's body."""

    def refused(problem: GraphProblem) -> Response:
        request_id = str(uuid.uuid4())
        body = {
            "error": {
                "code": problem.code,
                "message": problem.message,
                "innerError": {
                    "date": write_instant(now())[:19],
                    "request-id": request_id,
                    "client-request-id": request.headers.get("client-request-id", request_id),
                },
            }
        }
        response = Response(orjson.dumps(body), problem.status, content_type="application/json")
        response.headers.update(problem.headers)
        return response

    def unrouted(problem: HTTPException) -> Response:
        if problem.code == 405:  # noqa: PLR2004 - an HTTP status
            return refused(GraphProblem(405, "Request_BadRequest", "Method not allowed."))
        return refused(bad_request("Resource not found for the segment."))

    app.register_error_handler(GraphProblem, refused)
    app.register_error_handler(HTTPException, unrouted)
