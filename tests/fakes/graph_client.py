"""Calls the stand-in tenant as a client of Graph would, without the product between."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import Any

import httpx

from liaison_sandbox.person import Person
from liaison_sandbox.server import Sandbox

IMMUTABLE = 'IdType="ImmutableId"'


class GraphClient:
    """As the app, or with `on_behalf_of` in a person's name."""

    def __init__(self, sandbox: Sandbox, on_behalf_of: Person | None = None) -> None:
        issuer = sandbox.issuer
        token = issuer.for_app() if on_behalf_of is None else issuer.on_behalf_of(on_behalf_of)
        self._http = httpx.Client(
            base_url=sandbox.graph_url,
            headers={"Authorization": f"Bearer {token}"},
            verify=ssl.create_default_context(cafile=str(sandbox.ca_file)),
            trust_env=False,
        )

    def close(self) -> None:
        self._http.close()

    def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        return self._http.request(method, path, json=body, headers=headers)

    def get(self, path: str, prefer: str = "") -> httpx.Response:
        return self.call("GET", path, headers={"Prefer": prefer} if prefer else None)

    def post(self, path: str, body: Mapping[str, Any]) -> httpx.Response:
        return self.call("POST", path, body)

    def patch(
        self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        return self.call("PATCH", path, body, headers)

    def delete(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return self.call("DELETE", path, headers=headers)


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def at(moment: str, zone: str = "UTC") -> dict[str, str]:
    return {"dateTime": moment, "timeZone": zone}


def new_event(**more: Any) -> dict[str, Any]:
    return {
        "subject": "Offer",
        "start": at("2026-11-23T10:00:00"),
        "end": at("2026-11-23T11:00:00"),
    } | more


def attendees(*addresses: str) -> list[dict[str, Any]]:
    return [
        {"emailAddress": {"name": one, "address": one}, "type": "required"} for one in addresses
    ]
