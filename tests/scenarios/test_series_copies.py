"""A series in several mailboxes: one link, and whose copy of it counts."""

from datetime import timedelta

import pytest

from liaison.calendar.model import FrozenReason, LinkState, Scope
from liaison.crm.model import ActivityStatus, OccurrenceKind
from liaison.errors import PrivateMeeting, UnsupportedMeeting
from series_world import endless, nth, weekly

KIM = ("Kim Sato", "kim@fabrikam.example")


def copy_of(person, ical_uid):
    return next(event for event in person.events() if event.ical_uid == ical_uid)


def outside_series(world, sandbox, *people):
    start = world.tomorrow()
    return sandbox.tenant.outside.invite(
        KIM,
        [one.address for one in people],
        subject="Review",
        start=start,
        recurrence=weekly(start),
    )


def exceptions(world, linked):
    found = world.activity_now(linked.activity).recurrence.exceptions
    return [(one.original_start, one.kind) for one in found]


def test_a_series_of_an_outsider_is_handed_over_when_the_followed_copy_goes(
    world, sandbox, ann, bo
):
    uid = outside_series(world, sandbox, ann, bo)
    linked = world.create(ann, copy_of(ann, uid).id, scope=Scope.SERIES)
    world.run(ann, bo)
    assert len(world.link_now(linked.link).copies) == 2

    ann.delete_event(copy_of(ann, uid).id, hard=True)
    world.run(ann, bo)
    sandbox.tenant.outside.change(uid, original_start=nth(world, 1), subject="With Kim")
    world.run(bo)

    assert world.link_now(linked.link).state is LinkState.LIVE
    assert exceptions(world, linked) == [(nth(world, 1), OccurrenceKind.CHANGED)]

    bo.delete_event(copy_of(bo, uid).id, hard=True)
    world.run(bo)
    link = world.link_now(linked.link)
    assert (link.state, link.frozen_reason) == (LinkState.FROZEN, FrozenReason.LAST_COPY_GONE)
    assert world.activity_now(linked.activity).status is ActivityStatus.PLANNED


def test_a_series_that_an_outsider_cancels_cancels_its_activity(world, sandbox, ann):
    uid = outside_series(world, sandbox, ann)
    linked = world.create(ann, copy_of(ann, uid).id, scope=Scope.SERIES)

    sandbox.tenant.outside.cancel(uid)
    world.run(ann)

    assert world.activity_now(linked.activity).status is ActivityStatus.CANCELLED
    assert world.reasons(linked.link)[-1] == "event-cancelled"


def test_an_occurrence_that_an_outsider_cancels_is_cancelled_in_series_and_link_alike(
    world, sandbox, ann
):
    uid = outside_series(world, sandbox, ann)
    series = copy_of(ann, uid).id
    whole = world.create(ann, series, scope=Scope.SERIES)
    occurrence = ann.occurrence(series, nth(world, 2))
    part = world.create(ann, occurrence.id, scope=Scope.OCCURRENCE)

    sandbox.tenant.outside.cancel(uid, original_start=nth(world, 1))
    sandbox.tenant.outside.cancel(uid, original_start=nth(world, 2))
    world.run(ann)

    cancelled = OccurrenceKind.CANCELLED
    assert exceptions(world, whole) == [(nth(world, 1), cancelled), (nth(world, 2), cancelled)]
    assert world.activity_now(part.activity).status is ActivityStatus.CANCELLED


def test_an_occurrence_that_an_invitee_removes_for_himself_is_no_cancellation(world, sandbox, ann):
    uid = outside_series(world, sandbox, ann)
    series = copy_of(ann, uid).id
    occurrence = ann.occurrence(series, nth(world, 1))
    part = world.create(ann, occurrence.id, scope=Scope.OCCURRENCE)

    ann.delete_occurrence(series, nth(world, 1))
    world.run(ann)

    link = world.link_now(part.link)
    assert (link.state, link.frozen_reason) == (LinkState.FROZEN, FrozenReason.LAST_COPY_GONE)
    assert world.activity_now(part.activity).status is ActivityStatus.PLANNED


def test_what_an_invitee_removes_of_a_colleagues_series_changes_nothing(world, ann, bo):
    start = world.tomorrow()
    series = ann.create_event(
        subject="Team", start=start, attendees=[bo.address], recurrence=weekly(start)
    )
    whole = world.create(ann, series, scope=Scope.SERIES)
    part = world.create(ann, ann.occurrence(series, nth(world, 2)).id, scope=Scope.OCCURRENCE)
    own = copy_of(bo, ann.event(series).ical_uid)
    world.run(ann, bo)

    bo.delete_occurrence(own.id, nth(world, 1))
    bo.delete_occurrence(own.id, nth(world, 2))
    world.run(bo, ann)

    assert exceptions(world, whole) == [(nth(world, 2), OccurrenceKind.CANCELLED)]
    assert world.link_now(part.link).state is LinkState.LIVE
    assert world.activity_now(part.activity).status is ActivityStatus.PLANNED


def test_who_is_invited_to_one_occurrence_only_is_told_why_it_is_not_linked(world, ann, bo):
    start = world.tomorrow()
    series = ann.create_event(subject="Team", start=start, recurrence=weekly(start))
    ann.change_occurrence(series, nth(world, 1), attendees=[bo.address])
    [alone] = bo.events()

    with pytest.raises(UnsupportedMeeting) as refusal:
        world.create(bo, alone.id, scope=Scope.OCCURRENCE)

    assert "invited to this occurrence only" in str(refusal.value)
    world.run(bo)
    assert world.waiting(bo) == []


def test_a_series_of_an_inactive_organizer_is_frozen_and_resumed_with_its_occurrence(world, ann):
    start = world.tomorrow()
    series = ann.create_event(subject="Team", start=start, recurrence=weekly(start))
    whole = world.create(ann, series, scope=Scope.SERIES)
    part = world.create(ann, ann.occurrence(series, nth(world, 2)).id, scope=Scope.OCCURRENCE)

    world.switch(ann, active=False)
    world.run(ann)
    later = start + timedelta(hours=2)
    ann.change_series(series, start=later, end=later + timedelta(hours=1), subject="Sales")
    frozen = [world.link_now(one.link).state for one in (whole, part)]
    world.switch(ann, active=True)
    world.run(ann)

    assert frozen == [LinkState.FROZEN, LinkState.FROZEN]
    assert [world.link_now(one.link).state for one in (whole, part)] == [LinkState.LIVE] * 2
    assert world.activity_now(part.activity).when.start == nth(world, 2) + timedelta(hours=2)
    assert world.activity_now(whole.activity).subject == "Sales"


def test_a_private_series_is_not_linked_and_one_that_turns_private_is_frozen(world, ann):
    start = world.tomorrow()
    hidden = ann.create_event(
        subject="Surgery", start=start, recurrence=weekly(start), sensitivity="private"
    )
    with pytest.raises(PrivateMeeting):
        world.create(ann, hidden, scope=Scope.SERIES)

    series = ann.create_event(subject="Team", start=start, recurrence=endless(start))
    whole = world.create(ann, series, scope=Scope.SERIES)
    part = world.create(ann, ann.occurrence(series, nth(world, 2)).id, scope=Scope.OCCURRENCE)
    later = start + timedelta(hours=2)
    ann.change_series(series, subject="Surgery", sensitivity="private")
    world.run(ann)
    ann.change_series(series, start=later, end=later + timedelta(hours=1))
    world.run(ann)
    causes = {world.link_now(one.link).frozen_reason for one in (whole, part)}
    assert causes == {FrozenReason.PRIVATE}
    assert "Surgery" not in str([world.activity_now(one.activity) for one in (whole, part)])

    ann.change_series(series, subject="Team", sensitivity="normal")
    world.run(ann)
    assert [world.link_now(one.link).state for one in (whole, part)] == [LinkState.LIVE] * 2
    assert world.activity_now(part.activity).when.start == nth(world, 2) + timedelta(hours=2)
