"""What of a series the CRM may write: nothing that is over, and nobody whom Outlook cannot invite."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_builders import a_link, a_situation, an_activity, an_event
from liaison.calendar.model import Scope
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Remark
from liaison.calendar.rules.series import repeats
from liaison.crm.model import OccurrenceException, OccurrenceKind
from liaison.outlook.model import EventKind
from merging import offer_of, owned, seen_now
from series_builders import MON, an_hour, local, series, weekly

FIRST = an_hour("2026-11-02T10:00")
STARTS = [local(f"{date(2026, 11, 2) + timedelta(weeks=n)}T10:00") for n in range(8)]
# The first three are over at NOW, 20 November.
LAST_WEEK, NEXT_WEEK = STARTS[2], STARTS[3]
PAST = Remark("past-never-written")
MASTER = an_event(
    kind=EventKind.SERIES_MASTER,
    when=FIRST,
    recurrence=series(weekly(MON), date(2026, 11, 2), count=8),
)


def changed(original_start, **fields):
    return OccurrenceException(original_start, OccurrenceKind.CHANGED, fields)


def moved(start, to):
    end = to + timedelta(hours=1)
    return changed(start, start=to.isoformat(), end=end.isoformat())


def of_series(*exceptions, event=MASTER, **members):
    """The CRM changed these occurrences since both agreed."""
    recurrence = replace(repeats(MASTER), exceptions=exceptions)
    activity = an_activity(when=FIRST, recurrence=recurrence, **members)
    link = a_link(scope=Scope.SERIES, baseline=offer_of(MASTER))
    return seen_now(a_situation(policy=owned(), activity=activity, link=link), event)


def written(decision):
    return decision.outlook.occurrences if decision.outlook else ()


def test_of_several_occurrences_only_those_that_lie_ahead_are_written():
    over, ahead = changed(LAST_WEEK, location="Room 2"), changed(NEXT_WEEK, location="Room 2")

    decision = decide(of_series(over, ahead))

    assert written(decision) == (ahead,)
    assert PAST in decision.remarks


@pytest.mark.parametrize(
    "exception",
    [
        changed(LAST_WEEK, subject="Renamed"),
        moved(LAST_WEEK, local("2026-11-21T10:00")),
        moved(NEXT_WEEK, local("2026-11-19T10:00")),
    ],
    ids=["over", "was over", "would be over"],
)
def test_an_occurrence_is_not_written_where_it_is_over_or_would_be(exception):
    decision = decide(of_series(exception))

    assert decision.outlook is None
    assert decision.reason == "past-never-written"


def test_an_occurrence_is_where_outlook_shows_it():
    """It was to be last week; Outlook moved it ahead, where the CRM names another room."""
    later = an_hour("2026-11-21T10:00")
    shown = replace(
        MASTER,
        event_id="AAMk-moved",
        kind=EventKind.EXCEPTION,
        when=later,
        original_start=LAST_WEEK,
        recurrence=None,
    )
    event = replace(MASTER, exceptions=(shown,))
    there = repeats(event).exceptions[0]
    exception = replace(there, fields={**there.fields, "location": "Room 2"})
    link = a_link(scope=Scope.SERIES, baseline=offer_of(event))

    decision = decide(replace(of_series(exception, event=event), link=link))

    assert written(decision) == (exception,)
    assert PAST not in decision.remarks


def test_nothing_is_said_of_the_past_where_everything_lies_ahead():
    decision = decide(of_series(changed(NEXT_WEEK, location="Room 2")))

    assert written(decision)
    assert decision.remarks == ()


def test_who_has_no_address_is_left_out_of_an_occurrence_by_name():
    guest = {"name": "Some Guest", "address": "", "role": "required", "response": "none"}

    decision = decide(of_series(changed(NEXT_WEEK, location="Room 2", participants=[guest])))

    why = "Some Guest has no usable address, and cannot be written into an occurrence"
    assert Remark("unsupported", {"why": why, "partly": True}) in decision.remarks
    assert written(decision)
