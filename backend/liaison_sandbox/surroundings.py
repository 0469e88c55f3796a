"""Whether this machine is configured for a real tenant; then the stand-in must not start."""

from collections.abc import Mapping
from urllib.parse import urlsplit

_ADDRESSES = ("LIAISON_GRAPH_URL", "LIAISON_LOGIN_URL")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def find_real_tenant(environment: Mapping[str, str]) -> str | None:
    """One sentence that names the setting, or None where nothing speaks of a real tenant."""
    for name in _ADDRESSES:
        if environment.get(name) and not _is_loopback(environment[name]):
            return f"{name} names a real service, so the stand-in tenant does not start beside it."
    if environment.get("LIAISON_TENANT_ID") and not environment.get("LIAISON_GRAPH_URL"):
        return "LIAISON_TENANT_ID names a real tenant, so the stand-in does not start beside it."
    return None


def _is_loopback(url: str) -> bool:
    return urlsplit(url).hostname in _LOOPBACK
