"""Whom we trust on the network: the usual authorities, and those of LIAISON_CA_FILE."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import certifi
import requests
from requests.adapters import HTTPAdapter

LOGIN_TIMEOUT = (5.0, 15.0)  # seconds to connect, and to wait for each part of the answer


def ssl_context(ca_file: Path | None) -> ssl.SSLContext:
    """The context for Graph and sign-in alike."""
    context = ssl.create_default_context(cafile=certifi.where())
    if ca_file is not None:
        context.load_verify_locations(cafile=ca_file)
    return context


def login_session(context: ssl.SSLContext) -> requests.Session:
    """The HTTP session that msal uses: our trust, and never without a time-out."""
    session = requests.Session()
    session.mount("https://", _TrustingAdapter(context))
    return session


class _TrustingAdapter(HTTPAdapter):
    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    def cert_verify(self, *_: Any) -> None:
        """Our context knows whom to trust. Reading the usual authorities again takes longer than signing in."""

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        kwargs["timeout"] = kwargs.get("timeout") or LOGIN_TIMEOUT
        # Not what the environment names for other programs: that would be read at each connection, too.
        kwargs["verify"] = True
        return super().send(request, *args, **kwargs)
