"""OpenAPI at /api/openapi.json, and the same as a plain page at /api/docs that needs no script and no network."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

import marshmallow as ma
import orjson
from flask import Blueprint, Flask, Response, render_template, send_from_directory
from flask_smorest import Api
from werkzeug.wrappers import Response as AnyResponse

from liaison.api.caller import OPEN_TO_ALL
from liaison.api.openapi import complete, operations
from liaison.api.routes import Routes

FOLDER = "templates"


class Problem(ma.Schema):
    """What went wrong (RFC 9457). `code` is stable; more members come with some codes."""

    class Meta:
        """Some codes name what the caller needs to go on."""

        unknown = ma.INCLUDE

    type = ma.fields.String(required=True)
    code = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    detail = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    traceId = ma.fields.String(required=True, allow_none=True)  # noqa: N815 - as it stands in JSON
    errors = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.List(ma.fields.String()),
        metadata={"description": "422: what is wrong with which member."},
    )


class DocumentedApi(Api):  # type: ignore[misc]  # flask-smorest is untyped
    """flask-smorest with our form of problems."""

    ERROR_SCHEMA = Problem


def register_api(app: Flask, routes: Iterable[Routes]) -> None:
    """Serve the routes and describe them."""
    app.config.update(API_TITLE="Liaison", API_VERSION=version("liaison"), OPENAPI_VERSION="3.0.3")
    api = DocumentedApi(app)
    for one in routes:
        api.register_blueprint(one)
    app.register_blueprint(_pages(complete(api.spec.to_dict(), OPEN_TO_ALL)))


def _pages(spec: dict[str, Any]) -> Blueprint:
    pages = Blueprint("documentation", __name__, template_folder=FOLDER)
    for_machines = orjson.dumps(spec, option=orjson.OPT_NON_STR_KEYS)

    def openapi() -> Response:
        return Response(for_machines, mimetype="application/json")

    def show() -> str:
        return render_template("docs.html", groups=_groups(spec), title="Liaison")

    def style() -> AnyResponse:
        return send_from_directory(FOLDER, "docs.css")

    pages.add_url_rule("/api/openapi.json", view_func=openapi)
    pages.add_url_rule("/api/docs", view_func=show)
    pages.add_url_rule("/api/docs.css", view_func=style)
    return pages


def _groups(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations by their noun, in the order of the paths."""
    described = [
        {"path": path, "method": method, **operation}
        for path, method, operation in operations(spec)
    ]
    return [
        {**tag, "operations": [one for one in described if tag["name"] in one.get("tags", ())]}
        for tag in spec["tags"]
    ]
