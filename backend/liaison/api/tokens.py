"""Whether a bearer token is one of this tenant for this API, and whom it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import jwt
from jwt.types import Options

from liaison.clock import Clock
from liaison.config import Settings
from liaison.errors import Forbidden, NotSignedIn

ALGORITHM = "RS256"
SCOPE = "access_as_user"
ADMINISTRATOR = "Liaison.Admin"
SKEW = timedelta(seconds=60)
# Microsoft lists at most 200 groups in a token; what is longer is not worth decoding.
LONGEST = 16_384
# Years in which a clock can be: a time beyond them is no time.
EARLIEST, LATEST = 0, 253_402_300_799
# PyJWT would take the computer's clock; the times are checked against ours.
OPTIONS: Options = {
    "require": ["aud", "iss", "exp", "nbf"],
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "strict_aud": True,
}


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """Whom a valid token names. `name` is for greeting only, never for knowing somebody."""

    oid: str
    tenant_id: str
    name: str
    is_administrator: bool


class KeyFinder(Protocol):
    """The one thing asked of the tenant's keys."""

    def find(self, kid: str) -> jwt.PyJWK | None:
        """The RSA key with this id; None where the tenant has none. Raises `GatewayUnavailable` while no key is known."""
        ...


class TokenCheck:
    """Checks access tokens of Entra ID v2."""

    def __init__(self, settings: Settings, keys: KeyFinder, clock: Clock) -> None:
        """`settings` names tenant, client and login address; `keys` are the tenant's."""
        self._settings = settings
        self._keys = keys
        self._clock = clock

    def check(self, token: str) -> TokenHolder:
        """Who holds it. Raises `NotSignedIn`, or `Forbidden` for a sound token that is of the wrong kind."""
        self._settings.require_tenant()
        if len(token) > LONGEST:
            raise NotSignedIn
        claims = self._verified(token)
        if claims.get("tid") != self._settings.tenant_id:
            raise NotSignedIn("This token is of another tenant.")
        if not _is_timely(claims, self._clock.now()):
            raise NotSignedIn("This token has expired or is not valid yet. Sign in again.")
        return _holder(claims)

    def _verified(self, token: str) -> Mapping[str, Any]:
        """The claims of a token that this tenant signed for us."""
        issuer = f"{self._settings.login_url}/{self._settings.tenant_id}/v2.0"
        try:
            key = self._keys.find(_key_id(token))
            if key is None:
                raise NotSignedIn
            claims: Mapping[str, Any] = jwt.decode(
                token,
                key.key,
                algorithms=[ALGORITHM],
                audience=self._settings.client_id,
                issuer=issuer,
                options=OPTIONS,
            )
        except (jwt.PyJWTError, ValueError, TypeError):
            # What exactly was wrong helps nobody but a forger.
            raise NotSignedIn from None
        return claims


def _key_id(token: str) -> str:
    header = jwt.get_unverified_header(token)
    kid = header.get("kid")
    if header.get("alg") != ALGORITHM or not isinstance(kid, str):
        raise NotSignedIn
    return kid


def _is_timely(claims: Mapping[str, Any], now: datetime) -> bool:
    begins, ends = claims["nbf"], claims["exp"]
    if not (_is_time(begins) and _is_time(ends)):
        return False
    at = now.timestamp()
    skew = SKEW.total_seconds()
    return bool(begins <= at + skew and at - skew < ends)


def _is_time(moment: Any) -> bool:
    """Whether it is a number of seconds; neither a text nor anything a comparison would be fooled by."""
    return type(moment) in (int, float) and EARLIEST < moment < LATEST


def _holder(claims: Mapping[str, Any]) -> TokenHolder:
    """An application's token names no person, an ID token was not made for an API."""
    scopes, oid = claims.get("scp"), claims.get("oid")
    if claims.get("idtyp") == "app" or not isinstance(scopes, str):
        raise NotSignedIn("Liaison takes access tokens of people only.")
    if SCOPE not in scopes.split():
        raise Forbidden(f"This token lacks the scope {SCOPE}.")
    if not isinstance(oid, str) or not oid:
        raise NotSignedIn
    roles = claims.get("roles")
    return TokenHolder(
        oid=oid.lower(),
        tenant_id=claims["tid"],
        name=str(claims.get("name", "")),
        is_administrator=isinstance(roles, list) and ADMINISTRATOR in roles,
    )
