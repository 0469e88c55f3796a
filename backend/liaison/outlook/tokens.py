"""Access tokens for Graph, by msal: one of the application, and one on behalf of each caller."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

import msal
import requests
from msal.authority import WELL_KNOWN_AUTHORITY_HOSTS
from msal.exceptions import MsalError

from liaison.config import Settings
from liaison.errors import GatewayUnavailable
from liaison.outlook.credential import credential
from liaison.outlook.model import Caller
from liaison.outlook.single_flight import SingleFlight
from liaison.outlook.token_errors import token_error

NEAR_EXPIRY_SECONDS = 300
MAX_KEPT_TOKENS = 2_000
_OF_THE_APPLICATION = "application"


class Tokens(Protocol):
    """Gives the token for a call: of the application, or on behalf of the caller."""

    def token(self, caller: Caller | None) -> str:
        """A token that holds; raises what the sign-in service has against it."""
        ...

    def renewed_token(self, refused: str, caller: Caller | None) -> str:
        """Another token than the one that Graph just refused."""
        ...


@dataclass(frozen=True, slots=True)
class _KeptToken:
    text: str = field(repr=False)
    good_until: float


class MsalTokens:
    """The tokens of one app in one tenant. Threads that need the same token at once fetch it once."""

    def __init__(
        self,
        settings: Settings,
        session: requests.Session,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is asked of the sign-in service yet, so that a start does not depend on it.

        A certificate that cannot serve is a `ConfigurationError`.
        """
        self._settings = settings
        self._credential = credential(settings)
        self._session = session
        self._monotonic = monotonic
        graph = urlsplit(settings.graph_url)
        self._scopes = [f"{graph.scheme}://{graph.netloc}/.default"]
        self._app: Any = None
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _KeptToken] = OrderedDict()
        self._flights: SingleFlight[str] = SingleFlight()

    def token(self, caller: Caller | None) -> str:
        """The kept one while it is good, else a new one."""
        key = _key(caller)
        kept = self._find_kept(key)
        return kept or self._flights.fetch(key, lambda: self._fetch(key, caller))

    def renewed_token(self, refused: str, caller: Caller | None) -> str:
        """Another thread may have renewed it already; then that one."""
        key = _key(caller)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept.text == refused:
                del self._kept[key]
        return self.token(caller)

    def _find_kept(self, key: str) -> str | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.good_until <= self._monotonic():
                return None
            self._kept.move_to_end(key)
            return kept.text

    def _fetch(self, key: str, caller: Caller | None) -> str:
        if (arrived := self._find_kept(key)) is not None:  # by a flight that ended just now
            return arrived
        answer = self._ask(caller)
        if "access_token" not in answer:
            raise token_error(answer, is_delegated=caller is not None)
        text = str(answer["access_token"])
        self._keep(key, text, float(answer.get("expires_in") or 0))
        return text

    def _keep(self, key: str, text: str, lifetime: float) -> None:
        good_until = self._monotonic() + lifetime - NEAR_EXPIRY_SECONDS
        with self._lock:
            self._kept[key] = _KeptToken(text, good_until)
            self._kept.move_to_end(key)
            while len(self._kept) > MAX_KEPT_TOKENS:
                self._kept.popitem(last=False)

    def _ask(self, caller: Caller | None) -> Mapping[str, Any]:
        """Ask the sign-in service. msal raises ValueError for a discovery that fails or makes no sense.

        After an answer that is no OAuth error, such as a proxy's, msal fails at every later call with TypeError, as it
        reports the last errors each time; so its memory is dropped with its object.
        """
        try:
            app = self._application()
            if caller is not None:
                return _answer(
                    app.acquire_token_on_behalf_of(user_assertion=caller.token, scopes=self._scopes)
                )
            app.remove_tokens_for_client()  # we keep them ourselves; what msal keeps may be a refused one
            return _answer(app.acquire_token_for_client(self._scopes))
        except (requests.RequestException, MsalError, ValueError, TypeError) as failure:
            self._app = None
            raise GatewayUnavailable(
                "The sign-in service cannot be reached right now.", system="login"
            ) from failure

    def _application(self) -> Any:
        self._settings.require_tenant()
        if self._app is None:
            settings = self._settings
            host = urlsplit(settings.login_url).hostname
            self._app = msal.ConfidentialClientApplication(
                settings.client_id,
                client_credential=self._credential,
                authority=f"{settings.login_url.rstrip('/')}/{settings.tenant_id}",
                # Any other host is unknown to Microsoft's list of its own, which may not even be reachable.
                instance_discovery=None if host in WELL_KNOWN_AUTHORITY_HOSTS else False,
                http_client=self._session,
            )
        return self._app


def _answer(answer: Any) -> Mapping[str, Any]:
    return answer if isinstance(answer, Mapping) else {}


def _key(caller: Caller | None) -> str:
    if caller is None:
        return _OF_THE_APPLICATION
    return hashlib.sha256(caller.token.encode()).hexdigest()
