"""What a copy of a linked meeting is given for people to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from calendar_builders import a_link, a_situation, an_activity, an_event
from liaison.calendar.model import LinkState
from liaison.calendar.rules.decision import Agree, CancelEvent, Decision, EndLink, Leave
from liaison.calendar.rules.labels import (
    FAILED_CATEGORY,
    LINKED_CATEGORY,
    Labels,
    categories_with,
    failure_of,
    labels_of,
    wants_labels,
)
from liaison.calendar.rules.situation import Seen, Veiled
from liaison.outlook.model import EventKind
from liaison.policy.settings import Policy
from merging import offer_of
from series_builders import MON, an_hour, series, weekly

MARKS = Policy(mark=True)
NONE = Policy(mark=False, deep_link=False, regarding_text=False)
WRITES = Policy(mark=False, deep_link=True, regarding_text=True)
URL = "https://crm.example"
LEAVE = Decision(Leave(), "already-agreed")
ADDRESS = f"CRM activity: {URL}/crm/activities/{an_activity().id}"


def labels(
    policy: Policy = MARKS, decision: Decision = LEAVE, *, event: Any = None, **members: Any
) -> Labels | None:
    return labels_of(a_situation(event, policy=policy, **members), decision, URL)


def categories(**members: Any) -> tuple[str, ...] | None:
    found = labels(**members)
    return found and found.categories


def test_a_linked_copy_gets_the_category_and_keeps_those_of_its_owner() -> None:
    event = an_event(categories=("Red", "Travel"))
    assert categories(event=event) == ("Red", "Travel", LINKED_CATEGORY)


def test_a_copy_that_has_it_gets_nothing_whatever_its_case_and_place() -> None:
    assert labels(event=an_event(categories=(LINKED_CATEGORY, "Red"))) is None
    assert categories_with(("red", LINKED_CATEGORY), LINKED_CATEGORY) == ("red", LINKED_CATEGORY)


def test_a_success_takes_the_mark_of_a_failure_away() -> None:
    event = an_event(categories=("crm FAILED", "Red"))
    assert categories(event=event) == ("Red", LINKED_CATEGORY)


def test_a_failure_takes_the_mark_of_success_away_once() -> None:
    found = failure_of(a_link(), an_event(categories=(LINKED_CATEGORY, "Red")))
    assert found
    assert found.categories == ("Red", FAILED_CATEGORY)
    assert failure_of(a_link(), an_event(categories=("Red", FAILED_CATEGORY))) is None


def test_an_invitees_copy_is_marked_too() -> None:
    assert categories(event=an_event(is_organizer=False)) == (LINKED_CATEGORY,)


def test_an_ended_link_loses_the_mark() -> None:
    ended = a_link(state=LinkState.ENDED, ended_reason="unlinked-by-person")
    event = an_event(categories=("Red", LINKED_CATEGORY))
    assert categories(event=event, link=ended) == ("Red",)
    assert categories(event=event, decision=Decision(EndLink(), "failed-permanent")) == ("Red",)


def test_what_was_retracted_is_not_touched_in_outlook() -> None:
    retracted = a_link(state=LinkState.ENDED, ended_reason="retracted")
    assert labels(event=an_event(categories=(LINKED_CATEGORY,)), link=retracted) is None


@pytest.mark.parametrize(
    "members",
    [
        {"link": None},
        {"link": a_link(state=LinkState.FROZEN)},
        {"link": a_link(state=LinkState.RESERVED)},
        {"link": a_link(original_start=datetime(2026, 11, 23, 9, tzinfo=UTC))},
        {"policy": Policy(mark=False)},
        {"event": an_event(is_cancelled=True)},
        {"now": an_event().when.ends_at + timedelta(seconds=1)},
        {"decision": replace(LEAVE, outlook=CancelEvent("AAMk-ann", has_attendees=False))},
        {"event": Seen(an_event(), veiled=Veiled("", frozenset(), has_attendees=False))},
    ],
    ids=["unlinked", "frozen", "reserved", "occurrence", "off", "cancelled", "past", "write", "veiled"],
)  # fmt: skip
def test_nothing_is_marked(members: dict[str, Any]) -> None:
    assert labels(**members) is None


def test_lines_go_into_an_appointment_without_guests() -> None:
    activity = an_activity(regarding="Renewal")
    found = labels(WRITES, event=an_event(attendees=()), activity=activity)
    assert found
    assert found.lines == ("CRM regarding: Renewal", ADDRESS)
    assert found.categories is None
    assert found.what == "was given lines about its activity"


def test_lines_that_are_there_are_not_written_again_even_if_a_person_changed_them() -> None:
    notes = "CRM regarding: something else\nCRM activity: nowhere"
    event = an_event(attendees=(), notes=notes)
    assert labels(WRITES, event=event, activity=an_activity(regarding="Renewal")) is None


@pytest.mark.parametrize("event", [an_event(), an_event(attendees=(), is_organizer=False)])
def test_guests_are_never_mailed_for_the_sake_of_a_line(event: Any) -> None:
    assert labels(WRITES, event=event) is None


def test_the_log_says_what_a_copy_went_through() -> None:
    both = labels(replace(MARKS, deep_link=True), event=an_event(attendees=()))
    assert both
    assert both.what == "was given the category In CRM and was given lines about its activity"
    link = a_link(state=LinkState.ENDED)
    lost = labels(event=an_event(categories=(LINKED_CATEGORY,)), link=link)
    assert lost
    assert lost.what == "lost our category"


def test_a_link_that_is_agreed_is_marked_like_any_other() -> None:
    situation = a_situation(policy=MARKS)
    assert situation.offered
    agree = Decision(Agree(situation.offered), "already-agreed")
    assert labels_of(situation, agree, URL) is not None


@pytest.mark.parametrize("one", ["mark", "deep_link", "regarding_text"])
def test_each_label_is_wanted_by_itself(one: str) -> None:
    assert wants_labels(replace(NONE, **{one: True}))
    assert not wants_labels(NONE)


def test_labels_are_for_the_copy_that_was_seen_as_it_was_then() -> None:
    event, link = an_event(event_id="AAMk-seen", etag='W/"7"'), a_link()
    copy = (link, "AAMk-seen", 'W/"7"')
    assert labels(event=event, link=link) == Labels(*copy, (LINKED_CATEGORY,))
    assert failure_of(link, event) == Labels(*copy, (FAILED_CATEGORY,))


def test_what_is_linked_no_more_gets_no_lines() -> None:
    ended = a_link(state=LinkState.ENDED, ended_reason="unlinked-by-person")
    assert labels(WRITES, event=an_event(attendees=()), link=ended) is None


def test_a_series_is_marked_while_any_of_it_lies_ahead() -> None:
    begun = date(2026, 11, 2)
    master = an_event(
        kind=EventKind.SERIES_MASTER,
        when=an_hour("2026-11-02T10:00"),
        recurrence=series(weekly(MON), begun),
    )
    assert categories(event=master, offered=offer_of(master)) == (LINKED_CATEGORY,)
    over = offer_of(replace(master, recurrence=series(weekly(MON), begun, count=2)))
    assert labels(event=master, offered=over) is None


def test_what_is_seen_counts_where_nobody_worked_out_what_it_offers() -> None:
    assert categories(offered=None) == (LINKED_CATEGORY,)
    assert labels(offered=None, now=an_event().when.ends_at) is None
