"""Whether an address that Graph handed out is one that our token may be sent to. Pure."""

from __future__ import annotations

from urllib.parse import SplitResult, unquote, urlsplit

_PORTS = {"https": 443, "http": 80}


def is_within(link: str, graph_url: str) -> bool:
    """Whether the link is of the configured Graph: same scheme, host and port, path below its prefix.

    A link that came from an answer or from the database must never carry our token elsewhere.
    """
    if not link.isascii() or not link.isprintable() or "\\" in link or " " in link:
        return False
    try:
        target, graph = urlsplit(link), urlsplit(graph_url)
        same_place = _place(target) == _place(graph)
    except ValueError:
        return False
    if not same_place or "@" in target.netloc:
        return False
    path = unquote(target.path)
    has_dots = any(part in {".", ".."} for part in path.split("/"))
    return not has_dots and path.startswith(graph.path.rstrip("/") + "/")


def _place(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
