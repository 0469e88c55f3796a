"""What a new activity takes over from its meeting. Pure: the same for what people create and what is captured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from liaison.calendar.model import Synced
from liaison.calendar.rules import synced
from liaison.crm.matching import Matches, MatchKind
from liaison.crm.model import ActivityType, Participant

# What the log keeps of a new activity.
CREATED_MEMBERS = ("subject", "notes", "when", "place", "organizer", "participants")


def content_of(
    offered: Synced, matches: Matches, owner_id: UUID, organizer: Participant
) -> Mapping[str, Any]:
    """Members of `Activity`. It hangs on its owner, one of ours, and on the company of the people from outside."""
    return {
        "type": ActivityType.APPOINTMENT,
        "subject": offered.subject,
        "notes": offered.notes,
        "when": offered.time,
        "recurrence": offered.recurrence,
        "place": offered.place,
        "owner_id": owner_id,
        "organizer": organizer,
        "participants": _invited(matches),
        "company_id": company_of(matches),
    }


def organizer_of(matches: Matches) -> Participant | None:
    """Who organizes the meeting, as the CRM knows him."""
    organizers = (one for one in matches.people if one.response == synced.ORGANIZER)
    one = next(organizers, None)
    return one.as_participant(invite=True) if one else None


def company_of(matches: Matches) -> UUID | None:
    """The company that all contacts among the people share; none where they are of several."""
    companies = {one.candidates[0].company_id for one in matches.of_kind(MatchKind.CONTACT)}
    return companies.pop() if len(companies) == 1 else None


def _invited(matches: Matches) -> tuple[Participant, ...]:
    """Outlook has mailed them, and shall go on."""
    return tuple(one.as_participant(invite=True) for one in matches.people)
