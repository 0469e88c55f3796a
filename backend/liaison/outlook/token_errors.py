"""What a refused token means: the answer of the sign-in service to one of our errors. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from liaison.errors import (
    ConsentMissing,
    GatewayUnavailable,
    InteractionRequired,
    LiaisonError,
    NotSignedIn,
    RequestRejected,
)

_DOWN = frozenset({"temporarily_unavailable", "server_error", "service_unavailable"})
_CONSENT = frozenset({"65001", "65004", "90094"})
# The caller's own token is expired, not yet valid, or not meant for us.
_BAD_ASSERTION = frozenset({"50013", "500131", "500133", "50027", "700027"})
_CODE = re.compile(r"AADSTS(\d+)")


def token_error(answer: Mapping[str, Any], *, is_delegated: bool) -> LiaisonError:
    """The error for an answer without a token. Tells codes only: descriptions name people and addresses."""
    error = str(answer.get("error") or "no-error-code")
    codes = _codes(answer)
    if error in _DOWN:
        return GatewayUnavailable("The sign-in service cannot answer right now.", system="login")
    if error == "consent_required" or "consent" in str(answer.get("suberror")) or codes & _CONSENT:
        return ConsentMissing(system="login")
    if is_delegated and codes & _BAD_ASSERTION:
        return NotSignedIn()
    if is_delegated and (
        answer.get("claims") or error in {"interaction_required", "invalid_grant"}
    ):
        return InteractionRequired(claims=answer.get("claims") or None)
    named = ", ".join([error, *(f"AADSTS{code}" for code in sorted(codes))])
    return RequestRejected(f"The sign-in service refuses Liaison a token: {named}.", system="login")


def _codes(answer: Mapping[str, Any]) -> set[str]:
    listed = answer.get("error_codes")
    described = _CODE.findall(str(answer.get("error_description") or ""))
    return {str(code) for code in (listed if isinstance(listed, list) else [])} | set(described)
