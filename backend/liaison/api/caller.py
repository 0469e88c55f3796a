"""Who asks: the person of this request, found by the token before any view runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flask import Flask, g, request

from liaison.api.services import services
from liaison.errors import Forbidden, NotAUser, NotSignedIn
from liaison.people import representatives
from liaison.people.model import Representative

OPEN_TO_ALL = frozenset({"/api/client", "/api/openapi.json", "/api/docs", "/api/docs.css"})
ADMIN = "/api/admin"
# The first administrator has to begin without being imported.
WITHOUT_IMPORT = frozenset({"/api/me"})


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person of the tenant with a valid token; `representative` once imported."""

    oid: str
    tenant_id: str
    token: str = field(repr=False)
    name: str
    is_administrator: bool
    representative: Representative | None

    @property
    def actor_name(self) -> str:
        """As logs and audit name the person."""
        return self.representative.name if self.representative else self.name or self.oid


def caller() -> SignedIn:
    """The person of this request."""
    return cast("SignedIn", g.caller)


def user() -> Representative:
    """The representative of this request; paths of administrators may have none."""
    representative = caller().representative
    if representative is None:
        raise NotAUser
    return representative


def require_sign_in(app: Flask) -> None:
    """Check every request below /api before anything else looks at it."""
    app.before_request(_check)


def _check() -> None:
    # The rule, where one matched: it is what decides which view runs.
    path = request.url_rule.rule if request.url_rule else request.path
    if not (path == "/api" or path.startswith("/api/")) or path in OPEN_TO_ALL:
        return
    g.caller = person = _signed_in(_bearer())
    if path == ADMIN or path.startswith(f"{ADMIN}/"):
        if not person.is_administrator:
            raise Forbidden("This is for administrators of Liaison.")
    elif person.representative is None and not (person.is_administrator and path in WITHOUT_IMPORT):
        raise NotAUser


def _bearer() -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise NotSignedIn
    return token.strip()


def _signed_in(token: str) -> SignedIn:
    holder = services().tokens.check(token)
    with services().database.transaction() as session:
        found = representatives.find_by_oid(session, holder.tenant_id, holder.oid)
    return SignedIn(
        holder.oid, holder.tenant_id, token, holder.name, holder.is_administrator, found
    )
