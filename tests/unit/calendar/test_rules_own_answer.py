"""What the owner of an invitee's copy answered counts as his answer, wherever the copy governs."""

from dataclasses import replace

import pytest

from calendar_builders import an_event
from liaison.calendar.rules.own_answer import is_answered, with_own_answer
from liaison.calendar.rules.series import repeats
from liaison.outlook.event_mapping import read_event
from liaison.outlook.model import Attendee, EventKind, Response
from people import BO
from series_builders import MON, an_hour, local, series, weekly

BO_INVITED = Attendee(BO.name, BO.address)
OTHER = Attendee("Ines", "ines@contoso.example")
COPY = an_event(is_organizer=False, attendees=(OTHER, BO_INVITED), own_response=Response.ACCEPTED)


def responses(event):
    return {one.address: one.response for one in event.attendees}


def test_his_own_entry_has_his_answer_and_no_other():
    answered = with_own_answer(COPY, {BO.address})

    assert responses(answered) == {BO.address: Response.ACCEPTED, OTHER.address: Response.NONE}
    assert replace(answered, attendees=COPY.attendees) == COPY


def test_the_organizer_s_copy_tells_the_answers_itself():
    event = replace(COPY, is_organizer=True)

    assert not is_answered(event)
    assert with_own_answer(event, {BO.address}) is event


def test_each_changed_occurrence_has_its_own_answer():
    first = an_hour("2026-11-23T10:00")
    part = replace(
        COPY,
        kind=EventKind.EXCEPTION,
        when=an_hour("2026-11-30T10:00"),
        original_start=local("2026-11-30T10:00"),
        own_response=Response.TENTATIVE,
    )
    master = replace(
        COPY,
        kind=EventKind.SERIES_MASTER,
        when=first,
        recurrence=series(weekly(MON), first.start.date()),
        exceptions=(part,),
    )

    [exception] = repeats(with_own_answer(master, {BO.address})).exceptions

    found = {one["address"]: one["response"] for one in exception.fields["participants"]}
    assert exception.fields.keys() == {"participants"}
    assert found[BO.address] == "tentative"


@pytest.mark.parametrize("own", [frozenset(), frozenset({BO.address})])
def test_an_occurrence_that_differs_in_nothing_is_no_exception(own):
    first = an_hour("2026-11-23T10:00")
    when = an_hour("2026-11-30T10:00")
    master = replace(
        COPY,
        kind=EventKind.SERIES_MASTER,
        when=first,
        recurrence=series(weekly(MON), first.start.date()),
        exceptions=(
            replace(COPY, kind=EventKind.EXCEPTION, when=when, original_start=when.starts_at),
        ),
    )

    assert repeats(with_own_answer(master, own)).exceptions == ()


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("accepted", Response.ACCEPTED),
        ("tentativelyAccepted", Response.TENTATIVE),
        ("declined", Response.DECLINED),
        ("notResponded", Response.NONE),
        ("organizer", Response.NONE),
        ("maybe", Response.NONE),
        (None, Response.NONE),
    ],
)
def test_graph_tells_it_beside_the_list_of_people(written, known):
    """Graph: whoever has not answered is told as notResponded in his own calendar, and as none elsewhere."""
    moment = {"dateTime": "2026-11-23T10:00:00.0000000", "timeZone": "UTC"}
    fields = {
        "id": "AAMk",
        "iCalUId": "0400",
        "type": "singleInstance",
        "start": moment,
        "end": moment,
    }

    event = read_event(
        fields | {"responseStatus": {"response": written, "time": "0001-01-01T00:00:00Z"}}
    )

    assert event.own_response is known
