"""Completes the description of the API with what all operations have in common. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "An access token of Entra ID v2 with the scope access_as_user.",
}
PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}
VERSIONED = ("/api/activities/", "/api/contacts/", "/api/companies/")


def complete(spec: dict[str, Any], open_to_all: frozenset[str]) -> dict[str, Any]:
    """Add tokens, version and key headers, and the media type of problems."""
    components = spec.setdefault("components", {})
    components["securitySchemes"] = {"bearer": BEARER}
    spec["security"] = [{"bearer": []}]
    for response in components.get("responses", {}).values():
        response["content"] = {"application/problem+json": PROBLEM}
    for path, method, operation in operations(spec):
        if path in open_to_all:
            operation["security"] = []
        operation.setdefault("parameters", []).extend(_headers(path, method))
    return spec


def operations(spec: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and description of each, in the order of the paths."""
    for path, item in spec["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def _headers(path: str, method: str) -> list[dict[str, Any]]:
    deletes_a_version = method == "delete" and path.startswith(VERSIONED)
    if method in {"patch", "put"} or deletes_a_version:
        is_needed = method != "delete"
        return [_header("If-Match", "The version that was read.", required=is_needed)]
    if method == "post":
        return [_header("Idempotency-Key", "The same key answers the same.")]
    if path == "/api/activities/{activity_id}":
        return [_header("If-None-Match", "The ETag of the answer before.")]
    return []


def _header(name: str, meaning: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": meaning,
        "schema": {"type": "string"},
    }
