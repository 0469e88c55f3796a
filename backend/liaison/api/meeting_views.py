"""Meetings as they are shown, with who their people are to the CRM."""

from __future__ import annotations

from typing import Any

from liaison.api.moments import in_zone, show_when
from liaison.crm.matching import Match, MatchKind
from liaison.outlook.model import CalendarEvent

FOUND = {MatchKind.REPRESENTATIVE, MatchKind.CONTACT}


def show_meeting(event: CalendarEvent, mailbox: str) -> dict[str, Any]:
    """As `MeetingAnswer` writes it; `mailbox` is the address in whose calendar it was read."""
    original = event.original_start
    return {
        "event_id": event.event_id,
        "ical_uid": event.ical_uid,
        "mailbox": mailbox,
        "kind": event.kind,
        "subject": event.subject,
        **show_when(event.when),
        "location": event.place,
        "organizer": {"name": event.organizer.name, "address": event.organizer.address},
        "is_organizer": event.is_organizer,
        "series_master_id": event.series_master_id,
        "original_start": in_zone(original, event.when.time_zone) if original else None,
        "private": event.is_private,
    }


def show_match(match: Match) -> dict[str, Any]:
    """As `MatchedPersonAnswer` writes it."""
    return {
        "address": match.address,
        "name": match.name,
        "role": match.role,
        "response": match.response,
        "match": {
            "kind": match.kind,
            "id": match.candidates[0].id if match.kind in FOUND else None,
            "candidates": match.candidates,
        },
    }
