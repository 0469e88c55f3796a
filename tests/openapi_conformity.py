"""Compares calls in the stand-in tenant's log with Microsoft's own description of Graph.

Accepted requests and all answers must satisfy it; what it is known to lack is listed here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from jsonschema import Draft202012Validator

from liaison_sandbox.call_log import KEPT_BODY, GraphCall

DESCRIPTION = Path(__file__).parents[2] / "shared" / "graph-openapi.json"
NOT_RUN = f"Conformity with Graph's description was NOT checked: {DESCRIPTION} is not here."

# Graph has these, the description does not.
PATHS_IT_LACKS = ("/users/{}/calendars", "/users/{}/calendar")
QUERY_IT_LACKS = {"$skiptoken", "$deltatoken"}
_EVENT = "#/components/schemas/microsoft.graph.event"


def is_available() -> bool:
    return DESCRIPTION.is_file()


def find_violations(calls: Iterable[GraphCall]) -> list[str]:
    """A line for each deviation; empty too where the description is not at hand."""
    if not is_available():
        return []
    return [line for call in calls for line in _check(call)]


def find_schema_violations(event: dict[str, Any]) -> list[str]:
    """A line for each deviation of the body of an event; empty too where the description is not at hand."""
    return list(_differences({"$ref": _EVENT}, event)) if is_available() else []


def _check(call: GraphCall) -> Iterator[str]:
    said = f"{call.method} {call.path} -> {call.status}"
    operation = _find_operation(call)
    if operation is None:
        if _is_good(call) and not _is_known_to_be_lacking(call.path):
            yield f"{said}: the description has no such call"
        return
    if _is_good(call) and call.fault is None:
        yield from (f"{said}: {line}" for line in _check_query(call, operation))
        yield from (f"{said}: request {line}" for line in _check_request(call, operation))
    if call.fault in (None, "drop-after"):
        yield from (f"{said}: answer {line}" for line in _check_answer(call, operation))


def _check_query(call: GraphCall, operation: dict[str, Any]) -> Iterator[str]:
    declared = {_resolved(one)["name"].casefold() for one in operation.get("parameters", ())}
    for name, _ in parse_qsl(call.query, keep_blank_values=True):
        if name.casefold() not in declared and name not in QUERY_IT_LACKS:
            yield f"query option {name} is not declared"


def _check_request(call: GraphCall, operation: dict[str, Any]) -> Iterator[str]:
    if not call.request_body or len(call.request_body) >= KEPT_BODY:
        return
    if "requestBody" not in operation:
        yield "has a body, the description has none"
        return
    schema = _content(_resolved(operation["requestBody"]))
    yield from _differences(schema, json.loads(call.request_body))


def _check_answer(call: GraphCall, operation: dict[str, Any]) -> Iterator[str]:
    if not call.response_body or len(call.response_body) >= KEPT_BODY:
        return
    responses = operation["responses"]
    schema = _content(_resolved(responses["2XX" if _is_good(call) else "default"]))
    body = json.loads(call.response_body)
    if schema is None:
        yield "has a body, the description has none"
        return
    yield from _differences(schema, body)
    if call.path.endswith(("/delta", "/delta()")) and _is_good(call):
        yield from _check_round(body)


def _check_round(body: dict[str, Any]) -> Iterator[str]:
    if ("@odata.nextLink" in body) == ("@odata.deltaLink" in body):
        yield "has not exactly one of nextLink and deltaLink"
    for item in body["value"]:
        if "@removed" in item:
            yield from _differences({"$ref": "#/components/schemas/x.deltaRemovedItem"}, item)


def _differences(schema: dict[str, Any] | None, body: Any) -> Iterator[str]:
    if schema is None:
        return
    for error in _validator(json.dumps(schema)).iter_errors(body):
        place = "/".join(map(str, error.absolute_path))
        yield f"at {place or 'the top'}: {error.message[:200]}"
    if schema.get("$ref") == _EVENT:
        for name in sorted(set(body) - _event_properties()):
            if "@" not in name:
                yield f"names {name}, which no event has"


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator({"components": _description()["components"]} | json.loads(schema))


@cache
def _description() -> dict[str, Any]:
    described: dict[str, Any] = _without_nullable(json.loads(DESCRIPTION.read_text("utf-8")))
    return described


def _without_nullable(node: Any) -> Any:
    """OpenAPI 3.0's `nullable` in the words of JSON Schema."""
    if isinstance(node, list):
        return [_without_nullable(one) for one in node]
    if not isinstance(node, dict):
        return node
    plain = {name: _without_nullable(value) for name, value in node.items() if name != "nullable"}
    if node.get("nullable") is True and isinstance(plain.get("type"), str):
        plain["type"] = [plain["type"], "null"]
    return plain


@cache
def _event_properties() -> frozenset[str]:
    names: set[str] = set()
    waiting = [_EVENT]
    while waiting:
        schema = _at(waiting.pop())
        for part in schema.get("allOf", [schema]):
            waiting += [part["$ref"]] if "$ref" in part else []
            names |= part.get("properties", {}).keys()
        names |= schema.get("properties", {}).keys()
    return frozenset(names)


def _find_operation(call: GraphCall) -> dict[str, Any] | None:
    path = unquote(call.path.removeprefix("/v1.0"))
    for pattern, methods in _patterns():
        if pattern.fullmatch(path) and call.method.lower() in methods:
            found: dict[str, Any] = methods[call.method.lower()]
            return found
    return None


@cache
def _patterns() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """Paths without a variable first, so that a name is not taken for an id."""
    paths = sorted(_description()["paths"].items(), key=lambda one: one[0].count("{"))
    return [(_pattern(path), methods) for path, methods in paths]


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^}]+\})", path)
    return re.compile("".join("[^/]+" if p.startswith("{") else re.escape(p) for p in parts))


def _is_known_to_be_lacking(path: str) -> bool:
    known = [re.escape(one).replace(r"\{\}", "[^/]+") for one in PATHS_IT_LACKS]
    return any(re.fullmatch(one, path.removeprefix("/v1.0")) for one in known)


def _is_good(call: GraphCall) -> bool:
    return 200 <= call.status < 300


def _content(node: dict[str, Any]) -> dict[str, Any] | None:
    content = node.get("content")
    if not content:
        return None
    found: dict[str, Any] = content["application/json"]["schema"]
    return found


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    return _at(node["$ref"]) if "$ref" in node else node


def _at(reference: str) -> dict[str, Any]:
    found: Any = _description()
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return dict(found)
