"""The sign-in of Microsoft as a browser meets it: metadata, an authorize page that sends back, a token endpoint."""

import base64
import json
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import BrowserContext, Route

LOGIN = "https://login.example/tenant"


class LoginPages:
    """Put it before a browser context; `authorized` holds what the authorize page was asked for."""

    def __init__(self, context: BrowserContext) -> None:
        self.authorized: list[dict[str, str]] = []
        context.route("https://login.example/**", self._answer)

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if "openid-configuration" in address.path:
            self._json(route, _metadata())
        elif address.path.endswith("/authorize"):
            self._authorize(
                route, {name: values[0] for name, values in parse_qs(address.query).items()}
            )
        elif address.path.endswith("/token"):
            self._json(route, self._tokens())
        else:
            route.fulfill(status=404)

    def _authorize(self, route: Route, asked: dict[str, str]) -> None:
        self.authorized.append(asked)
        answer = urlencode(
            {"code": "a-code", "state": asked["state"], "client_info": _text(_CLIENT)}
        )
        route.fulfill(status=302, headers={"Location": f"{asked['redirect_uri']}#{answer}"})

    def _tokens(self) -> dict[str, Any]:
        claims = {
            "aud": self.authorized[-1]["client_id"], "iss": f"{LOGIN}/v2.0", "oid": "o1", "tid": "tenant", "sub": "s",
            "nonce": self.authorized[-1]["nonce"], "exp": 4_000_000_000, "name": "Anna Vogt",
            "preferred_username": "anna@nordwind.example",
        }  # fmt: skip
        return {
            "token_type": "Bearer",
            "scope": self.authorized[-1]["scope"],
            "expires_in": 3600,
            "access_token": "token-of-the-browser",
            "id_token": f"{_text({'alg': 'RS256', 'typ': 'JWT'})}.{_text(claims)}.c2lnbmF0dXJl",
            "client_info": _text(_CLIENT),
        }

    def _json(self, route: Route, body: dict[str, Any]) -> None:
        headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
        route.fulfill(json=body, headers=headers)


_CLIENT = {"uid": "o1", "utid": "tenant"}


def _metadata() -> dict[str, Any]:
    return {
        "issuer": f"{LOGIN}/v2.0",
        "authorization_endpoint": f"{LOGIN}/oauth2/v2.0/authorize",
        "token_endpoint": f"{LOGIN}/oauth2/v2.0/token",
        "end_session_endpoint": f"{LOGIN}/oauth2/v2.0/logout",
        "jwks_uri": f"{LOGIN}/discovery/v2.0/keys",
    }


def _text(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
