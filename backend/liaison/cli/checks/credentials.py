"""What our access token and our certificate say about themselves.

The token was fetched by ourselves a moment ago, and nothing is allowed because of what it says; so its signature is
not checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography import x509

from liaison.cli.checks.model import Finding, fail, warn, well
from liaison.config import Settings

REQUIRED_ROLES = ("Calendars.ReadWrite", "User.Read.All")
OPTIONAL_ROLES = ("MailboxSettings.ReadWrite", "Contacts.ReadWrite", "Tasks.ReadWrite.All")
SOON = timedelta(days=30)
CONSENT = "Add it to the app in Entra ID as application permission, and give admin consent."


def check_roles(token: str) -> Finding:
    """The application permissions that the tenant granted."""
    subject = "permissions"
    claims = _read_claims(token)
    if claims is None:
        return warn(subject, "The token cannot be read.", "Compare them with docs/operations.md.")
    held = claims.get("roles")
    roles = set(held) if isinstance(held, list) else set()
    missing = [role for role in REQUIRED_ROLES if role not in roles]
    if missing:
        return fail(subject, f"{', '.join(missing)} not granted.", CONSENT)
    absent = [role for role in OPTIONAL_ROLES if role not in roles]
    also = f" Optional and not granted: {', '.join(absent)}." if absent else ""
    return well(subject, f"{' and '.join(REQUIRED_ROLES)} granted.{also}")


def check_credential(settings: Settings, now: datetime) -> Finding:
    """When the certificate expires. Of a secret only Entra ID knows."""
    subject = "credential"
    if settings.client_certificate_file is None:
        return well(subject, "A client secret. When it expires only Entra ID knows.")
    try:
        pem = settings.client_certificate_file.read_bytes()
        ends_at = x509.load_pem_x509_certificate(pem).not_valid_after_utc
    except (OSError, ValueError):
        give = "Give LIAISON_CLIENT_CERTIFICATE_FILE one PEM with key and certificate."
        return fail(subject, "The certificate cannot be read.", give)
    renew = "Make a new one and register it in Entra ID beside the old one."
    if ends_at <= now:
        return fail(subject, f"The certificate expired on {ends_at:%Y-%m-%d}.", renew)
    if ends_at - now < SOON:
        return warn(subject, f"The certificate expires on {ends_at:%Y-%m-%d}.", renew)
    return well(subject, f"The certificate holds until {ends_at:%Y-%m-%d}.")


def _read_claims(token: str) -> Mapping[str, Any] | None:
    try:
        claims: Mapping[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return None
    return claims
