"""Every call that writes to Outlook fails in every way: once quiet both sides agree, and nobody was mailed twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.outlook.model import Mailbox
from scenario_runs import sync
from scenario_traffic import writes_of
from transfer_stage import INES, KIM, guest, invited, link_of, mails, plan

LOST = ["drop-before", "drop-after", "truncate"]
REFUSED = [
    {"status": 429, "retry_after": "2.128"},
    {"status": 500},
    {"status": 503},
    {"status": 504},
    {"status": 401, "code": "InvalidAuthenticationToken"},
    {"status": 412, "code": "ErrorIrresolvableConflict"},
    {"status": 409, "code": "ErrorIrresolvableConflict"},
]
FAULTS = [{"kind": kind} for kind in LOST] + REFUSED
NAMES = [str(one.get("kind") or one["status"]) for one in FAULTS]
# Where a write ends otherwise than it began these say it all.
FEW = [FAULTS[1], FAULTS[0], {"status": 503}, {"status": 412, "code": "ErrorIrresolvableConflict"}]
FEW_NAMES = ["drop-after", "drop-before", "503", "412"]


@pytest.fixture(autouse=True)
def may_write(world, ann):
    world.set_policy(owners={"subject": "both", "time": "both", "place": "both", "participants": "both"},
                     onCrmDelete="cancel")  # fmt: skip
    world.writes_allowed = True
    world.run(ann)


def quiet(world, ann):
    """All that follows, until nothing waits any more."""
    for _ in range(4):
        world.clock.advance(minutes=20)
        world.run(ann)
    assert world.waiting(ann) == []


def a_series(world, *exceptions):
    start = world.tomorrow().replace(hour=9)
    repeats = ActivityRecurrence(
        "FREQ=DAILY;COUNT=5", None, tuple(one(start) for one in exceptions)
    )
    return {"recurrence": repeats}


def gone(days):
    return lambda start: OccurrenceException(days_on(start, days), OccurrenceKind.CANCELLED)


def moved(days, **fields):
    return lambda start: OccurrenceException(days_on(start, days), OccurrenceKind.CHANGED, fields)


def days_on(start, days):
    return start + timedelta(days=days)


def event_of(ann):
    [event] = [
        one
        for one in ann.events(subject="Renewal")
        if one.type in {"singleInstance", "seriesMaster"}
    ]
    return event


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_a_creation_that_fails_makes_one_event_and_invites_once(world, ann, fault):
    """pains 2, 5"""
    world.sandbox.faults.add(method="POST", path_regex="/events$", **fault)

    activity = plan(world, ann, people=[guest()])
    sync(world, ann)
    quiet(world, ann)

    assert len(ann.events(subject="Renewal")) == 1
    assert mails(world) == {(INES, "invitation"): 1}
    assert link_of(world, activity).state == "live"


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_a_change_that_fails_arrives_once(world, ann, fault):
    """pains 5"""
    activity = plan(world, ann, people=[guest()])
    sync(world, ann)
    world.sandbox.faults.add(method="PATCH", path_regex="/events/", **fault)

    world.edit(ann, activity, subject="Renewal 2027", location="Room 9")
    sync(world, ann)
    quiet(world, ann)

    event = ann.events()[0]
    assert (event.subject, event.location) == ("Renewal 2027", "Room 9")
    assert mails(world) == {(INES, "invitation"): 1, (INES, "update"): 1}


@pytest.mark.parametrize("fault", FEW, ids=FEW_NAMES)
def test_an_invitation_that_fails_reaches_the_new_guest_once(world, ann, fault):
    activity = plan(world, ann, people=[guest()])
    sync(world, ann)
    world.sandbox.faults.add(method="PATCH", path_regex="/events/", **fault)

    world.edit(ann, activity, participants=[invited(INES), invited(KIM)])
    sync(world, ann)
    quiet(world, ann)

    assert {one.address for one in ann.events()[0].attendees} == {INES, KIM}
    assert mails(world) == {(INES, "invitation"): 1, (KIM, "invitation"): 1}


@pytest.mark.parametrize("fault", FEW, ids=FEW_NAMES)
def test_a_cancellation_that_fails_is_told_once(world, ann, fault):
    activity = plan(world, ann, people=[guest()])
    sync(world, ann)
    world.sandbox.faults.add(method="POST", path_regex="/cancel$", **fault)

    world.edit(ann, activity, status="cancelled")
    sync(world, ann)
    quiet(world, ann)

    assert ann.events() == []
    assert mails(world) == {(INES, "invitation"): 1, (INES, "cancellation"): 1}
    assert link_of(world, activity).state == "ended"


@pytest.mark.parametrize("fault", FEW, ids=FEW_NAMES)
def test_a_deletion_that_fails_happens(world, ann, fault):
    activity = plan(world, ann)
    sync(world, ann)
    world.sandbox.faults.add(method="DELETE", path_regex="/events/", **fault)

    world.edit(ann, activity, status="cancelled")
    sync(world, ann)
    quiet(world, ann)

    assert ann.events() == []
    assert link_of(world, activity).state == "ended"


@pytest.mark.parametrize("nth", range(5))
@pytest.mark.parametrize("kind", LOST)
def test_a_series_with_exceptions_is_completed_whichever_step_is_lost(world, ann, kind, nth):
    """SA-09"""
    series = a_series(world, gone(1), moved(2, location="Elsewhere"), moved(3, subject="Short"))
    start = world.tomorrow().replace(hour=9)
    series["when"] = replace(
        world.activity(ann, "Other").when,
        start=start,
        end=days_on(start, 0) + (world.tomorrow(10) - world.tomorrow(9)),
    )
    steps = ["POST.*events$", "DELETE|POST.*cancel", "PATCH", "PATCH", "PATCH"]
    waits = steps[:nth].count(steps[nth])
    fail_at(world, steps[nth], waits, kind)

    plan(world, ann, people=[guest()], **series)
    sync(world, ann)
    quiet(world, ann)

    master = event_of(ann)
    shown = world.tools.outlook.calendars.find_event(mailbox(world, ann), master.immutable_id)
    assert len(shown.cancelled) == 1
    assert {one.place for one in shown.exceptions} == {"Elsewhere", ""}
    # The invitation, and what Exchange tells of the two changed occurrences.
    assert mails(world) == {(INES, "invitation"): 1, (INES, "update"): 2}


def fail_at(world, step, waits, kind):
    method, _, path = step.partition(".*")
    for name in method.split("|"):
        if waits:
            world.sandbox.faults.add(
                method=name, path_regex=path or "/events/", kind="status", status=503, times=waits
            )
        world.sandbox.faults.add(method=name, path_regex=path or "/events/", kind=kind)


def mailbox(world, ann):
    return Mailbox(world.sandbox.tenant_id, ann.oid)


@pytest.mark.parametrize("gone_how", ["deleted", "purged"])
def test_a_change_of_a_meeting_that_is_gone_meanwhile_makes_no_other(world, ann, gone_how):
    activity = plan(world, ann, people=[guest()])
    sync(world, ann)
    event = ann.events()[0]
    world.edit(ann, activity, subject="Better")
    world.after_call("look_up", lambda: ann.delete_event(event.id, hard=gone_how == "purged"))

    sync(world, ann)
    quiet(world, ann)

    assert ann.events() == []
    assert world.count("activities") == 1
    assert mails(world) == Counter({(INES, "invitation"): 1, (INES, "cancellation"): 1})


def test_a_write_that_is_refused_for_good_fails_and_says_so(world, ann):
    activity = plan(world, ann)
    sync(world, ann)
    world.sandbox.faults.add(method="PATCH", status=400, code="ErrorOdd", times=-1)

    world.edit(ann, activity, subject="Better")
    sync(world, ann)

    assert "failed-permanent" in world.reasons(link_of(world, activity))
    assert len(writes_of(world.sandbox)) == 2


def test_a_further_run_after_all_of_it_writes_nothing(world, ann):
    """Invariant 3"""
    activity = plan(world, ann, people=[guest()], notes="a\n\n\n\nb  c")
    sync(world, ann)
    world.edit(ann, activity, subject=" Better  one ", location="Room\t9")
    quiet(world, ann)
    before = len(writes_of(world.sandbox)), world.activity_now(activity).version

    world.run(ann)

    assert (len(writes_of(world.sandbox)), world.activity_now(activity).version) == before
