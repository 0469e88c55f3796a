"""A run is undone on the side of the CRM, where nothing newer happened; Outlook is not touched and nobody is mailed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from capture_stage import activities
from initial_stage import (
    apply,
    begin,
    dry_run,
    everything,
    items_of,
    undo,
    undo_foreseen,
    work,
)
from liaison.calendar.initial_sync.model import ItemState, RunStatus
from liaison.calendar.linking.acts import retry
from liaison.calendar.linking.resuming import foresee_resumption
from liaison.calendar.model import FrozenReason, LinkState
from liaison.calendar.rules.mail_budget import NOBODY
from liaison.errors import RunNotReady
from liaison.reasons.explain import explain
from scenario_traffic import writes_of
from scenario_world import ADMIN
from transfer_stage import INES, link_of, mails


def meeting(world, person, subject="Review", days=3, **fields):
    start = world.tomorrow() + timedelta(days=days)
    return person.create_event(subject=subject, start=start, **fields)


def linked(world, person, subject="Review", days=3, **fields):
    event = meeting(world, person, subject, days, **fields)
    made = world.create(person, event)
    world.run(person)
    world.clock.advance(minutes=1)
    return event, made


def content(activity):
    """All of an activity but who changed it last, and how often."""
    return replace(activity, version=0, changed_by="", changed_at=activity.changed_at.min)


def test_undoing_a_plan_that_was_applied_restores_what_was_exactly(world, ann, bo):
    """pains 17."""
    event, made = linked(world, ann, attendees=[bo.address], location="Room 1")
    before = world.activity_now(made.activity)
    start = world.tomorrow() + timedelta(days=4)
    ann.change_event(event, subject="Offer", start=start, end=start + timedelta(hours=2))
    run = apply(world, dry_run(world, ann))
    assert world.activity_now(made.activity).subject == "Offer"

    undone = undo(world, run)

    assert undone.status is RunStatus.UNDONE
    assert content(world.activity_now(made.activity)) == content(before)
    link = world.link_now(made.link)
    assert (link.state, link.frozen_reason) == (LinkState.FROZEN, FrozenReason.UNDONE)
    assert writes_of(world.sandbox) == []


def test_what_a_run_made_is_deleted_softly_and_not_captured_again(world, ann):
    world.set_policy(capture="all")
    meeting(world, ann, "Renewal")
    run = apply(world, dry_run(world, ann))

    undo(world, run)
    world.run(ann)

    [activity] = activities(world)
    assert activity.deleted_at is not None
    assert world.count("links") == 1
    link = link_of(world, activity)
    assert link.ended_reason == "undone"
    how = "ended its link by undoing the run that had captured it."
    told = {explain(one, "UTC") for one in world.log(link)[-2:]}
    assert told == {f"The meeting is not followed, because {ADMIN} {how}"}


def test_undoing_tells_beforehand_what_is_deleted_and_never_captured_again_by_itself(world, ann):
    event, _ = linked(world, ann, "Offer", 5)
    world.set_policy(capture="all")
    meeting(world, ann, "Renewal")
    ann.change_event(event, location="Room 7")
    run = apply(world, dry_run(world, ann))

    foreseen = undo_foreseen(world, run)

    assert (len(foreseen.steps), foreseen.created) == (2, 1)


def test_what_was_taken_back_of_a_plan_says_so_and_what_was_left_does_not(world, ann):
    event, made = linked(world, ann)
    second, _ = linked(world, ann, "Offer", 5)
    world.set_policy(capture="all")
    meeting(world, ann, "Renewal", 6)
    ann.change_event(event, location="Room 7")
    ann.change_event(second, location="Room 7")
    run = apply(world, dry_run(world, ann))
    world.edit(ann, made.activity, outcome="Signed")

    undo(world, run)

    states = {
        one.item.after.get("subject") or one.item.activity_id: one.state
        for one in items_of(world, run, is_change=True)
    }
    assert states.pop(made.activity.id) is ItemState.APPLIED
    assert states.pop("Renewal") is ItemState.UNDONE
    assert list(states.values()) == [ItemState.UNDONE]


def test_what_was_undone_is_not_named_as_newer_afterwards(world, ann):
    event, _ = linked(world, ann, "Offer", 5)
    world.set_policy(capture="all")
    meeting(world, ann, "Renewal")
    ann.change_event(event, location="Room 7")
    run = apply(world, dry_run(world, ann))

    undo(world, run)

    foreseen = undo_foreseen(world, run)
    assert (list(foreseen.steps), list(foreseen.newer)) == ([], [])


def test_a_meeting_that_a_run_found_gone_is_given_back_to_its_activity(world, ann):
    """pains 17, 21."""
    event, made = linked(world, ann)
    ann.delete_event(event, hard=True)
    run = work(world, begin(world, ann))
    assert world.activity_now(made.activity).status == "cancelled"

    undo(world, run)

    assert world.activity_now(made.activity).status == "planned"
    assert world.link_now(made.link).frozen_reason is FrozenReason.UNDONE


def test_what_somebody_changed_since_is_named_and_left(world, ann):
    event, made = linked(world, ann)
    second, other = linked(world, ann, "Offer", 5)
    ann.change_event(event, location="Room 7")
    ann.change_event(second, location="Room 7")
    run = work(world, begin(world, ann))
    world.edit(ann, made.activity, outcome="Signed")

    foreseen = undo_foreseen(world, run)
    undo(world, run)

    assert [one.activity.id for one in foreseen.steps] == [other.activity.id]
    assert list(foreseen.newer) == [made.activity.id]
    assert world.activity_now(made.activity).place == "Room 7"
    assert world.activity_now(other.activity).place == ""


def test_a_link_that_a_person_ended_since_is_left(world, ann):
    event, made = linked(world, ann)
    ann.change_event(event, location="Room 7")
    run = work(world, begin(world, ann))
    world.unlink(ann, made.link)

    undo(world, run)

    assert world.activity_now(made.activity).place == "Room 7"
    assert world.link_now(made.link).state is LinkState.ENDED


@pytest.mark.parametrize("owner", ["outlook", "both"])
def test_an_undone_link_follows_its_meeting_only_when_a_person_resumes_it(world, ann, owner):
    """What undoing put back is no change of the CRM's that would go out."""
    world.set_policy(owners={"place": owner})
    event, made = linked(world, ann)
    ann.change_event(event, location="Room 7")
    undo(world, work(world, begin(world, ann)))

    world.run(ann)
    frozen = world.activity_now(made.activity).place
    retry(world.tools, world.sign_in(ann), made.link.id)
    world.work(ann)

    assert (frozen, world.activity_now(made.activity).place) == ("", "Room 7")
    assert world.link_now(made.link).state is LinkState.LIVE
    assert writes_of(world.sandbox) == []


def undone_and_edited(world, ann, guest):
    """A link that undoing froze, of whose activity the CRM changed the subject since."""
    world.writes_allowed = True
    world.set_policy(owners={"place": "outlook", "subject": "both"})
    event, made = linked(world, ann, attendees=[guest])
    ann.change_event(event, location="Room 7")
    undo(world, work(world, begin(world, ann)))
    world.edit(ann, made.activity, subject="Renewal")
    world.run(ann)
    return event, made


def test_whoever_resumes_an_undone_link_is_told_whom_that_mails(world, ann):
    """What the CRM has by now goes out when it is resumed, and as many are mailed as were told."""
    event, made = undone_and_edited(world, ann, INES)
    before, sent = everything(world), mails(world)

    told = foresee_resumption(world.tools, world.sign_in(ann), made.link.id)

    assert (told.people, told.outsiders) == ({INES}, {INES})
    assert (everything(world), mails(world)) == (before, sent)
    retry(world.tools, world.sign_in(ann), made.link.id)
    world.work(ann)
    assert ann.event(event).subject == "Renewal"
    assert mails(world) - sent == {(INES, "update"): 1}


def test_resuming_what_only_takes_from_outlook_mails_nobody(world, ann):
    event, made = linked(world, ann, attendees=[INES])
    ann.change_event(event, location="Room 7")
    undo(world, work(world, begin(world, ann)))

    assert foresee_resumption(world.tools, world.sign_in(ann), made.link.id) == NOBODY


def test_undoing_twice_changes_nothing_more(world, ann):
    event, made = linked(world, ann)
    ann.change_event(event, location="Room 7")
    run = work(world, begin(world, ann))
    undo(world, run)
    version = world.activity_now(made.activity).version

    assert undo(world, run).status is RunStatus.UNDONE
    assert world.activity_now(made.activity).version == version


def test_one_run_over_one_mailbox_is_undone_by_its_id(world, ann):
    event, made = linked(world, ann)
    ann.change_event(event, location="Room 7")
    [report] = world.run(ann)

    undo(world, report.run_id)

    assert world.activity_now(made.activity).place == ""


def test_a_run_under_way_is_not_undone(world, ann):
    linked(world, ann)
    run = begin(world, ann)

    with pytest.raises(RunNotReady):
        undo(world, run)


def test_what_undoing_wrote_is_in_the_log(world, ann):
    event, made = linked(world, ann)
    ann.change_event(event, location="Room 7")
    undo(world, work(world, begin(world, ann)))

    line = world.log(made.link)[-1]
    assert (line.reason, line.action) == ("link-frozen", "undo-change")
    assert (line.before, line.after) == ({"location": "Room 7"}, {"location": ""})
