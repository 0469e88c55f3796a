"""What every answer says about how it may be used: framing, scripts, caching, trace id."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from liaison.config import Settings
from liaison.telemetry import current_trace_id

# There is no official list; LIAISON_FRAME_ANCESTORS adds what a sovereign cloud needs.
OUTLOOK_HOSTS = (
    "https://outlook.office.com",
    "https://outlook.office365.com",
    "https://outlook.cloud.microsoft",
    "https://outlook.live.com",
)
# Of the second host only what office.js loads: it also has frameworks that would undo this policy.
OFFICE_SCRIPTS = ("https://appsforoffice.microsoft.com", "https://ajax.aspnetcdn.com/ajax/3.5/")
OFFICE_JS = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js"
ONE_YEAR = 31_536_000


def register_headers(app: Flask, settings: Settings) -> None:
    """Send them with everything, `/` and errors included: Outlook looks at the root of the host too."""
    policy = content_security_policy(settings)
    is_secure = settings.public_url.startswith("https://")

    def add(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = policy
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Trace-Id"] = current_trace_id() or ""
        if is_secure:
            headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}"
        if request.path.startswith("/api/"):
            headers.setdefault("Cache-Control", "no-store")
        return response

    app.after_request(add)


def content_security_policy(settings: Settings) -> str:
    """No inline code, no other hosts than Office's and the sign-in's, and frames only where we are hosted."""
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *OFFICE_SCRIPTS],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'", origin(settings.login_url)],
        "font-src": ["'self'"],
        "frame-ancestors": ["'self'", *OUTLOOK_HOSTS, *settings.frame_ancestors],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def origin(address: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
