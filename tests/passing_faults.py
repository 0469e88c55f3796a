"""What goes wrong with Microsoft 365 now and then, and passes: for plays at random."""

from __future__ import annotations

from typing import Any


def passing_faults(retry_after: str = "2.128") -> tuple[dict[str, Any], ...]:
    """As the sandbox takes them. `retry_after`: the seconds for which it asks to slow down."""
    return (
        {"status": 429, "retry_after": retry_after},
        {"status": 500},
        {"status": 503, "times": 3},
        {"status": 401, "code": "InvalidAuthenticationToken", "times": 2},
        {"status": 410, "code": "SyncStateNotFound", "path_regex": "token"},
        {"kind": "drop-before", "times": 2},
        {"kind": "drop-after"},
        {"kind": "truncate"},
    )
