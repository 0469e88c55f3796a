"""What an initial sync would write to Outlook, and whom that mails, is shown before anything is sent."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from initial_stage import apply, begin, dry_run, everything, items_of, undo, undo_foreseen, work
from liaison.calendar.initial_sync.model import ItemState
from liaison.calendar.model import NoteSource
from liaison.calendar.rules.mail_budget import NOBODY
from liaison.calendar.stores.plan_items import count_twins
from liaison.calendar.stores.tables import NotedItemRow
from liaison.worker.initial_runs import NOBODY as NOBODY_WAITS
from liaison.worker.initial_runs import Listener, work_on
from liaison.worker.leases import lease
from scenario_traffic import writes_of
from transfer_stage import INES, KIM, guest, mails, plan


@pytest.fixture(autouse=True)
def may_write(world, ann):
    world.writes_allowed = True
    world.run(ann)


def edited(world, ann):
    """A linked meeting with a guest, whose place was changed in the CRM and not written yet."""
    world.set_policy(owners=dict.fromkeys(("subject", "time", "place", "participants"), "both"))
    start = world.tomorrow() + timedelta(days=3)
    event = ann.create_event(subject="Offer", start=start, attendees=[INES])
    made = world.create(ann, event)
    world.run(ann)
    world.edit(ann, made.activity, location="Room 7")
    return event


def test_a_plan_shows_the_invitations_of_what_would_be_made(world, ann):
    """pains 1: nobody is invited by looking, and the numbers are there before."""
    plan(world, ann, people=[guest(), guest(KIM)])
    before = everything(world)

    run = dry_run(world, ann)

    [item] = [one.item for one in items_of(world, run, reason="event-created")]
    assert item.outlook == {"write": "create-event", "fields": [], "people": 2}
    assert (run.people, run.outsiders, run.counts["event-created"]) == (2, 2, 1)
    assert everything(world) == before
    assert writes_of(world.sandbox) == []


def test_what_is_made_by_a_plan_invites_each_guest_once(world, ann):
    plan(world, ann, people=[guest()])
    run = dry_run(world, ann)

    apply(world, run)
    world.run(ann)

    assert mails(world) == {(INES, "invitation"): 1}
    assert [one.state for one in items_of(world, run, reason="event-created")] == [
        ItemState.APPLIED
    ]


def test_an_activity_that_resembles_a_captured_meeting_is_named_in_the_plan(world, ann):
    world.set_policy(capture="all")
    activity = plan(world, ann, "Quarterly review")
    ann.create_event(subject="Quarterly review Contoso", start=activity.when.start)

    run = dry_run(world, ann)

    [item] = [one.item for one in items_of(world, run, reason="event-created")]
    assert item.outlook["resembles"] is True
    with world.database.transaction() as session:
        assert count_twins(session, run.id) == 1


def test_undoing_names_the_meetings_that_stay_in_outlook(world, ann):
    """pains 17."""
    activity = plan(world, ann, people=[guest()])
    run = apply(world, dry_run(world, ann))

    before = undo_foreseen(world, run)
    undo(world, run)

    assert list(before.meetings) == list(undo_foreseen(world, run).meetings) == [activity.id]
    assert mails(world) == {(INES, "invitation"): 1}


def test_an_activity_that_changed_after_the_plan_is_not_sent_by_it(world, ann):
    activity = plan(world, ann, people=[guest()])
    run = dry_run(world, ann)
    world.edit(ann, activity, subject="Another name")

    apply(world, run)

    assert mails(world) == {}
    assert [one.state for one in items_of(world, run, reason="event-created")] == [ItemState.STALE]


def test_what_would_be_written_to_a_meeting_is_planned_and_then_written_once(world, ann):
    event = edited(world, ann)
    run = dry_run(world, ann)
    [item] = [one.item for one in items_of(world, run, reason="event-updated")]
    assert item.outlook["people"] == 1
    assert (run.people, run.outsiders) == (1, 1)

    apply(world, run)
    world.run(ann)

    assert ann.event(event).location == "Room 7"
    assert len(writes_of(world.sandbox)) == 1


def test_above_the_budget_all_mail_of_a_plan_waits_for_an_administrator(world, ann):
    """pains 1, 5: the plan is one action."""
    world.set_policy(mailBudgetPerAction=1)
    plan(world, ann, people=[guest()])
    plan(world, ann, subject="Offer", people=[guest(KIM)])
    run = dry_run(world, ann)

    apply(world, run)
    world.run(ann)

    assert run.outsiders == 2
    assert mails(world) == {}
    assert "mail-held" in world.mailbox_log(ann)


def test_what_a_real_initial_sync_of_several_mailboxes_mails_is_one_action(world, ann, bo):
    """pains 2: a second mailbox does not begin a budget of its own, and nobody is mailed before all is known."""
    world.set_policy(mailBudgetPerAction=1)
    plan(world, ann, people=[guest()])
    plan(world, bo, "Offer", people=[guest(KIM)])
    forget_requests(world)

    run = work(world, begin(world))

    assert mails(world) == {}
    assert (run.people, run.outsiders, run.counts["mail-held"]) == (0, 0, 2)
    assert "mail-held" in world.mailbox_log(ann)
    assert "mail-held" in world.mailbox_log(bo)


def test_within_the_budget_a_real_initial_sync_of_several_mailboxes_mails_each_guest_once_for_each_meeting(
    world, ann, bo
):
    """Somebody who is in the meetings of two mailboxes is one person."""
    world.set_policy(mailBudgetPerAction=1)
    plan(world, ann, people=[guest()])
    plan(world, bo, "Offer", people=[guest()])
    forget_requests(world)

    run = work(world, begin(world))
    world.run(ann, bo)

    assert mails(world) == {(INES, "invitation"): 2}
    assert (run.people, run.outsiders) == (1, 1)


def test_whom_two_mailboxes_of_an_initial_sync_mail_is_one_person_also_where_one_comes_later(
    world, ann, bo
):
    """A worker was at one of them; what it then sends is of the same action."""
    world.set_policy(mailBudgetPerAction=1)
    plan(world, ann, people=[guest()])
    plan(world, bo, "Offer", people=[guest()])
    forget_requests(world)
    begun = begin(world)
    work_beside(world, begun, bo)
    assert mails(world) == {(INES, "invitation"): 1}

    run = work(world, begun)
    world.run(ann, bo)

    assert mails(world) == {(INES, "invitation"): 2}
    assert (run.people, run.outsiders) == (1, 1)


def test_what_comes_later_of_an_initial_sync_has_no_budget_of_its_own(world, ann, bo):
    world.set_policy(mailBudgetPerAction=1)
    plan(world, ann, people=[guest()])
    plan(world, bo, "Offer", people=[guest(KIM)])
    forget_requests(world)
    begun = begin(world)
    work_beside(world, begun, bo)

    run = work(world, begun)

    assert mails(world) == {(INES, "invitation"): 1}
    assert (run.people, run.outsiders, run.counts["mail-held"]) == (1, 1, 1)


def test_what_a_worker_had_sent_who_was_killed_counts_too(world, ann, bo):
    """He had no time to say whom he had mailed."""
    world.set_policy(mailBudgetPerAction=1)
    plan(world, ann, people=[guest()])
    plan(world, bo, "Offer", people=[guest(KIM)])
    forget_requests(world)
    begun = begin(world)
    with pytest.raises(SystemExit):
        work_beside(world, begun, bo, Listener(lambda _count: None, dies_after_the_mail(world)))

    run = work(world, begun)

    assert mails(world) == {(INES, "invitation"): 1}
    assert (run.people, run.outsiders, run.counts["mail-held"]) == (1, 1, 1)


def test_who_is_mailed_is_forgotten_with_the_end_of_an_initial_sync(world, ann, bo):
    plan(world, ann, people=[guest()])
    forget_requests(world)

    run = work(world, begin(world))

    assert (run.people, run.mailed) == (1, NOBODY)


def test_while_an_initial_sync_is_carried_out_no_ordinary_run_sends_of_it_beforehand(
    world, ann, bo
):
    plan(world, ann, people=[guest()])
    begin(world)

    assert world.run(ann) == [None]
    assert mails(world) == {}


def work_beside(world, run, person, listener=NOBODY_WAITS):
    """What a worker does for it while another one is at this person's mailbox."""
    world.tools = replace(world.tools, lease=lease(world.database))
    with world.tools.lease(world.own(person).id):
        work_on(world.tools, run.id, listener)


def dies_after_the_mail(world):
    def came(_mailbox_id, _report):
        if mails(world):
            raise SystemExit

    return came


def forget_requests(world):
    """As if nobody had asked for these one by one, but a policy for all of them at once."""
    with world.database.transaction() as session:
        session.execute(update(NotedItemRow).values(source=NoteSource.RESUME.value))
