"""Which meeting a request names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liaison.calendar.linking.values import MeetingQuery

MEMBERS = ("item_id", "mailbox", "start", "subject", "end", "organizer")


def meeting_query(loaded: Mapping[str, Any]) -> MeetingQuery:
    """As the calendar asks it."""
    return MeetingQuery(**{name: loaded[name] for name in MEMBERS if name in loaded})
