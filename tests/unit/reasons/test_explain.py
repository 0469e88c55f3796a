from datetime import UTC, datetime
from pathlib import Path

import pytest

from liaison.calendar.model import LoggedDecision
from liaison.reasons.explain import explain
from liaison.reasons.model import Outcome
from liaison.reasons.registry import REASONS, get_reason

SNAPSHOTS = Path(__file__).parents[2] / "snapshots"
BERLIN = "Europe/Berlin"
MOVED = (
    {"start": "2026-11-23T09:00:00+00:00", "end": "2026-11-23T10:00:00+00:00"},
    {"start": "2026-11-24T09:00:00+00:00", "end": "2026-11-24T10:00:00+00:00"},
)
INES = {"name": "Ines Moreau", "address": "ines@contoso.example", "response": "none"}
JON = {"name": "Jon Okafor", "address": "jon@contoso.example", "response": "none"}


def a_decision(reason, before=None, after=None, outcome=None, **facts):
    return LoggedDecision(
        reason=reason,
        action="update-activity",
        outcome=outcome or get_reason(reason).outcome,
        actor="SYNC_MASTER",
        policy_version=1,
        at=datetime(2026, 11, 20, 9, 2, tzinfo=UTC),
        before=before or {},
        after=after or {},
        facts=facts,
    )


def updated(before, after, **facts):
    return a_decision("activity-updated", before, after, **facts)


STORY = (
    updated(*MOVED),
    updated(MOVED[0], MOVED[0] | {"end": "2026-11-23T11:30:00+00:00"}),
    updated({"end": MOVED[0]["end"]}, {"end": "2026-11-23T11:30:00+00:00"}),
    updated({"start": MOVED[0]["start"]}, {"start": "2026-11-23T08:30:00+00:00"}),
    updated(
        MOVED[0] | {"allDay": False}, {"start": "2026-12-30", "end": "2027-01-02", "allDay": True}
    ),
    updated({"timeZone": "Europe/Berlin"}, {"timeZone": "Europe/London"}),
    updated({"subject": "Renewal"}, {"subject": "Renewal Contoso"}),
    updated({"location": ""}, {"location": "Room 2"}),
    updated({"location": "Room 2"}, {"location": ""}),
    updated({"notes": "Old"}, {"notes": "New"}),
    updated({"participants": [INES]}, {"participants": [JON]}),
    updated({"participants": [INES]}, {"participants": [INES | {"response": "accepted"}]}),
    updated({"participants": [INES]}, {"participants": [INES | {"kind": "contact"}]}),
    updated(MOVED[0] | {"subject": "A", "notes": ""}, MOVED[1] | {"subject": "B", "notes": "c"}),
    updated({"subject": "Mine"}, {"subject": "Theirs"}, first=True),
    updated({"subject": "Mine"}, {"subject": "Theirs"}, first=True, apart=["place"]),
    a_decision("event-cancelled", {"status": "planned"}, {"status": "cancelled"}),
    a_decision("event-deleted", {"deletedAt": None}, {"deletedAt": "2026-11-20T09:02:00+00:00"}),
    a_decision("event-deleted", {"review": []}, {"review": [{"reason": "event-deleted"}]}),
    a_decision("event-cancelled"),
    a_decision("event-restored", {"status": "cancelled"}, {"status": "planned"}),
    a_decision("event-restored"),
    a_decision("invitee-copy", organizer="Ann Berg"),
    a_decision("followed-copy", organizer="Kim Sato"),
    a_decision("followed-copy", outcome=Outcome.SKIPPED),
    a_decision("organizer-changed", organizer="Bo Lind"),
    a_decision("participants-matched", people=["ines@contoso.example", "jon@contoso.example"]),
    a_decision("participants-unknown", people=["mia@unknown.example"]),
    a_decision("unlinked-by-person", actor="Ann Berg"),
    a_decision("unlinked-by-person", actor="Ada Admin", how="undone"),
    a_decision("unlinked-by-person", actor="command line", how="undone"),
    a_decision("unlinked-by-person", actor="Ann Berg", how="retracted"),
    a_decision("link-frozen", cause="private"),
    a_decision("unsupported", kind="series-master"),
    a_decision("throttled", nextAt="2026-11-20T09:05:00+00:00"),
    a_decision("retry-later", nextAt="2026-11-21T09:05:00+00:00", why="Microsoft did not answer"),
    a_decision("owned-by-outlook", fields=["subject", "start"]),
)


def test_the_sentences_of_a_story_read_as_they_should():
    sentences = "".join(f"{explain(decision, BERLIN)}\n" for decision in STORY)

    assert sentences == (SNAPSHOTS / "explain_story.txt").read_text("utf-8")


def test_every_reason_reads_well_also_without_facts():
    sentences = "".join(
        f"{reason.code}: {explain(a_decision(reason.code), BERLIN)}\n" for reason in REASONS
    )

    assert sentences == (SNAPSHOTS / "explain_every_reason.txt").read_text("utf-8")


def test_moved_is_said_in_the_readers_zone():
    assert explain(updated(*MOVED), "America/New_York") == (
        "Moved from Mon 23 Nov 04:00 to Tue 24 Nov 04:00, because the meeting was moved in Outlook."
    )


@pytest.mark.parametrize("decision", STORY)
def test_a_sentence_never_shows_a_code(decision):
    assert decision.reason not in explain(decision, BERLIN)


def test_a_reason_of_a_later_version_is_explained_honestly():
    unknown = LoggedDecision(
        "from-the-future", "leave", Outcome.SKIPPED, "SYNC_MASTER", 1, STORY[0].at
    )

    assert "does not know" in explain(unknown, BERLIN)
