"""Versions on the wire: If-Match on what is changed, ETag and If-None-Match on what is read often."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Response, request

from liaison.errors import VersionMismatch, VersionRequired

# "4", W/"4" and our own ETags ("4.2.0": the first number is the activity's).
WRITTEN = re.compile(r'(?:W/)?"?(\d{1,9})(?:\.\d+)*"?')


def required_version() -> int:
    """The version that the caller read. Without one nobody knows whose change is overwritten."""
    given = request.headers.get("If-Match")
    if given is None:
        raise VersionRequired
    written = WRITTEN.fullmatch(given.strip())
    if written is None:
        # A version of another making can only be one that is not in force.
        raise VersionMismatch
    return int(written[1])


def is_known(etag: str) -> bool:
    """Whether the caller has this state already."""
    return request.if_none_match.contains_weak(etag)


def not_modified(etag: str) -> Response:
    """Nothing changed since."""
    response = Response(status=304)
    response.set_etag(etag)
    return response


def version_or(current: Callable[[], int]) -> int:
    """The version in If-Match; where none is given, the one in force."""
    return required_version() if "If-Match" in request.headers else current()
