"""What a plan tells of an item, and what makes it another one."""

from dataclasses import replace
from uuid import UUID

import pytest

from builders import a_contact_participant, a_representative_participant, a_time
from calendar_builders import NOW, a_link, a_situation, an_activity, an_event
from liaison.calendar.model import FrozenReason
from liaison.calendar.rules.decision import (
    CancelEvent,
    ChangeEvent,
    CreateActivity,
    Decision,
    FreezeLink,
    Leave,
    UpdateActivity,
)
from liaison.calendar.rules.drafts import draft_of
from liaison.calendar.rules.plan import Changes, PlannedItem, fingerprint_of, planned, planned_event
from liaison.calendar.rules.situation import Lost, NotFound
from liaison.policy.settings import Policy
from people import ANN, INES
from series_builders import local

BASELINE = a_link().baseline
UPDATE = Decision(UpdateActivity({"subject": "New"}, 4, BASELINE), "activity-updated")
CREATION = Decision(CreateActivity({"subject": "New"}, BASELINE), "captured")
CHANGES = Changes("update-activity", {"subject": "Old"}, {"subject": "New"})
NOTHING = Changes("leave", {}, {})
UNLINKED = a_situation(link=None, activity=None)


def item(situation=None, decision=UPDATE, changes=CHANGES):
    return planned(
        situation or a_situation(), decision, changes, event_id="AAMk-ann", outcome="applied"
    )


def mark(situation=None, decision=UPDATE, changes=CHANGES):
    return fingerprint_of(situation or a_situation(), decision, changes, "AAMk-ann")


def test_an_item_tells_whose_it_is_and_what_would_happen_why():
    change = ChangeEvent("AAMk-ann", "1", frozenset({"time", "place"}), BASELINE)

    assert item(decision=replace(UPDATE, outlook=change)) == PlannedItem(
        mailbox_id=ANN.id,
        event_id="AAMk-ann",
        ical_uid=a_link().ical_uid,
        activity_id=a_link().activity_id,
        reason="activity-updated",
        action="update-activity",
        outcome="applied",
        start=an_event().when.start.isoformat(),
        before={"subject": "Old"},
        after={"subject": "New"},
        outlook={"write": "change-event", "fields": ["place", "time"], "people": 1},
        fingerprint=mark(decision=replace(UPDATE, outlook=change)),
        mailed=frozenset(INES.addresses),
    )


def test_of_a_confidential_activity_it_is_not_told_which_fields_are_written():
    change = ChangeEvent("AAMk-ann", "1", frozenset({"place"}), BASELINE)
    hidden = a_situation(activity=an_activity(confidential=True))

    assert item(hidden, replace(UPDATE, outlook=change)).outlook["fields"] == []


def test_of_a_meeting_that_would_be_taken_away_no_fields_are_written():
    taken = replace(UPDATE, outlook=CancelEvent("AAMk-ann", has_attendees=True))

    assert item(decision=taken).outlook == {"write": "cancel-event", "fields": [], "people": 1}


def test_of_what_would_become_an_activity_the_values_are_shown():
    made = item(UNLINKED, CREATION, Changes("create-activity", {}, {"subject": "New"}))

    assert (made.after, made.activity_id) == ({"subject": "New"}, None)
    assert made.ical_uid == an_event().ical_uid


def test_of_an_open_activity_it_is_told_that_nothing_of_it_changes():
    assert item(decision=Decision(Leave(), "link-frozen"), changes=NOTHING).before == {}


def test_a_meeting_that_is_gone_is_told_by_when_it_last_was():
    gone = a_situation(NotFound("AAMk-ann"))
    never_seen = replace(gone, link=a_link(baseline=None))

    assert item(gone).start == BASELINE.time.start.isoformat()
    assert item(never_seen).start is None
    assert item(replace(gone, link=None)).start is None


def test_an_occurrence_that_was_lost_is_told_by_when_its_series_begins():
    master = an_event(when=a_time(NOW))
    lost = a_situation(Lost("AAMk-ann", master, None))

    assert item(lost).start == NOW.isoformat()


def test_what_has_neither_link_nor_event_has_no_uid():
    assert item(a_situation(NotFound("AAMk-ann"), link=None)).ical_uid is None
    assert item(a_situation(NotFound("AAMk-ann"))).ical_uid == a_link().ical_uid


@pytest.mark.parametrize(
    ("situation", "action", "is_known"),
    [
        (UNLINKED, Leave(), False),
        (UNLINKED, CREATION.action, True),
        (a_situation(), Leave(copy_present=True), True),
        (a_situation(), FreezeLink(FrozenReason.PRIVATE), True),
    ],
)
def test_everything_but_leaving_alone_what_has_no_link_can_be_carried_out(
    situation, action, is_known
):
    assert (mark(situation, Decision(action, "x")) is not None) is is_known


def test_occurrences_of_one_series_are_items_of_their_own():
    one, other = (
        a_situation(link=a_link(original_start=local(day)))
        for day in ("2026-11-23T10:00", "2026-11-30T10:00")
    )

    assert len({mark(one), mark(other), mark()}) == 3


def test_who_takes_part_belongs_to_what_is_decided():
    one, other = (
        replace(CHANGES, after={"participants": [{"address": address}]})
        for address in ("ines@contoso.example", "jon@contoso.example")
    )

    assert mark(changes=one) != mark(changes=other)


def test_in_what_order_values_are_named_makes_no_other_decision():
    one = replace(CHANGES, after={"subject": "New", "location": "Here"})
    other = replace(CHANGES, after={"location": "Here", "subject": "New"})

    assert mark(changes=one) == mark(changes=other)


def test_taking_one_occurrence_away_is_not_taking_another():
    one, other = (
        replace(UPDATE, outlook=CancelEvent("AAMk", has_attendees=True, original_start=local(day)))
        for day in ("2026-11-23T10:00", "2026-11-30T10:00")
    )

    assert mark(decision=one) != mark(decision=other)


MAILBOX = UUID(int=5)


def made(**members):
    """The event that would be made of an activity with Ines, who shall be invited."""
    people = (
        a_representative_participant(response="organizer"),
        a_contact_participant(INES, invite=True),
    )
    activity = an_activity(**{"participants": people} | members)
    return planned_event(MAILBOX, "activity:7", activity, drafted(activity))


def drafted(activity, transaction_id="t", marker="m"):
    return draft_of(
        activity,
        Policy(),
        public_url="",
        transaction_id=transaction_id,
        marker=marker,
        now=NOW,
    )


def test_an_event_that_would_be_made_is_shown_with_whom_it_mails():
    shown = made()

    assert shown == PlannedItem(
        mailbox_id=MAILBOX,
        event_id="activity:7",
        ical_uid=None,
        activity_id=an_activity().id,
        reason="event-created",
        action="create-event",
        outcome="applied",
        start="2026-11-23T09:00:00+00:00",
        before={},
        after={
            "subject": "Renewal Contoso",
            "start": "2026-11-23T09:00:00+00:00",
            "end": "2026-11-23T10:00:00+00:00",
            "timeZone": "Europe/Berlin",
            "allDay": False,
            "location": "Room 1",
        },
        outlook={"write": "create-event", "fields": [], "people": 1},
        fingerprint=shown.fingerprint,
        mailed=frozenset(INES.addresses),
    )
    assert shown.is_change


def test_of_a_confidential_activity_whose_event_would_be_made_only_the_time_is_shown():
    shown = made(confidential=True)

    assert (shown.before, shown.after) == (None, None)
    assert (shown.start, shown.mailed) == (made().start, made().mailed)


def test_the_same_event_is_known_again_though_its_marks_are_of_the_moment():
    activity = an_activity()
    one, other = (
        planned_event(MAILBOX, "activity:7", activity, drafted(activity, mark, mark))
        for mark in ("t1", "t2")
    )

    assert one.fingerprint == other.fingerprint


@pytest.mark.parametrize(
    "members",
    [
        {"subject": "Other"},
        {"when": a_time(days=1)},
        {"participants": an_activity().participants},
    ],
    ids=["subject", "time", "guests"],
)
def test_another_event_or_other_guests_are_another_decision(members):
    assert made(**members).fingerprint != made().fingerprint


def test_the_same_event_of_another_activity_or_mailbox_is_another_item():
    activity = an_activity()
    marks = {
        planned_event(mailbox, event_id, activity, drafted(activity)).fingerprint
        for mailbox in (MAILBOX, ANN.id)
        for event_id in ("activity:7", "activity:8")
    }

    assert len(marks) == 4
