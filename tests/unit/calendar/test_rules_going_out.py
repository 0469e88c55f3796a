"""What of a series the CRM may write: nothing that is over, and nobody whom Outlook cannot invite."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from builders import a_contact_participant
from calendar_builders import INES_INVITED, a_link, a_situation, an_activity, an_event
from liaison.calendar.model import Scope
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Remark
from liaison.calendar.rules.series import repeats
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.outlook.model import Attendee, EventKind
from liaison.recurrence.rrule import rule_text
from liaison.recurrence.stored import to_json
from merging import a_pair, offer_of, owned, seen_now
from people import JON
from series_builders import MON, TUE, an_hour, local, series, weekly

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


def test_an_occurrence_of_another_rhythm_is_written_before_the_meeting_has_it():
    """The whole is written first, and has that date afterwards."""
    tuesdays = series(weekly(TUE), date(2026, 11, 24))
    first = an_hour("2026-11-24T10:00")
    other = OccurrenceException(local("2026-12-01T10:00"), OccurrenceKind.CANCELLED)
    recurrence = ActivityRecurrence(rule_text(tuesdays, first), to_json(tuesdays), (other,))
    activity = an_activity(when=first, recurrence=recurrence)

    decision = decide(replace(of_series(), activity=activity))

    assert decision.outlook.fields == {"time", "recurrence"}
    assert written(decision) == (other,)
    assert PAST not in decision.remarks


@pytest.mark.parametrize(("places", "goes_out"), [(1, True), (2, False)])
def test_one_place_is_not_written_over_several(places, goes_out):
    """Outlook would put the one instead of them all."""
    decision = decide(a_pair(an_event(places=places), an_activity(place="Room 2")))

    assert (decision.outlook is not None) is goes_out
    facts = {"why": "the meeting has several places", "partly": True}
    said = decision.reason == "unsupported" and decision.facts == facts
    assert said is not goes_out


def test_several_places_hold_nothing_else_back():
    decision = decide(a_pair(an_event(places=2), an_activity(place="Room 2", subject="Ours")))

    assert decision.outlook.fields == {"subject"}
    why = "the meeting has several places"
    assert Remark("unsupported", {"why": why, "partly": True}) in decision.remarks


def test_the_list_is_not_written_where_somebody_in_it_has_no_address():
    """It is written as a whole: without him it would take him out of the meeting."""
    event = an_event(attendees=(INES_INVITED, Attendee("Some Guest", "")))
    people = (*an_activity().participants, a_contact_participant(JON, invite=True))
    activity = an_activity(participants=people, subject="Ours")

    decision = decide(a_pair(event, activity))

    assert decision.outlook.fields == {"subject"}
    why = "Some Guest has no usable address, so that the list of people cannot be written"
    assert Remark("unsupported", {"why": why, "partly": True}) in decision.remarks


def test_the_time_of_a_series_is_written_with_how_it_repeats():
    """Its range begins on the day of its first occurrence."""
    later = an_hour("2026-11-02T11:00")
    activity = an_activity(when=later, recurrence=repeats(MASTER))

    decision = decide(replace(of_series(), activity=activity))

    assert decision.outlook.fields == {"time", "recurrence"}


def test_the_time_of_a_single_meeting_is_written_alone():
    decision = decide(a_pair(an_event(), an_activity(when=an_hour("2026-11-24T15:00"))))

    assert decision.outlook.fields == {"time"}


def test_an_occurrence_with_an_activity_of_its_own_is_named_by_its_original_start():
    occurrence = replace(
        MASTER,
        event_id="AAMk-one",
        kind=EventKind.OCCURRENCE,
        when=an_hour("2026-11-23T10:00"),
        original_start=NEXT_WEEK,
        recurrence=None,
    )
    link = a_link(scope=Scope.OCCURRENCE, original_start=NEXT_WEEK, baseline=offer_of(occurrence))
    activity = an_activity(when=occurrence.when, subject="Ours")
    case = a_situation(policy=owned(), activity=activity, link=link)

    decision = decide(seen_now(case, occurrence))

    assert decision.outlook.fields == {"subject"}
    assert decision.outlook.original_start == NEXT_WEEK
