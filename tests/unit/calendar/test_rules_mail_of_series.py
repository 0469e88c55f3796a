"""Whom a write mails where single occurrences have guests of their own, or guests are not shown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from calendar_builders import INES_INVITED, a_situation, an_activity, an_event
from liaison.calendar.rules import synced
from liaison.calendar.rules.decision import Agree, CancelEvent, ChangeEvent, Decision
from liaison.calendar.rules.mail_budget import disguised, invited_names, mailed_by, mailing
from liaison.calendar.rules.series import occurrence_at
from liaison.calendar.rules.situation import Seen, Veiled
from liaison.crm.model import OccurrenceException, OccurrenceKind
from liaison.outlook.model import Attendee, EventKind, Role
from people import ANN, BO, INES, JON, KIM
from series_builders import MON, an_hour, local, series, weekly, whole_day

SECOND, THIRD = local("2026-11-30T10:00"), local("2026-12-07T10:00")
KIM_INVITED = Attendee(KIM.name, KIM.addresses[0])
ROOM = Attendee("Room 1", "room1@hotel.example", Role.RESOURCE)
INES_ONLY, KIMS = {INES.addresses[0]}, {INES.addresses[0], KIM.addresses[0]}
HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
MASTER = an_event(
    kind=EventKind.SERIES_MASTER,
    when=an_hour("2026-11-23T10:00"),
    recurrence=series(weekly(MON), date(2026, 11, 23)),
)
# Of the second occurrence Kim is told, too.
WITH_KIM = replace(
    MASTER,
    exceptions=(
        replace(
            occurrence_at(MASTER, SECOND),
            event_id="AAMk-second",
            kind=EventKind.EXCEPTION,
            attendees=(INES_INVITED, KIM_INVITED, ROOM),
        ),
    ),
)


def cancelled(start):
    return OccurrenceException(start, OccurrenceKind.CANCELLED)


def with_people(*people):
    return OccurrenceException(
        SECOND, OccurrenceKind.CHANGED, {"participants": [person(*one) for one in people]}
    )


def person(address, role="required", response="none"):
    return {"name": "", "address": address, "role": role, "response": response}


def mailed(seen, fields=(), occurrences=(), wanted=None):
    wanted = wanted or synced.from_event(seen.event if isinstance(seen, Seen) else seen)
    change = ChangeEvent("AAMk", "1", frozenset(fields), wanted, occurrences=tuple(occurrences))
    decision = Decision(Agree(wanted), "event-updated", outlook=change)
    return mailed_by(a_situation(seen, activity=an_activity()), decision)


def cancelling(seen):
    cancel = Decision(
        Agree(synced.from_event(MASTER)), "x", outlook=CancelEvent("AAMk", has_attendees=True)
    )
    return mailed_by(a_situation(seen), cancel)


def test_what_is_done_to_a_whole_series_is_told_to_the_guests_of_single_occurrences():
    assert mailed(WITH_KIM, {"time"}) == cancelling(WITH_KIM) == KIMS


@pytest.mark.parametrize(
    ("start", "people"),
    [(SECOND, KIMS), (SECOND + timedelta(minutes=30), KIMS), (THIRD, INES_ONLY)],
    ids=["his", "his day", "another"],
)
def test_a_single_occurrence_is_told_to_those_whom_it_concerns(start, people):
    assert mailed(WITH_KIM, occurrences=[cancelled(start)]) == people


def test_whoever_an_occurrence_shall_have_is_told_but_no_organizer_and_no_room():
    people = [
        (JON.addresses[0],),
        (ANN.address, "required", "organizer"),
        (ROOM.address, "resource"),
    ]

    told = mailed(MASTER, occurrences=[with_people(*people)])

    assert told == {INES.addresses[0], JON.addresses[0]}


def test_a_list_that_is_written_beside_an_occurrence_is_told_to_everybody():
    wanted = synced.from_event(replace(MASTER, attendees=(INES_INVITED, KIM_INVITED)))

    assert mailed(MASTER, {"participants"}, [cancelled(SECOND)], wanted) == KIMS
    assert mailed(MASTER, {"participants"}, (), wanted) == {KIM.addresses[0]}


def test_the_guests_of_a_private_meeting_are_told_though_nobody_is_shown():
    seen = Seen(
        an_event(attendees=()), veiled=Veiled(ANN.address, frozenset(KIMS), has_attendees=True)
    )

    assert cancelling(seen) == KIMS


def test_the_guests_of_a_private_occurrence_are_told_of_it_and_of_what_is_done_to_all():
    seen = Seen(MASTER, hidden_guests={SECOND: frozenset({KIM.addresses[0]})})

    assert cancelling(seen) == mailed(seen, {"place"}) == KIMS
    assert mailed(seen, occurrences=[cancelled(SECOND)]) == KIMS
    assert mailed(seen, occurrences=[cancelled(THIRD)]) == INES_ONLY


@pytest.mark.parametrize(("start", "people"), [(SECOND, KIMS), (THIRD, INES_ONLY)])
def test_of_a_private_occurrence_with_a_link_of_its_own_its_own_guests_are_told(start, people):
    seen = Seen(occurrence_at(MASTER, start), hidden_guests={SECOND: frozenset({KIM.addresses[0]})})

    assert cancelling(seen) == people


def test_whole_days_are_told_by_the_day_of_the_series():
    days = replace(MASTER, when=whole_day("2026-11-23"))
    midnight = datetime(2026, 11, 30, tzinfo=UTC)
    seen = Seen(days, hidden_guests={midnight: frozenset({KIM.addresses[0]})})

    assert mailed(seen, occurrences=[cancelled(date(2026, 11, 30))]) == KIMS


def test_an_address_is_outside_by_what_follows_its_last_at_sign():
    assert not mailing(['"bo@work"@nordwind.example'], {"nordwind.example"}).outsiders


def test_disguised_people_can_be_compared_by_their_own_installation_only():
    some = mailing([INES.addresses[0], BO.address], {"nordwind.example"})

    told = some.disguised(HERE)

    assert told.outsiders == disguised([INES.addresses[0]], HERE) < told.people
    assert len(told.people) == 2
    assert not told.people & {*some.people, *disguised(some.people, ELSEWHERE)}


def test_who_has_no_address_is_nobody_whom_a_write_is_known_to_mail():
    nameless = Attendee("Some Guest", "")
    event = replace(MASTER, attendees=(INES_INVITED, nameless))

    assert mailed(event, {"time"}) == INES_ONLY
    assert mailed(MASTER, occurrences=[with_people(("",))]) == INES_ONLY


def test_guests_are_named_by_address_where_they_have_no_name_and_rooms_never():
    nameless = Attendee("", "kim@fabrikam.example")

    names = invited_names(an_event(attendees=(INES_INVITED, nameless, ROOM)))

    assert names == [INES.name, "kim@fabrikam.example"]
