"""How long requests take, and a line in the log for each that changed something or failed."""

from __future__ import annotations

from http import HTTPStatus
from time import perf_counter

import structlog
from flask import Flask, Response, g, request
from prometheus_client import Histogram

from liaison.telemetry import REGISTRY

SECONDS = Histogram(
    "liaison_http_request_seconds",
    "How long requests took.",
    ["method", "route", "status"],
    registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

log = structlog.get_logger(__name__)


def register_measuring(app: Flask) -> None:
    """Measure every request, by its route: never by a path, which may hold somebody's ids."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = perf_counter()


def _end(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "none"
    # A made-up method must not make a new time series.
    method = request.method if request.url_rule else "none"
    seconds = perf_counter() - g.get("began", perf_counter())
    SECONDS.labels(method, route, str(response.status_code)).observe(seconds)
    if request.method not in {"GET", "HEAD"} or response.status_code >= HTTPStatus.BAD_REQUEST:
        log.info(
            "answered",
            method=method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000),
        )
    return response
