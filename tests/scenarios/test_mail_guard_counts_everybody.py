"""The mail budget counts whoever gets mail, wherever he is written down, and however much waits (pains 1, 5 of the plan)."""

from datetime import timedelta

import pytest

from held_world import discard_as, open_holds, the_hold
from liaison.calendar import items
from liaison.calendar.model import Scope
from merge_stage import OWNED_BY_BOTH
from scenario_runs import sync
from scenario_traffic import writes_of
from series_world import nth, weekly
from transfer_stage import INES, KIM, guest, invited, mails


@pytest.fixture(autouse=True)
def may_write(world, ann):
    world.writes_allowed = True
    world.set_policy(mailBudgetPerAction=1, owners=OWNED_BY_BOTH, onCrmDelete="cancel")
    world.run(ann)


ROOM = {"name": "Room 1", "address": "room1@hotel.example", "type": "resource"}


def private_meeting(world, ann):
    world.set_policy(private="busy-only")
    event_id = ann.create_event(
        subject="Surgery",
        start=world.tomorrow(),
        attendees=[INES, KIM, ROOM],
        sensitivity="private",
    )
    made = world.create(ann, event_id)
    world.run(ann)
    return made.activity


def test_what_does_not_fit_into_one_look_is_of_the_same_action(world, ann, monkeypatch):
    monkeypatch.setattr(items, "AT_ONCE", 2)
    for number, address in enumerate([INES, KIM, "jon@contoso.example"]):
        world.activity(ann, f"No {number}", participants=(guest(address),))
    world.set_policy(transfer="all")
    world.start_service()

    world.run(ann)
    world.clock.advance(minutes=5)
    world.run(ann)

    assert mails(world) == {}
    assert len(the_hold(world).activity_ids) == 3


def test_guests_of_a_private_meeting_of_which_only_the_times_are_known_count_too(world, ann):
    activity = private_meeting(world, ann)
    start = world.tomorrow() + timedelta(hours=3)

    world.edit(ann, activity, start=start, end=start + timedelta(hours=1))
    sync(world, ann)

    assert writes_of(world.sandbox) == []
    assert the_hold(world).mails[activity.id].outsiders == 2


@pytest.mark.parametrize("whole", ["normal", "private"])
def test_guests_of_a_private_occurrence_of_which_only_the_times_are_known_count_too(
    world, ann, whole
):
    world.set_policy(private="busy-only")
    first = nth(world, 0)
    event_id = ann.create_event(
        subject="Weekly", start=first, attendees=[INES], recurrence=weekly(first), sensitivity=whole
    )
    second = ann.occurrences(event_id, nth(world, 1), nth(world, 2))[0]
    ann.change_event(second.id, attendees=[INES, KIM], sensitivity="private")
    made = world.create(ann, event_id, Scope.SERIES)
    world.run(ann)

    end = first + timedelta(hours=3)
    world.edit(ann, made.activity, start=first + timedelta(hours=2), end=end)
    sync(world, ann)

    assert the_hold(world).mails[made.activity.id].outsiders == 2


def test_a_private_occurrence_is_cancelled_with_its_guests_told(world, ann):
    world.set_policy(private="busy-only", mailBudgetPerAction=5)
    first = nth(world, 0)
    event_id = ann.create_event(subject="Weekly", start=first, recurrence=weekly(first))
    second = ann.occurrences(event_id, nth(world, 1), nth(world, 2))[0]
    ann.change_event(second.id, attendees=[KIM], sensitivity="private")
    made = world.create(ann, second.id, Scope.OCCURRENCE)
    world.run(ann)
    before = mails(world)

    world.edit(ann, made.activity, status="cancelled")
    sync(world, ann)

    assert mails(world) - before == {(KIM, "cancellation"): 1}


def test_a_private_meeting_is_cancelled_with_its_guests_told_once(world, ann):
    world.set_policy(mailBudgetPerAction=5)
    activity = private_meeting(world, ann)

    world.edit(ann, activity, status="cancelled")
    sync(world, ann)

    [write] = writes_of(world.sandbox)
    assert write.path.endswith("/cancel")


def test_guests_of_one_occurrence_only_count_where_that_is_written(world, ann):
    event_id = ann.create_event(
        subject="Weekly", start=nth(world, 0), attendees=[INES], recurrence=weekly(nth(world, 0))
    )
    second = ann.occurrences(event_id, nth(world, 1), nth(world, 2))[0]
    ann.change_event(second.id, attendees=[INES, KIM])
    made = world.create(ann, event_id, Scope.SERIES)
    world.run(ann)

    gone = {"originalStart": nth(world, 1).isoformat(), "kind": "cancelled"}
    world.edit(ann, made.activity, recurrence={"exceptions": [gone]})
    sync(world, ann)

    assert the_hold(world).mails[made.activity.id].outsiders == 2


def test_a_discarded_change_of_what_is_the_crms_is_not_held_again(world, ann):
    world.set_policy(owners=dict.fromkeys(("subject", "time", "place", "participants"), "crm"))
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), attendees=[INES, KIM])
    made = world.create(ann, event_id)
    world.run(ann)
    start = world.tomorrow() + timedelta(hours=3)
    world.edit(
        ann,
        made.activity,
        subject="Ours",
        location="Here",
        start=start,
        end=start + timedelta(hours=1),
        participants=[invited("jon@contoso.example")],
    )
    sync(world, ann)
    discard_as(world, the_hold(world))

    for _ in range(3):
        world.run(ann)
    ann.change_event(event_id, body="Something else")
    world.run(ann)
    world.edit(ann, made.activity, outcome="Fine")
    world.run(ann)

    assert open_holds(world) == []
    assert writes_of(world.sandbox) == []


def test_guests_who_were_added_after_the_run_had_counted_are_counted_by_themselves(world, ann):
    world.set_policy(mailBudgetPerAction=2)
    planned = [
        world.activity(ann, address, participants=(guest(address),)) for address in (INES, KIM)
    ]
    world.set_policy(transfer="all")
    world.start_service()
    writer = world.tools.outlook.writer
    create = writer.create_event

    def add_guests(mailbox, draft):
        writer.create_event = create
        other = next(one for one in planned if one.subject != draft.subject)
        more = [f"guest{number}@contoso.example" for number in range(3)]
        world.edit(ann, other, participants=[invited(address) for address in more])
        return create(mailbox, draft)

    writer.create_event = add_guests
    world.run(ann)
    sync(world, ann)

    assert sum(mails(world).values()) == 1
    assert len(the_hold(world).activity_ids) == 1


def test_a_request_stays_one_when_outlook_tells_of_the_same_meeting_meanwhile(world, ann):
    first = world.tomorrow()
    made = []
    for hours, address in enumerate([INES, KIM]):
        start = first + timedelta(hours=2 * hours)
        event_id = ann.create_event(subject="Review", start=start, attendees=[address])
        made.append((event_id, world.create(ann, event_id).activity))
    world.run(ann)

    for event_id, activity in made:
        world.edit(ann, activity, subject="Review 2027")
        world.note(ann, event_id)
    sync(world, ann)

    assert open_holds(world) == []
    assert [ann.event(event_id).subject for event_id, _ in made] == ["Review 2027"] * 2
