"""The mark of a stub whose last copy left without a cancellation: nobody knows whether it takes place. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liaison.crm.model import Activity, ReviewNote

LEFT = ReviewNote("last-copy-gone")


def left_members(activity: Activity | None) -> Mapping[str, Any]:
    """What marks the stub; nothing where it is marked already, and for what people made."""
    if activity is None or not activity.stub or LEFT in activity.review:
        return {}
    return {"review": (*activity.review, LEFT)}


def without_left(review: tuple[ReviewNote, ...]) -> tuple[ReviewNote, ...]:
    """The marks of an activity whose meeting is seen again."""
    return tuple(note for note in review if note != LEFT)
