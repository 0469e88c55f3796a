"""What an invitee does in his own copy of a colleague's meeting: the organizer's copy governs, so nobody follows."""

from __future__ import annotations

import pytest

from liaison.calendar.model import LinkState, Scope
from matrix_stage import INES, KIM
from series_world import weekly

# What went to Deleted Items still answers: it is believed to be gone when a second look agrees.
AFTER_A_SECOND_LOOK = ["retry-later", "invitee-left"]


def addresses(activity):
    return {one.address for one in activity.participants}


@pytest.fixture
def dev(office):
    """Of Nordwind, but not active in Liaison: his copy is not read."""
    return office.world.person("Dev Patel")


class AsBefore:
    """The activity and Ann's meeting, and that nothing of them changed."""

    def __init__(self, office, subject):
        self.office, self.subject = office, subject
        self.activity, self.seen = office.activity(subject), self._in_outlook()

    def _in_outlook(self):
        [event] = self.office.ann.events()
        members = self.office.members(event.id) if event.recurrence else [event]
        return [(one.subject, one.start, one.attendees) for one in members]

    def holds(self, reasons):
        """Neither side differs, nobody is mailed, and the log says no more than these."""
        now = self.office.world.activity_now(self.activity)
        assert set(self.office.reasons(self.activity)) == set(reasons)
        assert self._in_outlook() == self.seen
        assert (self.office.mails(), self.office.written()) == ({}, 0)
        assert self.office.link(self.activity).state is LinkState.LIVE
        return now.version == self.activity.version


def test_create_single_from_outlook_by_an_invitee(office):
    """stub-created: the copy of whom an outsider invited is all there is."""
    office.world.sandbox.tenant.outside.invite(
        KIM, [office.bo.address, INES], subject="Offer", start=office.at(0)
    )

    office.work()

    stub = office.activity("Offer")
    assert (stub.stub, stub.owner_id) == (True, office.world.own(office.bo).id)
    assert addresses(stub) == {KIM[1], INES, office.bo.address}
    assert office.reasons(stub).count("stub-created") == 1
    assert (office.mails(), office.written(), office.count()) == ({}, 0, 1)
    assert office.is_quiet()


def test_create_one_occurrence_from_outlook_by_an_invitee(office):
    """From his pane: the occurrence of a colleague's series has an activity, which follows her copy."""
    office.series()
    copy = office.bo.occurrence(office.copy("Team").id, office.at(1))

    part = office.world.create(office.bo, copy.id, Scope.OCCURRENCE)
    office.work()

    assert part.activity.when.starts_at == office.at(1)
    assert part.activity.organizer.address == office.ann.address
    assert office.reasons(part.activity).count("activity-created") == 1
    [left_out] = office.world.activity_now(office.activities("Team")[0]).recurrence.exceptions
    assert left_out.original_start == office.at(1)
    assert (office.mails(), office.written(), office.count()) == ({}, 0, 2)
    assert office.is_quiet()


def test_create_this_and_following_from_outlook_by_an_invitee(office, dev):
    """He is invited to the second half of a series as to a new one: the first half ends, and a second stub is made."""
    series = dev.create_event(
        subject="Team",
        start=office.at(0),
        attendees=[office.bo.address],
        recurrence=weekly(office.at(0)),
    )
    office.work()
    office.mark()

    dev.change_from(series, office.at(3), subject="New team")
    office.work()

    old, new = office.activity("Team"), office.activity("New team")
    assert (old.stub, new.stub, new.when.starts_at) == (True, True, office.at(3))
    assert "UNTIL" in old.recurrence.rule
    assert office.reasons(old).count("stub-updated") == 1
    assert office.reasons(new).count("stub-created") == 1
    assert office.mails() == {(office.bo.address, "invitation"): 1}
    assert (office.written(), office.count()) == (0, 2)
    assert office.is_quiet()


def test_create_whole_series_from_outlook_by_an_invitee(office):
    """stub-created: an outsider's series is one stub with its rule."""
    office.world.sandbox.tenant.outside.invite(
        KIM,
        [office.bo.address],
        subject="Team",
        start=office.at(0),
        recurrence=weekly(office.at(0)),
    )

    office.work()

    stub = office.activity("Team")
    assert (stub.stub, "COUNT=6" in stub.recurrence.rule) == (True, True)
    assert office.link(stub).scope is Scope.SERIES
    assert office.reasons(stub).count("stub-created") == 1
    assert (office.mails(), office.written(), office.count()) == ({}, 0, 1)
    assert office.is_quiet()


def test_update_single_from_outlook_by_an_invitee(office):
    """invitee-copy: what he writes into his copy is his own."""
    office.meeting()
    before = AsBefore(office, "Review")

    office.bo.change_event(office.copy("Review").id, subject="Mine", location="My desk")
    office.work()

    assert before.holds(["invitee-copy"])
    assert office.is_quiet()


def test_update_one_occurrence_from_outlook_by_an_invitee(office):
    """invitee-copy"""
    office.series()
    before = AsBefore(office, "Team")

    office.bo.change_occurrence(office.copy("Team").id, office.at(1), subject="Mine")
    office.work()

    assert before.holds(["invitee-copy"])
    assert office.is_quiet()


def test_update_this_and_following_from_outlook_by_an_invitee(office):
    """Outlook lets only an organizer split a series: he changes each of them in his copy, and nobody follows."""
    office.series()
    before = AsBefore(office, "Team")

    for number in (4, 5):
        office.bo.change_occurrence(office.copy("Team").id, office.at(number), subject="Mine")
    office.work()

    assert before.holds(["invitee-copy"])
    assert office.is_quiet()


def test_update_whole_series_from_outlook_by_an_invitee(office):
    """invitee-copy"""
    office.series()
    before = AsBefore(office, "Team")

    office.bo.change_series(office.copy("Team").id, subject="Mine")
    office.work()

    assert before.holds(["invitee-copy"])
    assert office.is_quiet()


@pytest.mark.parametrize(
    ("hard", "reasons"),
    [(False, AFTER_A_SECOND_LOOK), (True, ["invitee-left"])],
    ids=["to Deleted Items", "for ever"],
)
def test_delete_single_from_outlook_by_an_invitee(office, hard, reasons):
    """invitee-left: his copy is forgotten, he still takes part as far as the organizer knows."""
    office.meeting()
    before = AsBefore(office, "Review")

    office.bo.delete_event(office.copy("Review").id, hard=hard)
    office.work()

    assert before.holds(reasons)
    [copy] = [one for one in office.link(before.activity).copies if one.is_present]
    assert copy.mailbox_id == office.world.own(office.ann).id
    assert office.bo.address in addresses(before.activity)
    assert office.is_quiet()


def test_delete_one_occurrence_from_outlook_by_an_invitee(office):
    """invitee-copy: the occurrence takes place without a copy in his calendar."""
    office.series()
    before = AsBefore(office, "Team")

    office.bo.delete_occurrence(office.copy("Team").id, office.at(2))
    office.work()

    assert before.holds(["invitee-copy"])
    assert office.is_quiet()


def test_delete_this_and_following_from_outlook_by_an_invitee(office):
    """invitee-copy: the series goes on without them in his calendar."""
    office.series()
    before = AsBefore(office, "Team")

    office.bo.end_before(office.copy("Team").id, office.at(3))
    office.work()

    assert len(office.members(office.copy("Team").id, office.bo)) == 3
    assert before.holds(["invitee-copy"])
    assert office.is_quiet()


def test_delete_whole_series_from_outlook_by_an_invitee(office):
    """invitee-left"""
    office.series()
    before = AsBefore(office, "Team")

    office.bo.delete_event(office.copy("Team").id)
    office.work()

    assert before.holds(AFTER_A_SECOND_LOOK)
    [copy] = [one for one in office.link(before.activity).copies if one.is_present]
    assert copy.mailbox_id == office.world.own(office.ann).id
    assert office.is_quiet()
