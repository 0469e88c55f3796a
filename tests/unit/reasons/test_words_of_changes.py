"""What a sentence of the log says about times, people, occurrences and held removals."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from liaison.calendar.model import LoggedDecision
from liaison.reasons import people
from liaison.reasons.changes import phrase_changes
from liaison.reasons.explain import explain
from liaison.reasons.moments import later_words, span_words
from liaison.reasons.occurrences import occurrence_words
from liaison.reasons.registry import get_reason

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
AT = datetime(2026, 11, 20, 9, 2, tzinfo=UTC)
INES = {"name": "Ines Moreau", "address": "ines@contoso.example", "response": "none"}
JON = {"name": "Jon Okafor", "address": "jon@contoso.example", "response": "none"}
# Eleven in the evening in Berlin, the next day in Tokyo.
LATE, LATER = "2026-11-23T22:00:00+00:00", "2026-11-23T23:30:00+00:00"


def phrases(before, after, zone=BERLIN):
    return phrase_changes(before, after, zone, 2026)


def said(reason, actor="SYNC_MASTER", after=None, **facts):
    decision = LoggedDecision(
        reason=reason,
        action="none",
        outcome=get_reason(reason).outcome,
        actor=actor,
        policy_version=1,
        at=AT,
        after=after or {},
        facts=facts,
    )
    return explain(decision, "Europe/Berlin")


def occurrence(zone=BERLIN, **facts):
    words = occurrence_words(facts, zone, 2026)
    return words["occurrence"], words["occurrence_changes"]


def test_what_repeats_otherwise_is_said():
    weekly = {"rule": "FREQ=WEEKLY", "exceptions": []}

    assert phrases({"recurrence": None}, {"recurrence": weekly}) == ["made a series"]
    assert phrases({"recurrence": weekly}, {"recurrence": None}) == ["made a single meeting"]
    assert phrases({"recurrence": weekly}, {"recurrence": {"rule": "FREQ=DAILY"}}) == [
        "it repeats on other days"
    ]


def test_several_changes_stand_in_one_order():
    after = {"notes": "New", "participants": [JON], "review": [{"reason": "event-deleted"}]}

    assert phrases({"participants": []}, after) == [
        "notes changed",
        "Jon Okafor added",
        "activity marked for editing",
    ]


def test_a_time_of_which_half_is_unknown_is_not_told_as_a_move():
    assert phrases({"start": LATE}, {"start": LATE, "end": LATER})[0].startswith("now begins")
    assert phrases({"timeZone": None}, {"timeZone": "Europe/Berlin"}) == []


def test_everybody_who_answered_is_named():
    now = [INES | {"response": "accepted"}, JON | {"response": "tentative"}]

    assert people.phrases([INES, JON], now) == [
        "Ines Moreau accepted",
        "Jon Okafor accepted tentatively",
    ]


def test_whoever_has_no_address_is_known_by_name():
    one, two = {"name": "One"}, {"name": "Two"}

    assert people.phrases([one], [one, two]) == ["Two added"]
    assert people.phrases([INES], [INES | {"name": "Moreau, Ines"}]) == ["people updated"]


def test_whoever_takes_his_answer_back_is_asked_again():
    accepted, silent = INES | {"response": "accepted"}, {"name": "Ines", "address": INES["address"]}

    assert people.phrases([accepted], [INES]) == ["Ines Moreau is asked again"]
    assert people.phrases([accepted], [silent]) == ["Ines is asked again"]


def test_a_day_long_meeting_that_becomes_a_whole_day_is_told_with_its_end():
    timed = {"start": "2026-11-23T09:00:00+00:00", "end": "2026-11-24T09:00:00+00:00"}
    whole = {"start": "2026-11-23", "end": "2026-11-24"}

    assert phrases(timed, whole) == [
        "moved from Mon 23 Nov 10:00 until Tue 24 Nov 10:00 to Mon 23 Nov until Tue 24 Nov"
    ]


@pytest.mark.parametrize(
    ("count", "last"),
    [(4, "P3 added"), (5, "P4 added"), (6, "2 more people changed"), (9, "5 more people changed")],
)
def test_beyond_a_handful_people_are_counted(count, last):
    found = people.phrases([], [{"name": f"P{number}"} for number in range(count)])

    assert len(found) == min(count, 5)
    assert found[-1] == last


def test_moments_are_read_in_the_readers_zone():
    assert span_words(LATE, LATER, BERLIN, 2026) == "Mon 23 Nov 23:00 until Tue 24 Nov 00:30"
    assert span_words(LATE, LATER, TOKYO, 2026) == "Tue 24 Nov 07:00-08:30"
    assert span_words(LATE, LATER, TOKYO, 2025) == "Tue 24 Nov 2026 07:00-08:30"
    assert span_words("2026-11-23", "2026-11-23", BERLIN, 2026) == "Mon 23 Nov"
    assert later_words(LATER, AT.replace(day=23), TOKYO) == "on Tue 24 Nov at 08:30"
    assert later_words(LATER, AT.replace(day=23, hour=16), TOKYO) == "at 08:30"


def test_an_occurrence_is_known_by_its_day_and_its_changes_are_named():
    assert occurrence() == ("an occurrence", "changed")
    assert occurrence(originalStart=LATE) == ("the occurrence of Mon 23 Nov", "changed")
    assert occurrence(TOKYO, originalStart="2027-01-04") == (
        "the occurrence of Mon 4 Jan 2027",
        "changed",
    )
    assert occurrence(TOKYO, originalStart=LATE, start=LATER, end="2026-11-24T00:30:00+00:00") == (
        "the occurrence of Tue 24 Nov",
        "moved to Tue 24 Nov 08:30-09:30",
    )
    assert occurrence(originalStart=LATE, start=LATE, end=LATER)[1] == (
        "changed to Mon 23 Nov 23:00 until Tue 24 Nov 00:30"
    )
    assert occurrence(originalStart=LATE, start=LATER)[1].startswith("moved to Tue 24 Nov 00:30")


def test_a_transfer_says_who_was_invited():
    begin = "The meeting was created in the calendar of Ann, because the activity was transferred"

    assert said("event-created", organizer="Ann", invited=["Ines", "Bo"]) == (
        f"{begin}; an invitation by mail went to Ines and Bo."
    )
    assert said("event-created", organizer="Ann", invited=[*"ABCDEF"]) == (
        f"{begin}; an invitation by mail went to A, B, C, D and 2 more."
    )
    assert said("event-created", organizer="Ann", invited=[]) == f"{begin}; nobody was invited."
    assert said("event-created", organizer="Ann") == f"{begin}."


def changed_in(*exceptions):
    weekly = {"rule": "FREQ=WEEKLY", "exceptions": []}
    return phrases({"recurrence": weekly}, {"recurrence": weekly | {"exceptions": [*exceptions]}})


def test_a_summary_names_the_occurrences_that_changed_and_how():
    moved = {
        "originalStart": LATE,
        "kind": "changed",
        "fields": {"start": LATER, "participants": []},
    }
    renamed = {"originalStart": LATE, "kind": "changed", "fields": {"subject": "New"}}
    cancelled = {"originalStart": LATE, "kind": "cancelled", "fields": {}}

    assert changed_in(moved) == ["the occurrence of Mon 23 Nov moved to Tue 24 Nov 00:30"]
    assert changed_in(renamed) == ['the occurrence of Mon 23 Nov renamed to "New"']
    assert changed_in(cancelled) == ["the occurrence of Mon 23 Nov cancelled"]
    assert changed_in(cancelled, cancelled, cancelled, cancelled) == [
        "4 single occurrences changed"
    ]
    assert changed_in() == ["single occurrences changed"]


def test_an_occurrence_of_which_only_the_answers_differ_says_so():
    assert occurrence(answers=True)[1] == "given other answers"


def test_everything_else_of_an_occurrence_is_named_too():
    others = {"subject": "New", "location": "Room 2", "notes": "n", "participants": [INES]}

    assert occurrence(**others)[1] == (
        'renamed to "New", given the place "Room 2", given other notes and'
        " given other people or answers"
    )
    assert occurrence(location="")[1] == "left without a place"


def test_a_held_removal_says_who_decided_what():
    waiting = said("held-removal")
    approved = said("held-removal", actor="Ann Berg", settled="approved")
    restored = said("held-removal", actor="Ann Berg", settled="restored")

    because = "because unusually many meetings vanished at once"
    assert waiting == f"The removal waits for an administrator, {because}."
    assert approved == (
        f"The removal waited, {because}; Ann Berg approved it, and the meeting is looked up again."
    )
    assert restored == (
        f"The removal was in doubt, {because}; Ann Berg discarded it, and the activity was restored."
    )


def test_what_came_back_says_what_became_of_the_activity():
    assert said("event-restored", held=True).endswith(
        ", so its removal waits no more and the activity stays as it is."
    )
    assert "the activity was restored" in said("event-restored", after={"status": "planned"})


def test_a_cause_is_said_without_a_second_stop():
    assert "(Nobody answers)" in said("retry-later", why="Nobody answers.")
    assert "(it is a series)" in said("unsupported", kind="series-master")
    assert "(" not in said("unsupported", kind="of-a-later-version")


def test_several_people_and_one_are_told_apart():
    one = said("participants-unknown", people=["mia@x.example"])
    two = said("participants-unknown", people=["mia@x.example", "jo@x.example"])

    assert one.startswith("mia@x.example ")
    assert two.startswith("mia@x.example and jo@x.example ")
    assert said("participants-matched", people=["mia@x.example"]).startswith("mia@x.example was ")
    assert said("participants-matched", people=["ines", "mia@x.example"]).startswith("Ines and ")
    assert " to 3 people " in said("mail-held", count=3)


def test_the_year_is_that_of_the_reader():
    new_years_eve = LoggedDecision(
        reason="occurrence-cancelled",
        action="none",
        outcome=get_reason("occurrence-cancelled").outcome,
        actor="SYNC_MASTER",
        policy_version=1,
        at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
        facts={"originalStart": "2027-01-04"},
    )

    assert "4 Jan" in explain(new_years_eve, "Europe/Berlin")
    assert "4 Jan 2027" not in explain(new_years_eve, "Europe/Berlin")
    earlier = replace(new_years_eve, at=AT)
    assert "4 Jan 2027" in explain(earlier, "Europe/Berlin")


@pytest.mark.parametrize(("count", "words"), [(1, "1 exception was"), (2, "2 exceptions were")])
def test_dropped_exceptions_are_counted(count, words):
    told = said("exceptions-dropped", actor="Ann Berg", count=count)

    assert told.startswith(f"Ann Berg changed how the series repeats; {words} dropped")
