"""How one value of the environment is read. A wrong one raises BadValue with the end of a sentence."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

LOG_LEVELS = ("debug", "info", "warning", "error")
NO_ADDRESS = "is no web address such as https://liaison.example.com"


class BadValue(ValueError):
    """What is wrong with the value, as it continues "LIAISON_X …"."""


def read_address(text: str) -> str:
    """An http(s) address without credentials, query or fragment; https except on this machine."""
    parts = _split(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadValue(NO_ADDRESS)
    if parts.username is not None or parts.query or parts.fragment:
        raise BadValue("takes no user name, no ?query and no #fragment")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise BadValue("must begin with https:// (http is for this machine only)")
    return text.rstrip("/")


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        raise BadValue(NO_ADDRESS) from None
    return parts


def is_loopback(host: str) -> bool:
    """Whether this host name means the machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read_port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:  # noqa: PLR2004 - the range of TCP
        raise BadValue("is no port: give a number from 1 to 65535")
    return int(text)


def read_database_url(text: str) -> str:
    if _split(text).scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise BadValue("must look like postgresql://user:password@host/database")
    return text.replace("postgres://", "postgresql://", 1)


def read_uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise BadValue("is no id such as 00000000-0000-0000-0000-000000000000") from None


def read_readable_file(text: str) -> Path:
    path = Path(text)
    try:
        path.open("rb").close()
    except OSError as error:
        raise BadValue(f"names a file that cannot be read ({error.strerror}): {text}") from None
    return path


def read_origins(text: str) -> tuple[str, ...]:
    origins = tuple(read_address(word) for word in text.split())
    if any(urlsplit(origin).path for origin in origins):
        raise BadValue("takes origins only (https://host), separated by blanks")
    return origins


def read_log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise BadValue(f"must be one of {', '.join(LOG_LEVELS)}")
    return text.lower()


def read_host(text: str) -> str:
    if not text or any(character in text for character in "/ @"):
        raise BadValue("is no host name or address to listen on")
    return text
