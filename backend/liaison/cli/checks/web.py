"""What our own web server says at its public address, as Outlook and Microsoft see it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from liaison.api.headers import OUTLOOK_HOSTS
from liaison.cli.checks.model import Finding, fail, warn, well
from liaison.config import Settings
from liaison.config_values import is_loopback
from liaison.outlook.subscriptions import NOTIFICATION_PATH
from liaison.outlook.trust import ssl_context

TIMEOUT_SECONDS = 10
SERVE = "Start liaison serve, and let LIAISON_PUBLIC_URL lead to it."
_ADDRESS = re.compile(rb'(?:DefaultValue|resid)="(https?://[^"]+)"')


def check_web(settings: Settings) -> Iterator[Finding]:
    """From this machine; whether Microsoft reaches it as well shows with the first subscription."""
    public = settings.public_url.rstrip("/")
    with httpx.Client(verify=ssl_context(settings.ca_file), timeout=TIMEOUT_SECONDS) as client:
        yield _check_address(public)
        yield _guarded("manifest", lambda: _check_manifest(client, public))
        yield _guarded("pane", lambda: _check_pane(client, public))
        yield _guarded("webhook", lambda: _check_webhook(client, public))


def _check_address(public: str) -> Finding:
    address = urlsplit(public)
    if is_loopback(address.hostname or ""):
        said = f"{public} leads to this machine only."
        return warn("public address", said, "For Outlook and notifications set LIAISON_PUBLIC_URL to an https address.")  # fmt: skip
    return well("public address", public)


def _guarded(subject: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except httpx.HTTPError as error:
        return fail(subject, f"It cannot be reached ({type(error).__name__}).", SERVE)


def _check_manifest(client: httpx.Client, public: str) -> Finding:
    """Each address of ours that it names must answer."""
    answer = client.get(f"{public}/manifest.xml")
    if answer.status_code != HTTPStatus.OK:
        return fail("manifest", f"/manifest.xml answers {answer.status_code}.", SERVE)
    named = sorted({found.decode() for found in _ADDRESS.findall(answer.content)})
    ours = [address for address in named if _is_below(address, public)]
    if not ours:
        return fail("manifest", "It names no address of this installation.", SERVE)
    broken = [one for one in ours if client.get(one).status_code != HTTPStatus.OK]
    if broken:
        return fail("manifest", f"{', '.join(broken)} does not answer.", SERVE)
    return well("manifest", f"All its {len(ours)} addresses answer.")


def _check_pane(client: httpx.Client, public: str) -> Finding:
    """Outlook shows it in a frame; whatever stands before it must not forbid that."""
    answer = client.get(f"{public}/panel")
    if answer.status_code != HTTPStatus.OK:
        return fail("pane", f"/panel answers {answer.status_code}.", SERVE)
    proxy = "Let the reverse proxy pass our headers on as they are."
    if "x-frame-options" in answer.headers:
        return fail("pane", "X-Frame-Options keeps Outlook from showing it.", proxy)
    policy = answer.headers.get("content-security-policy", "")
    directives = [each.split() for each in policy.split(";")]
    allowed = {host for each in directives if each[:1] == ["frame-ancestors"] for host in each}
    missing = [host for host in OUTLOOK_HOSTS if host not in allowed]
    if missing:
        return fail("pane", f"Its headers do not let {', '.join(missing)} show it.", proxy)
    return well("pane", "Outlook may show it.")


def _check_webhook(client: httpx.Client, public: str) -> Finding:
    """What Microsoft does when we subscribe."""
    token = secrets.token_urlsafe(16)
    answer = client.post(f"{public}{NOTIFICATION_PATH}", params={"validationToken": token})
    is_echo = answer.status_code == HTTPStatus.OK and answer.text == token
    if not is_echo or not answer.headers.get("content-type", "").startswith("text/plain"):
        said = f"{NOTIFICATION_PATH} does not echo the validation ({answer.status_code})."
        return fail("webhook", said, SERVE)
    return well("webhook", "It answers as Microsoft asks.")


def _is_below(address: str, public: str) -> bool:
    return address == public or address.startswith(f"{public}/")
