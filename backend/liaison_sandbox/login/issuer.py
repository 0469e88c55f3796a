"""Mints the tokens: for our API, for Graph as the app, for Graph in a person's name."""

import base64
import json
import secrets
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from liaison_sandbox.login.keys import KeyRing
from liaison_sandbox.person import Person

LIFETIME = 3600
APP_ROLES = (
    "Calendars.ReadWrite",
    "User.Read.All",
    "MailboxSettings.ReadWrite",
    "Contacts.ReadWrite",
    "Tasks.ReadWrite.All",
)


@dataclass(slots=True)
class Registration:
    """The app registration of the product."""

    tenant_id: str
    client_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    client_secret: str = field(default_factory=lambda: secrets.token_urlsafe(30))
    certificates: list[str] = field(default_factory=list)
    app_roles: list[str] = field(default_factory=lambda: list(APP_ROLES))
    delegated_scopes: list[str] = field(default_factory=lambda: ["Calendars.Read.Shared"])
    app_oid: str = field(default_factory=lambda: str(uuid.uuid4()))


class Issuer:
    """`origin` names scopes and audiences, as Microsoft's do; the addresses are below `root`."""

    def __init__(
        self, registration: Registration, keys: KeyRing, origin: str, prefix: str = ""
    ) -> None:
        self.registration = registration
        self.keys = keys
        self.origin = origin
        self.root = f"{origin}{prefix}"

    @property
    def address(self) -> str:
        return f"{self.root}/{self.registration.tenant_id}/v2.0"

    def for_api(self, person: Person, scopes: str, roles: Sequence[str] | None, **more: Any) -> str:
        """A v2 access token for the product's own API; `more` overrides, None takes a claim out."""
        own = self._of(person) | {
            "aud": self.registration.client_id,
            "azp": self.registration.client_id,
            "azpacr": "0",
            "scp": scopes,
        }
        wanted = person.roles if roles is None else roles
        if wanted:
            own["roles"] = list(wanted)
        return self._sign(own | more)

    def for_app(self) -> str:
        oid = self.registration.app_oid
        return self._sign(
            {
                "aud": self.origin,
                "appid": self.registration.client_id,
                "idtyp": "app",
                "oid": oid,
                "sub": oid,
                "roles": list(self.registration.app_roles),
            }
        )

    def on_behalf_of(self, person: Person) -> str:
        return self._sign(
            self._of(person)
            | {
                "aud": self.origin,
                "appid": self.registration.client_id,
                "idtyp": "user",
                "scp": " ".join(self.registration.delegated_scopes),
            }
        )

    def id_token(self, person: Person) -> str:
        return self._sign(self._of(person) | {"aud": self.registration.client_id})

    def client_info(self, person: Person) -> str:
        known = {"uid": person.oid, "utid": self.registration.tenant_id}
        return base64.urlsafe_b64encode(json.dumps(known).encode()).rstrip(b"=").decode()

    def _of(self, person: Person) -> dict[str, Any]:
        return {
            "oid": person.oid,
            "sub": f"sub-{person.oid}",
            "name": person.name,
            "preferred_username": person.address,
        }

    def _sign(self, claims: dict[str, Any]) -> str:
        # Tokens live by the wall clock, whatever the tenant's calendar believes the day to be.
        now = int(time.time())
        standard = {
            "iss": self.address,
            "tid": self.registration.tenant_id,
            "iat": now,
            "nbf": now,
            "exp": now + LIFETIME,
            "ver": "2.0",
            "uti": secrets.token_urlsafe(12),
        }
        return self.keys.sign({k: v for k, v in (standard | claims).items() if v is not None})
