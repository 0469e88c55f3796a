"""An activity that looks like a meeting which is captured too is marked in a plan."""

from dataclasses import replace
from uuid import UUID

import pytest

from liaison.calendar.rules.plan import PlannedItem
from liaison.calendar.rules.twins import mark_twins

ANN, BO = UUID(int=1), UUID(int=2)


def an_item(action, subject, start="2026-11-24T09:00:00+00:00", mailbox_id=ANN):
    write = {"write": "create-event", "fields": [], "people": 0}
    return PlannedItem(
        mailbox_id=mailbox_id,
        event_id="e",
        ical_uid=None,
        activity_id=None,
        reason="",
        action=action,
        outcome="applied",
        start=start,
        before={},
        after=None if subject is None else {"subject": subject},
        outlook=write if action == "create-event" else None,
    )


def resembles(captured, **made):
    [_, event] = mark_twins([captured, an_item("create-event", **made)])
    return event.outlook.get("resembles", False)


MEETING = an_item("create-activity", "Quarterly review Contoso")


def test_the_same_words_on_the_same_day_in_one_mailbox_resemble_one_another():
    assert resembles(MEETING, subject="Quarterly Review")
    assert resembles(MEETING, subject="Quarterly review Contoso", start="2026-11-24T14:00:00+00:00")


@pytest.mark.parametrize(
    "other",
    [
        {"subject": "Quarterly talk"},
        {"subject": "Quarterly review", "start": "2026-11-25T09:00:00+00:00"},
        {"subject": "Quarterly review", "mailbox_id": BO},
        {"subject": ""},
        {"subject": None},
    ],
)
def test_what_differs_in_words_day_or_mailbox_or_is_not_shown_is_not_marked(other):
    assert not resembles(MEETING, **other)


def test_what_is_captured_is_left_as_it_is():
    assert mark_twins([MEETING]) == [MEETING]


def test_a_mark_stands_beside_what_would_be_written():
    [_, event] = mark_twins([MEETING, an_item("create-event", "Quarterly review")])

    assert event.outlook == {"write": "create-event", "fields": [], "people": 0, "resembles": True}


def test_a_whole_day_resembles_what_takes_place_on_it():
    assert resembles(MEETING, subject="Quarterly review", start="2026-11-24")


@pytest.mark.parametrize("shown", [None, {}])
def test_what_is_not_shown_resembles_nothing_that_is_not_shown_either(shown):
    captured = replace(MEETING, after=shown)

    [_, event] = mark_twins([captured, replace(an_item("create-event", None), after=shown)])

    assert "resembles" not in event.outlook


def event(number, subject="Quarterly review"):
    return replace(an_item("create-event", subject), event_id=f"made-{number}")


def twins_of(*items):
    return [one.twin for one in mark_twins(items)]


def test_an_activity_like_one_meeting_to_which_no_other_is_like_is_its_twin():
    other = replace(an_item("create-activity", "Kick-off"), event_id="k")

    assert twins_of(MEETING, other, event(1), event(2, "Kick-off Contoso")) == [
        None,
        None,
        "e",
        "k",
    ]


def test_where_several_are_alike_none_is_the_twin():
    again = replace(MEETING, event_id="again")

    assert twins_of(MEETING, event(1), event(2)) == [None, None, None]
    assert twins_of(MEETING, again, event(1)) == [None, None, None]
