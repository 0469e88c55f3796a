"""A person cancelled or deleted the activity of a linked meeting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_builders import (
    NOT_OURS,
    NOW,
    a_copy,
    a_link,
    a_situation,
    an_activity,
    an_event,
    an_outside_meeting,
)
from liaison.calendar.model import CANCELLATION, FrozenReason, Scope
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import CancelEvent, Decision, EndLink, FreezeLink, Leave
from liaison.calendar.rules.series import occurrence_at
from liaison.calendar.rules.situation import NotFound, OrganizerStanding, Seen, Standing, Veiled
from liaison.crm.model import ActivityStatus
from liaison.outlook.model import EventKind, Organizer
from liaison.policy.settings import Policy
from liaison.policy.values import OnCrmDelete
from liaison.times import When
from people import ANN, BO, INES, KIM
from series_builders import MON, an_hour, local, series, weekly

CANCEL = Policy(on_crm_delete=OnCrmDelete.CANCEL)
ASKED = a_link(going_out=frozenset({CANCELLATION}))
OVER = an_activity(status=ActivityStatus.CANCELLED)


def situation(event=None, **members):
    given = {"link": ASKED, "activity": OVER, "policy": CANCEL} | members
    return a_situation(event or an_event(), **given)


@pytest.mark.parametrize(
    "activity", [OVER, an_activity(deleted_at=NOW)], ids=["cancelled", "deleted"]
)
def test_event_cancelled_by_crm_takes_the_organizers_meeting_away_once(activity):
    decision = decide(situation(activity=activity))

    cancel = CancelEvent("AAMk-ann", has_attendees=True)
    assert decision == Decision(
        Leave(copy_present=True), "event-cancelled-by-crm", outlook=cancel, is_told=False
    )


def test_without_guests_it_is_deleted():
    decision = decide(situation(an_event(attendees=())))

    assert decision.outlook == CancelEvent("AAMk-ann", has_attendees=False)


def test_under_leave_the_link_ends_and_outlook_is_not_touched():
    decision = decide(situation(policy=Policy()))

    assert decision == Decision(EndLink(), "event-cancelled-by-crm")


def test_past_never_written():
    past = When(NOW - timedelta(hours=2), NOW - timedelta(hours=1), "Europe/Berlin")

    for offered in (synced.from_event(an_event(when=past)), None):
        decision = decide(situation(an_event(when=past), offered=offered))

        assert decision == Decision(EndLink(), "past-never-written")


def test_while_an_invitees_copy_governs_the_meeting_is_left():
    outside = an_outside_meeting(BO.id, activity=OVER, policy=CANCEL)
    asked = replace(outside.link, going_out=frozenset({CANCELLATION}))

    decision = decide(replace(outside, link=asked))

    assert (decision.action, decision.outlook) == (EndLink(), None)


def test_what_was_cancelled_before_it_was_linked_takes_nothing_away():
    decision = decide(situation(link=a_link()))

    assert decision.outlook is None
    assert not isinstance(decision.action, EndLink)


def test_a_meeting_that_is_gone_already_ends_the_link():
    for gone in (NotFound("AAMk-ann"), Seen(an_event(is_cancelled=True))):
        decision = decide(situation(None, observation=gone, offered=None))

        assert decision == Decision(EndLink(), "event-cancelled-by-crm")


def test_a_cancellation_that_nobody_asked_for_ends_a_link_whose_activity_is_deleted():
    """The activity may have been deleted before its meeting was linked."""
    decision = decide(situation(link=a_link(), activity=an_activity(deleted_at=NOW)))

    assert decision == Decision(EndLink(), "event-cancelled-by-crm")


def asked_while_away(link, event=None):
    """Bo's copy is seen, while Ann's mailbox is not followed."""
    seen = event or an_event(is_organizer=False)
    away = OrganizerStanding(Standing.INACTIVE, ANN.id)
    return situation(seen, mailbox_id=BO.id, organizer=away, link=link)


ORGANIZER_AWAY = replace(
    ASKED, copies=(a_copy(is_followed=False), a_copy(BO.id)), organizer_address=ANN.address
)


def test_of_an_organizer_who_was_switched_off_a_moment_ago_the_meeting_rests():
    decision = decide(asked_while_away(ORGANIZER_AWAY))

    freeze = FreezeLink(FrozenReason.ORGANIZER_INACTIVE, copy_present=True)
    assert decision == Decision(freeze, "link-frozen", facts={"cause": "organizer-inactive"})


def test_a_meeting_that_has_another_organizer_by_now_is_left():
    kims = an_event(is_organizer=False, organizer=Organizer(KIM.name, KIM.addresses[0]))
    case = replace(asked_while_away(ORGANIZER_AWAY, kims), organizer=NOT_OURS)

    assert decide(case) == Decision(EndLink(), "event-cancelled-by-crm")


def test_guests_whom_nobody_is_shown_are_guests():
    seen = Seen(
        an_event(attendees=()),
        veiled=Veiled(ANN.address, frozenset(INES.addresses), has_attendees=True),
    )

    assert decide(situation(seen)).outlook == CancelEvent("AAMk-ann", has_attendees=True)


def test_a_room_alone_is_told_also_where_it_is_not_shown():
    seen = Seen(an_event(attendees=()), veiled=Veiled(ANN.address, frozenset(), has_attendees=True))

    assert decide(situation(seen)).outlook == CancelEvent("AAMk-ann", has_attendees=True)


def test_one_occurrence_is_taken_from_its_series():
    """It goes by the id of its series."""
    start = local("2026-11-30T10:00")
    master = an_event(
        kind=EventKind.SERIES_MASTER,
        when=an_hour("2026-11-23T10:00"),
        recurrence=series(weekly(MON), date(2026, 11, 23)),
    )
    link = replace(ASKED, scope=Scope.OCCURRENCE, original_start=start)

    decision = decide(situation(occurrence_at(master, start), source=Seen(master), link=link))

    assert decision.outlook == CancelEvent("AAMk-ann", has_attendees=True, original_start=start)
