"""Why the token endpoint refuses, in the codes of Entra ID."""

import uuid
from datetime import UTC, datetime
from typing import Any


class TokenRefused(Exception):
    def __init__(self, error: str, number: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = 401 if error == "invalid_client" else 400
        at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        trace, correlation = str(uuid.uuid4()), str(uuid.uuid4())
        self.body = {
            "error": error,
            "error_description": (
                f"AADSTS{number}: {message} Trace ID: {trace} "
                f"Correlation ID: {correlation} Timestamp: {at}"
            ),
            "error_codes": [number],
            "timestamp": at,
            "trace_id": trace,
            "correlation_id": correlation,
            **more,
        }


def wrong_secret() -> TokenRefused:
    return TokenRefused("invalid_client", 7000215, "Invalid client secret provided.")


def unknown_client(client_id: str) -> TokenRefused:
    return TokenRefused(
        "unauthorized_client", 700016, f"Application '{client_id}' was not found in the directory."
    )


def wrong_assertion(message: str) -> TokenRefused:
    return TokenRefused("invalid_client", 700027, f"Client assertion failed: {message}.")


def wrong_scope(scope: str) -> TokenRefused:
    return TokenRefused(
        "invalid_scope", 70011, f"The provided value for scope {scope} is not valid."
    )


def unsupported_grant(grant: str) -> TokenRefused:
    return TokenRefused(
        "unsupported_grant_type", 70003, f"The app requested an unsupported grant type '{grant}'."
    )


def bad_user_assertion(message: str) -> TokenRefused:
    return TokenRefused("invalid_grant", 50013, f"Assertion failed validation: {message}.")


def consent_missing() -> TokenRefused:
    return TokenRefused(
        "invalid_grant",
        65001,
        "The user or administrator has not consented to use the application.",
        suberror="consent_required",
    )


def interaction_required(claims: str) -> TokenRefused:
    return TokenRefused(
        "interaction_required",
        50076,
        "Due to a configuration change made by your administrator you must use multi-factor"
        " authentication.",
        suberror="basic_action",
        claims=claims,
    )
