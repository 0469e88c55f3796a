"""Whose copies of a series change, and who gets which mail."""

from __future__ import annotations

from sandbox_series import (
    FIRST,
    KIM,
    NOVEMBER,
    SECOND,
    THIRD,
    WEEKLY,
    copy_of,
    mails_since,
    starts,
)


def test_who_is_invited_to_one_occurrence_gets_an_exception_that_stands_alone(ann, carla, team):
    ann.change_occurrence(team, SECOND, attendees=["bo@nordwind.example", KIM, carla.address])

    lone = copy_of(carla, ann.event(team))

    assert (lone.type, lone.start, lone.original_start) == ("exception", SECOND, SECOND)
    assert lone.series_master_id is None


def test_who_is_removed_from_one_occurrence_keeps_the_others(ann, bo, team):
    ann.change_occurrence(team, SECOND, attendees=[KIM])

    copy = copy_of(bo, ann.event(team))

    assert [one.is_cancelled for one in bo.occurrences(copy.id, *NOVEMBER)[:3]] == [
        False,
        True,
        False,
    ]


def test_a_cancelled_occurrence_stays_marked_in_an_attendees_copy(tenant, ann, bo, team):
    told = len(tenant.mails)

    ann.cancel_occurrence(team, SECOND)

    found = bo.occurrence(copy_of(bo, ann.event(team)).id, SECOND)
    assert (found.is_cancelled, found.subject) == (True, "Canceled: Team")
    assert mails_since(tenant, told) == [(bo.address, "cancellation"), (KIM, "cancellation")]


def test_deleting_a_series_tells_each_person_once(tenant, ann, bo, carla, team):
    people = [bo.address, KIM, carla.address]
    ann.change_occurrence(team, SECOND, attendees=people)
    ann.change_occurrence(team, THIRD, attendees=people)
    told = len(tenant.mails)

    ann.delete_event(team)

    assert mails_since(tenant, told) == [(one, "cancellation") for one in sorted(people)]
    copy = copy_of(bo, next(one for one in bo.events()))
    assert all(one.is_cancelled for one in bo.occurrences(copy.id, *NOVEMBER))


def test_an_update_of_the_series_is_one_mail_per_person(tenant, ann, bo, team):
    ann.change_occurrence(team, SECOND, subject="Late")
    told = len(tenant.mails)

    ann.change_series(team, location="Room Elbe")

    assert mails_since(tenant, told) == [(bo.address, "update"), (KIM, "update")]
    found = bo.occurrence(copy_of(bo, ann.event(team)).id, SECOND)
    assert (found.subject, found.location) == ("Late", "Room Elbe")


def test_an_answer_to_one_occurrence_reaches_that_one(ann, bo, team):
    copy = copy_of(bo, ann.event(team))

    bo.answer_occurrence(copy.id, SECOND, "accepted")

    answers = [
        {one.address: one.response for one in ann.occurrence(team, start).attendees}[bo.address]
        for start in (FIRST, SECOND)
    ]
    assert answers == ["none", "accepted"]
    assert bo.occurrence(copy.id, SECOND).response == "accepted"


def test_an_answer_to_the_series_reaches_its_exceptions_too(ann, bo, team):
    ann.change_occurrence(team, SECOND, subject="Late")

    bo.answer(copy_of(bo, ann.event(team)).id, "accepted")

    for start in (FIRST, SECOND):
        assert ann.occurrence(team, start).attendees[0].response == "accepted"


def test_declining_one_occurrence_takes_it_out_of_ones_calendar_only(ann, bo, team):
    copy = copy_of(bo, ann.event(team))

    bo.answer_occurrence(copy.id, SECOND, "declined")

    assert SECOND not in starts(bo, copy.id)
    assert SECOND in starts(ann, team)


def test_an_outsiders_series_and_its_occurrences_arrive(tenant, ann):
    uid = tenant.outside.invite(
        ("Ines", "ines@contoso.example"),
        [ann.address],
        subject="Review",
        start=FIRST,
        recurrence=WEEKLY,
    )
    tenant.outside.change(uid, original_start=SECOND, location="Hamburg")
    tenant.outside.cancel(uid, original_start=THIRD)

    copy = next(iter(ann.events(ical_uid=uid)))
    found = ann.occurrences(copy.id, *NOVEMBER)

    assert [one.location for one in found[:2]] == ["", "Hamburg"]
    assert [one.is_cancelled for one in found[:4]] == [False, False, True, False]


def test_who_is_in_single_occurrences_only_learns_once_of_a_changed_series(
    tenant, ann, carla, team
):
    for start in (SECOND, THIRD):
        ann.change_occurrence(team, start, attendees=[KIM, carla.address])
    told = len(tenant.mails)

    ann.change_series(team, location="Room Elbe")

    mails = mails_since(tenant, told)
    assert [one for one in mails if one[0] == carla.address] == [(carla.address, "update")]
    lone = carla.events(ical_uid=ann.event(team).ical_uid)
    assert [one.location for one in lone] == ["Room Elbe", "Room Elbe"]


def test_a_new_invitee_gets_the_series_as_it_is_now(ann, bo, carla, team):
    ann.change_occurrence(team, SECOND, subject="Late")
    ann.cancel_occurrence(team, THIRD)

    ann.change_series(team, attendees=[bo.address, KIM, carla.address])

    found = carla.occurrences(copy_of(carla, ann.event(team)).id, *NOVEMBER)
    assert [one.subject for one in found[:2]] == ["Team", "Late"]
    assert THIRD not in [one.start for one in found]


def test_who_is_invited_to_the_series_later_loses_the_lone_exception(ann, bo, carla, team):
    ann.change_occurrence(team, SECOND, attendees=[bo.address, KIM, carla.address])

    ann.change_series(team, attendees=[bo.address, KIM, carla.address])

    assert [one.type for one in carla.events()] == ["seriesMaster"]
