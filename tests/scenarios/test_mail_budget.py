"""More people outside than the budget allows: everything of the action waits for an administrator (pains 1, 5 of the plan)."""

import pytest
from sqlalchemy import select

from held_world import approve_as, discard_as, open_holds, the_hold
from liaison.calendar.linking.acts import retract, unlink
from liaison.calendar.model import LinkState
from liaison.calendar.stores.hold_tables import HeldMailRow
from liaison.errors import HoldSettled
from merge_stage import OWNED_BY_BOTH
from scenario_runs import change_mailbox, sync
from scenario_traffic import writes_of
from transfer_stage import INES, KIM, guest, invited, link_of, mails, plan, reasons_of


@pytest.fixture(autouse=True)
def may_write(world, ann):
    world.writes_allowed = True
    world.set_policy(mailBudgetPerAction=1)
    world.run(ann)


def stored_people(world):
    with world.database.transaction() as session:
        rows = session.scalars(select(HeldMailRow.outside)).all()
    return [one for row in rows for one in row]


@pytest.fixture
def held(world, ann):
    """An activity with two guests waits."""
    activity = plan(world, ann, people=[guest(), guest(KIM)])
    sync(world, ann)
    return activity


def plan_noted(world, ann, subject, people):
    """What a person plans in the CRM's pages, which notes it at once."""
    activity = plan(world, ann, subject, people)
    return world.edit(ann, activity, next_step="Call", subject=f"{subject} 2027")


@pytest.mark.parametrize(("budget", "events"), [(1, 0), (2, 1)])
def test_mail_budget_per_action_is_how_many_outsiders_one_action_may_mail(
    world, ann, budget, events
):
    """mail-held."""
    world.set_policy(mailBudgetPerAction=budget)
    activity = plan(world, ann, people=[guest(), guest(KIM)])
    sync(world, ann)

    world.run(ann)

    assert len(ann.events()) == events
    assert ("mail-held" in reasons_of(world, activity)) is (events == 0)


def test_what_is_held_says_how_many_would_get_mail_and_is_told_once(world, ann, held):
    world.run(ann)
    world.run(ann)

    hold = the_hold(world)
    assert hold.activity_ids == [held.id]
    assert (hold.mails[held.id].people, hold.mails[held.id].outsiders) == (2, 2)
    assert reasons_of(world, held) == ["mail-held"]
    assert writes_of(world.sandbox) == []


def test_two_requests_of_persons_are_two_actions(world, ann):
    plan(world, ann, "One", [guest()])
    plan(world, ann, "Two", [guest(KIM)])

    sync(world, ann)

    assert len(ann.events()) == 2
    assert open_holds(world) == []


def test_what_a_run_sends_without_a_request_is_one_action_and_waits_altogether(world, ann):
    """pains 1: a policy that brings many to Outlook mails nobody unasked."""
    one = world.activity(ann, "One", participants=(guest(),))
    two = world.activity(ann, "Two", participants=(guest(KIM),))
    alone = world.activity(ann, "Alone")
    world.set_policy(transfer="all")
    world.start_service()

    world.run(ann)

    assert [event.subject for event in ann.events()] == ["Alone"]
    assert set(the_hold(world).activity_ids) == {one.id, two.id}
    assert link_of(world, alone).state is LinkState.LIVE
    assert mails(world) == {}


def begins_anew_at_once(world, ann):
    world.start_service()


def begins_anew_with_the_organizer(world, ann):
    world.switch(ann, active=False)
    world.switch(ann, active=True)


@pytest.mark.parametrize("begin", [begins_anew_at_once, begins_anew_with_the_organizer])
def test_what_waited_when_everything_began_anew_is_one_action(world, ann, begin):
    """Also what people had planned one by one: nobody asks for it now."""
    one = plan_noted(world, ann, "One", [guest()])
    two = plan_noted(world, ann, "Two", [guest(KIM)])

    begin(world, ann)
    world.run(ann)
    world.run(ann)

    assert mails(world) == {}
    assert set(the_hold(world).activity_ids) == {one.id, two.id}


def test_what_waited_stays_one_action_when_the_run_breaks_off(world, ann):
    plan_noted(world, ann, "One", [guest()])
    plan_noted(world, ann, "Two", [guest(KIM)])
    world.start_service()
    world.sandbox.faults.add(path_regex="/calendarView/delta", status=503, times=1)

    world.run(ann)
    world.clock.advance(minutes=30)
    world.run(ann)

    assert mails(world) == {}
    assert len(the_hold(world).activity_ids) == 2


def test_what_people_ask_for_once_it_has_begun_are_actions_of_their_own(world, ann):
    world.start_service()
    plan_noted(world, ann, "One", [guest()])
    plan_noted(world, ann, "Two", [guest(KIM)])

    sync(world, ann)

    assert mails(world) == {(INES, "invitation"): 1, (KIM, "invitation"): 1}


def test_a_lost_notification_makes_no_action_of_several_requests(world, ann):
    plan_noted(world, ann, "One", [guest()])
    plan_noted(world, ann, "Two", [guest(KIM)])
    change_mailbox(world, ann, wants_delta=True)

    sync(world, ann)

    assert mails(world) == {(INES, "invitation"): 1, (KIM, "invitation"): 1}
    assert open_holds(world) == []


def test_the_same_guest_of_two_meetings_counts_once(world, ann):
    for subject in ("One", "Two"):
        world.activity(ann, subject, participants=(guest(),))
    world.set_policy(transfer="all")
    world.start_service()

    world.run(ann)

    assert len(ann.events()) == 2
    assert mails(world) == {(INES, "invitation"): 2}


def test_approved_it_is_sent_once(world, ann, held):
    hold = the_hold(world)
    approve_as(world, hold)
    approve_as(world, hold)
    sync(world, ann)
    world.run(ann)

    assert mails(world) == {(INES, "invitation"): 1, (KIM, "invitation"): 1}
    assert open_holds(world) == []
    world.edit(ann, held, internal_notes="Budget")
    world.run(ann)
    assert len(writes_of(world.sandbox)) == 1


def test_an_approval_covers_no_more_people_than_it_was_given_for(world, ann, held):
    approve_as(world, the_hold(world))
    more = [{"kind": "other", "address": f"g{n}@contoso.example", "invite": True} for n in range(3)]
    world.edit(ann, held, participants=more)

    sync(world, ann)

    assert writes_of(world.sandbox) == []
    assert the_hold(world).mails[held.id].outsiders == 3


def test_an_approval_is_for_the_very_people(world, ann, held):
    """One leaves and another comes: nobody has approved that the new one gets mail."""
    approve_as(world, the_hold(world))
    world.edit(ann, held, participants=[invited(INES), invited("jon@contoso.example")])

    sync(world, ann)

    assert writes_of(world.sandbox) == []
    approve_as(world, the_hold(world))
    sync(world, ann)
    assert mails(world) == {(INES, "invitation"): 1, ("jon@contoso.example", "invitation"): 1}


def test_an_approval_covers_fewer_people_than_it_was_given_for(world, ann, held):
    approve_as(world, the_hold(world))
    world.edit(ann, held, participants=[invited(KIM.upper())])

    sync(world, ann)

    assert mails(world) == {(KIM, "invitation"): 1}
    assert open_holds(world) == []


def test_what_waits_holds_no_addresses_and_nothing_at_all_of_people_once_it_is_settled(
    world, ann, held
):
    stored = stored_people(world)
    assert len(stored) == 2
    assert not {INES, KIM} & set(stored)

    discard_as(world, the_hold(world))

    assert stored_people(world) == []


def test_discarded_it_stays_in_the_crm_until_a_person_asks(world, ann, held):
    hold = the_hold(world)
    discard_as(world, hold)

    world.set_policy(transfer="all")
    world.start_service()
    world.run(ann)

    assert writes_of(world.sandbox) == []
    assert link_of(world, held).state is LinkState.ENDED
    with pytest.raises(HoldSettled):
        approve_as(world, hold)


def test_what_is_cancelled_while_it_waits_waits_no_more(world, ann, held):
    world.edit(ann, held, status="cancelled")
    sync(world, ann)

    assert open_holds(world) == []
    assert writes_of(world.sandbox) == []


def test_a_cancellation_to_many_waits_too_and_discarded_leaves_the_meeting(world, ann):
    world.set_policy(onCrmDelete="cancel")
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), attendees=[INES, KIM])
    made = world.create(ann, event_id)
    world.run(ann)

    world.edit(ann, made.activity, status="cancelled")
    sync(world, ann)
    assert writes_of(world.sandbox) == []
    discard_as(world, the_hold(world))
    world.run(ann)

    assert writes_of(world.sandbox) == []
    assert world.link_now(made.link).state is LinkState.ENDED
    assert len(ann.events()) == 1


@pytest.mark.parametrize("act", [unlink, retract])
def test_what_is_unlinked_or_retracted_while_it_waits_waits_no_more(world, ann, act):
    """Invariant 9: nothing of its people is left either."""
    world.set_policy(owners=OWNED_BY_BOTH)
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), attendees=[INES, KIM])
    made = world.create(ann, event_id)
    world.run(ann)
    world.edit(ann, made.activity, subject="Review 2027")
    sync(world, ann)
    assert the_hold(world).activity_ids == [made.activity.id]

    act(world.tools, world.sign_in(ann), made.link.id)

    assert open_holds(world) == []
    assert stored_people(world) == []


def test_a_change_to_many_waits_and_discarded_the_crm_takes_outlooks_value_again(world, ann):
    world.set_policy(
        owners={"subject": "both", "notes": "outlook", "time": "both", "place": "both",
                "participants": "both"}
    )  # fmt: skip
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), attendees=[INES, KIM])
    made = world.create(ann, event_id)
    world.run(ann)
    world.edit(ann, made.activity, subject="Review 2027")
    sync(world, ann)
    assert ann.event(event_id).subject == "Review"

    discard_as(world, the_hold(world))
    world.run(ann)

    assert world.activity_now(made.activity).subject == "Review"
    assert writes_of(world.sandbox) == []
    assert open_holds(world) == []
