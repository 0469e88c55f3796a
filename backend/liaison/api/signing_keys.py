"""The keys with which the tenant signs its tokens, fetched from its sign-in service and kept."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import jwt
import orjson
import structlog

from liaison.clock import Clock
from liaison.config import Settings
from liaison.errors import GatewayUnavailable

KEPT_FOR = timedelta(hours=12)
# Whoever sends tokens with invented key ids must not make us ask Microsoft each time.
REFETCHED_AT_MOST_EVERY = timedelta(seconds=30)
TIMEOUT_SECONDS = 5
LARGEST_ANSWER = 1_000_000

log = structlog.get_logger(__name__)

FetchKeys = Callable[[], Mapping[str, Any]]


class TenantKeys:
    """The tenant's keys, fetched when first needed, when they are old, and once for an unknown id."""

    def __init__(self, fetch: FetchKeys, clock: Clock) -> None:
        """`fetch` reads the JWKS document; nothing is fetched yet."""
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._sought_at: datetime | None = None
        self._lock = Lock()

    def find(self, kid: str) -> jwt.PyJWK | None:
        """The RSA key with this id. Who brings a known one never waits for somebody else's fetch."""
        known = self._keys.get(kid)
        if known and not self._are_old():
            return known
        if not self._lock.acquire(blocking=known is None):
            return known
        try:
            if self._must_fetch(kid):
                self._refetch()
            if not self._keys:
                raise GatewayUnavailable(
                    "Microsoft's sign-in service cannot be reached right now.", system="login"
                )
            return self._keys.get(kid)
        finally:
            self._lock.release()

    def _must_fetch(self, kid: str) -> bool:
        """The first unknown id after a fetch causes another one at once, since keys are renewed at any moment."""
        last = self._tried_at if self._are_old() else self._sought_at
        if last and self._clock.now() - last < REFETCHED_AT_MOST_EVERY:
            return False
        return kid not in self._keys or self._are_old()

    def _are_old(self) -> bool:
        return self._fetched_at is None or self._clock.now() - self._fetched_at > KEPT_FOR

    def _refetch(self) -> None:
        self._tried_at = self._clock.now()
        if not self._are_old():
            self._sought_at = self._tried_at
        try:
            self._keys = _rsa_keys(self._fetch())
        except (OSError, ValueError, jwt.PyJWTError) as error:
            # The known keys stay good meanwhile.
            log.warning("signing-keys-not-fetched", error=type(error).__name__)
        else:
            self._fetched_at = self._tried_at


def fetch_from(settings: Settings, trusted: ssl.SSLContext) -> FetchKeys:
    """Read the JWKS of the configured tenant over TLS; `trusted` knows the additional authorities.

    It is where Entra ID keeps it, else where the sign-in service says, as long as that is its own.
    """
    tenant = f"{settings.login_url}/{settings.tenant_id}"

    def fetch() -> Mapping[str, Any]:
        try:
            return _read(f"{tenant}/discovery/v2.0/keys", trusted)
        except (OSError, ValueError):
            told = _read(f"{tenant}/v2.0/.well-known/openid-configuration", trusted)
            address = told.get("jwks_uri")
            if not isinstance(address, str) or _origin(address) != _origin(tenant):
                raise
            return _read(address, trusted)

    return fetch


def _read(address: str, trusted: ssl.SSLContext) -> Mapping[str, Any]:
    # The address is the operator's setting, http(s) by its check, or of the same server; never a caller's.
    with urlopen(address, timeout=TIMEOUT_SECONDS, context=trusted) as answer:  # noqa: S310
        document = orjson.loads(answer.read(LARGEST_ANSWER))
    if not isinstance(document, dict):
        raise URLError("no JSON object")
    return document


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def _rsa_keys(document: Mapping[str, Any]) -> dict[str, jwt.PyJWK]:
    listed = document.get("keys")
    found = (_rsa_key(key) for key in (listed if isinstance(listed, list) else []))
    return {key.key_id: key for key in found if key is not None and key.key_id}


def _rsa_key(key: Any) -> jwt.PyJWK | None:
    """None for what signs nothing, and for what cannot be read: one such key hides no other."""
    if not (isinstance(key, dict) and _signs(key)):
        return None
    try:
        return jwt.PyJWK.from_dict(key, algorithm="RS256")
    except (jwt.PyJWTError, ValueError, TypeError):
        return None


def _signs(key: Mapping[str, Any]) -> bool:
    return (
        key.get("kty") == "RSA"
        and key.get("use", "sig") == "sig"
        and isinstance(key.get("kid"), str)
    )
