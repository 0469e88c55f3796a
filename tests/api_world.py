"""The web application in front of a real database and a fake Outlook, and people who call it."""

from __future__ import annotations

import base64
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fakes.clock import FakeClock
from fakes.outlook import FakeOutlook
from fakes.outlook_state import FakeMailbox
from liaison.api.services import Services
from liaison.calendar.stores.mailboxes import follow_mailbox
from liaison.config import Settings
from liaison.crm.model import Activity, NewActivity
from liaison.outlook.model import CalendarEvent, DirectoryPerson
from liaison.people.model import Representative
from liaison.people.representatives import find_representatives
from people import ANN, TENANT_ID, acting

CLIENT_ID = "11111111-2222-4333-8444-555555555555"
LOGIN_URL = "https://login.example"
ISSUER = f"{LOGIN_URL}/{TENANT_ID}/v2.0"
KID = "the-key"


def settings(**members: Any) -> Settings:
    """A configured installation."""
    defaults: dict[str, Any] = {
        "public_url": "https://liaison.example",
        "tenant_id": TENANT_ID,
        "client_id": CLIENT_ID,
        "client_secret": "the-client-secret",
        "login_url": LOGIN_URL,
        "database_url": "postgresql://nobody@nowhere/none",
    }
    return Settings(**{**defaults, **members})


class BufferedClient(FlaskClient):
    """Reads every answer to its end, so that no file stays open."""

    def open(self, *args: Any, buffered: bool = True, **options: Any) -> TestResponse:
        return super().open(*args, buffered=buffered, **options)


class TestKeys:
    """The tenant's keys, known from the start."""

    __test__ = False

    def __init__(self) -> None:
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        numbers = self.private.public_key().public_numbers()
        self.jwk = {
            "kty": "RSA",
            "use": "sig",
            "kid": KID,
            "n": _base64url(numbers.n),
            "e": _base64url(numbers.e),
        }

    def find(self, kid: str) -> jwt.PyJWK | None:
        return jwt.PyJWK.from_dict(self.jwk, algorithm="RS256") if kid == KID else None

    def sign(self, claims: dict[str, Any], **headers: Any) -> str:
        return jwt.encode(claims, self.private, algorithm="RS256", headers={"kid": KID, **headers})


def claims_of(subject: str, now: datetime, /, **overrides: Any) -> dict[str, Any]:
    """The claims of a sound token; an override of None leaves the claim out."""
    sound = {
        "aud": CLIENT_ID,
        "iss": ISSUER,
        "tid": TENANT_ID,
        "oid": subject,
        "name": "Somebody",
        "scp": "access_as_user",
        "ver": "2.0",
        "nbf": int((now - timedelta(minutes=5)).timestamp()),
        "exp": int((now + timedelta(minutes=55)).timestamp()),
    }
    return {name: value for name, value in {**sound, **overrides}.items() if value is not None}


@dataclass(frozen=True)
class Person:
    """Somebody with a token who calls the API."""

    app: Flask
    token: str

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.call("GET", path, query_string=query)

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.call("POST", path, json=body, headers=headers)

    def patch(self, path: str, body: Any, version: int | None = None) -> TestResponse:
        return self.call("PATCH", path, json=body, headers=_if_match(version))

    def put(self, path: str, body: Any, version: int | None = None) -> TestResponse:
        return self.call("PUT", path, json=body, headers=_if_match(version))

    def delete(self, path: str, version: int | None = None) -> TestResponse:
        return self.call("DELETE", path, headers=_if_match(version))

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        given = {
            name.replace("_", "-"): value for name, value in options.pop("headers", {}).items()
        }
        headers = {"Authorization": f"Bearer {self.token}", **given}
        if options.get("json", ...) is None:
            del options["json"]
        return self.app.test_client().open(path, method=method, headers=headers, **options)


@dataclass
class World:
    """Everything that a test of the API arranges and looks at."""

    app: Flask
    services: Services
    clock: FakeClock
    outlook: FakeOutlook
    keys: TestKeys
    woken: list[uuid.UUID] = field(default_factory=list)

    def as_(self, one: Representative | str, *roles: str, **overrides: Any) -> Person:
        """One of the cast, or an object id of the tenant."""
        oid = one if isinstance(one, str) else one.oid
        name = "A stranger" if isinstance(one, str) else one.name
        claims = claims_of(
            oid, self.clock.now(), **{"name": name, "roles": list(roles), **overrides}
        )
        return Person(self.app, self.keys.sign(claims))

    def admin(self, one: Representative | str = ANN) -> Person:
        """Somebody with the role of administrators."""
        return self.as_(one, "Liaison.Admin")

    def join_tenant(self, *people: Representative) -> None:
        """Give them mailboxes in the tenant under their own ids; those of users are followed."""
        for one in people:
            person = DirectoryPerson(one.oid, one.name, one.address, one.aliases)
            self.outlook._state.people[one.oid] = person
            self.outlook._state.mailboxes[one.oid] = FakeMailbox(one.oid)
        with self.services.database.transaction() as session:
            for representative_id in find_representatives(session, [one.id for one in people]):
                follow_mailbox(session, representative_id, self.clock.now())

    def meeting_of(
        self, one: Representative, subject: str = "Offer", **fields: Any
    ) -> CalendarEvent:
        """A meeting that this person organizes."""
        return self.outlook.add_meeting(self.listed(one), subject, **fields)

    def listed(self, one: Representative) -> DirectoryPerson:
        """The person as the directory lists him."""
        return self.outlook._state.people[one.oid]

    def anybody(self) -> Any:
        """Somebody without a token."""
        return self.app.test_client()

    def plan(self, new: NewActivity, by: Representative = ANN) -> Activity:
        """An activity that is there already."""
        with self.services.database.transaction() as session:
            return self.services.crm.create_activities(session, [new], acting(by))[0]


def by_id(meeting: CalendarEvent, **members: Any) -> dict[str, Any]:
    """How the pane names a meeting."""
    return {"itemId": meeting.event_id, "start": "2026-11-23T09:00:00Z", **members}


def link(world: World, meeting: CalendarEvent, activity: Activity, **members: Any) -> TestResponse:
    """Ann links a meeting to an activity."""
    body = by_id(meeting, activityId=str(activity.id), scope="single") | members
    return world.as_(ANN).post("/api/links", body)


def problem(response: TestResponse) -> tuple[int, str]:
    """Status and code of a refusal, which is a proper problem."""
    assert response.mimetype == "application/problem+json", response.text
    body = json.loads(response.text)
    assert body["status"] == response.status_code
    assert body["title"]
    assert body["detail"]
    assert body["traceId"] == response.headers["X-Trace-Id"]
    return response.status_code, body["code"]


def _if_match(version: int | None) -> dict[str, str]:
    return {} if version is None else {"If-Match": f'"{version}"'}


def _base64url(number: int) -> str:
    size = (number.bit_length() + 7) // 8
    return base64.urlsafe_b64encode(number.to_bytes(size, "big")).rstrip(b"=").decode()
