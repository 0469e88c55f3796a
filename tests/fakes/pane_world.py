"""What a small CRM and one meeting look like over HTTP, for stories about the pages alone."""

import copy
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
ANNA = {
    "id": "019a0000-0000-7000-8000-000000000001",
    "name": "Anna Vogt",
    "address": "anna@nordwind.example",
}
CONTOSO = {"id": "019a0000-0000-7000-8000-0000000000c0", "name": "Contoso Ltd"}
START, END = "2026-11-24T10:00:00+01:00", "2026-11-24T11:00:00+01:00"


def an_activity(subject: str = "Renewal Contoso", **changes: Any) -> Json:
    activity = {
        "id": str(uuid.uuid4()),
        "type": "appointment",
        "subject": subject,
        "notes": "",
        "internalNotes": "",
        "outcome": "",
        "nextStep": "",
        "regarding": None,
        "start": START,
        "end": END,
        "timeZone": "Europe/Berlin",
        "allDay": False,
        "location": "Room 4",
        "status": "planned",
        "deletedAt": None,
        "confidential": False,
        "owner": ANNA,
        "organizer": ANNA,
        "company": CONTOSO,
        "participants": [],
        "recurrence": None,
        "stub": False,
        "review": [],
        "transferToOutlook": False,
        "outlook": {"state": "none", "reason": None, "webLink": None},
        "link": None,
        "version": 1,
        "createdBy": "Anna Vogt",
        "changedBy": "Anna Vogt",
        "changedAt": "2026-11-20T09:00:00Z",
    }
    return activity | changes


def a_meeting(**changes: Any) -> Json:
    meeting = {
        "eventId": "immutable-1",
        "icalUid": "ical-1",
        "mailbox": "anna@nordwind.example",
        "kind": "single-instance",
        "subject": "Quarterly review",
        "start": START,
        "end": END,
        "timeZone": "Europe/Berlin",
        "allDay": False,
        "location": "Room 4",
        "organizer": {"name": "Anna Vogt", "address": "anna@nordwind.example"},
        "isOrganizer": True,
        "seriesMasterId": None,
        "originalStart": None,
        "private": False,
    }
    return meeting | changes


def an_occurrence(**changes: Any) -> Json:
    """One Tuesday of a weekly series that ends before Christmas."""
    kinds = {"kind": "occurrence", "seriesMasterId": "immutable-series", "originalStart": START}
    return a_meeting(**(kinds | changes))


def a_recurrence(*exceptions: Json) -> Json:
    dates = [
        ("2026-11-24", "10:00", "11:00"),
        ("2026-12-01", "10:00", "11:00"),
        ("2026-12-09", "14:00", "15:00"),
    ]
    return {
        "rule": "FREQ=WEEKLY;BYDAY=TU;WKST=MO;UNTIL=20261218T090000Z",
        "exceptions": list(exceptions),
        "nextDates": [
            {"start": f"{day}T{start}:00+01:00", "end": f"{day}T{end}:00+01:00"}
            for day, start, end in dates
        ],
    }


def an_exception(start: str, kind: str = "cancelled", **changes: Any) -> Json:
    exception = {
        "originalStart": start,
        "kind": kind,
        "fields": {},
        "apart": False,
        "activityId": None,
    }
    return exception | changes


def some_people() -> list[Json]:
    return [
        {
            "address": "anna@nordwind.example",
            "name": "Anna Vogt",
            "role": "required",
            "response": "organizer",
            "match": {"kind": "representative", "id": ANNA["id"], "candidates": []},
        },
        {
            "address": "bo@contoso.example",
            "name": "Bo Lind",
            "role": "required",
            "response": "accepted",
            "match": {"kind": "contact", "id": "c1", "candidates": []},
        },
        {
            "address": "c@x.example",
            "name": "",
            "role": "optional",
            "response": "none",
            "match": {"kind": "unknown", "id": None, "candidates": []},
        },
        {
            "address": "info@contoso.example",
            "name": "Ines Moreau",
            "role": "required",
            "response": "tentative",
            "match": {
                "kind": "ambiguous",
                "id": None,
                "candidates": [
                    {"id": "c2", "name": "Ines Moreau"},
                    {"id": "c3", "name": "Ines Maron"},
                ],
            },
        },
    ]


def a_decision(sentence: str, **changes: Any) -> Json:
    decision = {
        "id": str(uuid.uuid4()),
        "at": "2026-11-20T09:02:00Z",
        "reason": "activity-updated",
        "action": "update-activity",
        "outcome": "applied",
        "sentence": sentence,
        "before": {},
        "after": {},
        "actor": None,
        "runId": None,
        "traceId": "trace-of-a-run",
        "policyVersion": 1,
        "activityId": None,
        "subject": None,
        "eventId": None,
        "mailbox": "anna@nordwind.example",
    }
    return decision | changes


@dataclass
class PaneWorld:
    """The facts that the fake server tells; a story changes them at will."""

    me: Json = field(
        default_factory=lambda: {
            "oid": "o1",
            "name": "Anna Vogt",
            "address": "anna@nordwind.example",
            "isAdministrator": True,
            "representative": ANNA | {"syncActive": True, "permissions": []},
            "timeZone": "Europe/Berlin",
        }
    )
    meeting: Json | None = field(default_factory=a_meeting)
    recurrence: Json | None = None
    people: list[Json] = field(default_factory=some_people)
    link: Json | None = None
    copied_from: Json | None = None
    activities: dict[str, Json] = field(default_factory=dict)
    suggestions: list[Json] = field(default_factory=list)
    differences: list[Json] = field(default_factory=list)
    decisions: list[Json] = field(default_factory=list)
    faults: list[tuple[str, str, int, Json]] = field(default_factory=list)
    lists: dict[str, list[Json]] = field(default_factory=dict)
    documents: dict[str, Json] = field(default_factory=dict)

    def add(self, activity: Json) -> Json:
        self.activities[activity["id"]] = activity
        return activity

    def change(self, activity_id: str, **values: Any) -> Json:
        activity = self.activities[activity_id]
        activity |= values | {"version": activity["version"] + 1}
        return activity

    def link_with(self, activity: Json, **changes: Any) -> Json:
        self.link = {
            "id": str(uuid.uuid4()),
            "activityId": activity["id"],
            "scope": "single",
            "state": "live",
            "icalUid": "ical-1",
            "originalStart": None,
            "mailboxes": [{"address": "anna@nordwind.example", "eventId": "immutable-1"}],
            "lastSyncedAt": "2026-11-20T09:02:00Z",
            "endedAt": None,
            "endedBy": None,
            "endedReason": None,
            "frozenReason": None,
        } | changes
        self.change(activity["id"], link=self.link)
        return self.link

    def meeting_view(self) -> Json:
        activity = self.activities.get(self.link["activityId"]) if self.link else None
        return copy.deepcopy(
            {
                "meeting": self.meeting,
                "recurrence": self.recurrence,
                "link": self.link,
                "copiedFrom": self.copied_from,
                "activity": activity,
                "participants": self.people,
                "differences": self.differences,
                "suggestions": []
                if self.link and self.link["state"] == "live"
                else self.suggestions,
                "decisions": self.decisions,
            }
        )

    def fault_for(self, method: str, path: str) -> tuple[int, Json] | None:
        """Each fault answers one request and is gone."""
        for fault in self.faults:
            if fault[0] == method and re.search(fault[1], path):
                self.faults.remove(fault)
                return fault[2], fault[3]
        return None
