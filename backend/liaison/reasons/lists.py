"""Several things in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def join(parts: Sequence[str]) -> str:
    """One, two and three: one, two and three."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
