"""Links made in odd moments: right after a removal, at once with others, while a link waits."""

from dataclasses import replace

import pytest

from liaison.calendar.linking.acts import retry
from liaison.calendar.model import LinkState
from liaison.crm.model import ActivityStatus
from liaison.errors import ActivityTaken, AlreadyLinked
from scenario_world import at_once


@pytest.fixture
def meeting(world, ann, bo):
    return ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=[(bo.name, bo.address)]
    )


def remove_and_bring_back(world, person):
    """A meeting whose removal was applied lies in the calendar again; no run has seen that yet."""
    world.sandbox.settings.deleted_items_still_answer = True
    event_id = person.create_event(subject="Alone", start=world.tomorrow())
    linked = world.create(person, event_id)
    world.run(person)
    immutable_id = person.event(event_id).immutable_id
    person.delete_event(event_id)
    world.run(person)
    world.clock.advance(seconds=31)
    world.run(person)
    assert world.activity_now(linked.activity).status is ActivityStatus.CANCELLED
    person.restore_event(immutable_id)
    return linked, immutable_id


def test_linking_a_meeting_that_came_back_restores_its_activity_like_the_sync_would(world, ann):
    linked, immutable_id = remove_and_bring_back(world, ann)

    again = world.link(ann, immutable_id, linked.activity)

    assert again.created
    assert (again.link.id, again.link.state) == (linked.link.id, LinkState.LIVE)
    assert again.activity.status is ActivityStatus.PLANNED
    assert "event-restored" in world.reasons(linked.link)


def test_linking_a_meeting_that_came_back_to_another_activity_leaves_the_old_one_cancelled(
    world, ann
):
    linked, immutable_id = remove_and_bring_back(world, ann)
    other = world.activity(ann)

    again = world.link(ann, immutable_id, other)
    world.run(ann)

    assert (again.link.id, again.link.activity_id) == (linked.link.id, other.id)
    assert world.activity_now(linked.activity).status is ActivityStatus.CANCELLED


def test_linking_does_not_undo_what_somebody_changed_since_the_removal(world, ann):
    linked, immutable_id = remove_and_bring_back(world, ann)
    world.edit(ann, linked.activity, outcome="It was cancelled by phone")

    again = world.link(ann, immutable_id, linked.activity)

    assert again.link.state is LinkState.LIVE
    assert again.activity.status is ActivityStatus.CANCELLED


def test_one_links_while_another_creates_and_only_one_activity_is_tied(world, ann, bo, meeting):
    activity = world.activity(ann)
    copy = bo.events()[0].id

    answers = at_once(lambda: world.link(ann, meeting, activity), lambda: world.create(bo, copy))

    refusals = [one for one in answers if isinstance(one, AlreadyLinked)]
    assert len(refusals) == 1
    assert world.count("links") == 1
    winner = next(one for one in answers if one not in refusals)
    assert world.count("activities") == (1 if winner.activity.id == activity.id else 2)


def test_two_tombstones_revived_for_one_activity_at_once_the_second_is_refused(world, ann, meeting):
    other = ann.create_event(subject="Other", start=world.tomorrow(15))
    for event_id in (meeting, other):
        world.unlink(ann, world.create(ann, event_id).link)
    activity = world.activity(ann)

    answers = at_once(
        lambda: world.link(ann, meeting, activity), lambda: world.link(ann, other, activity)
    )

    assert sorted(type(one).__name__ for one in answers) == ["ActivityTaken", "Linked"]


def test_linking_while_the_sync_runs_over_the_same_mailbox_agrees_in_the_end(
    world, ann, bo, meeting
):
    activity = world.activity(ann)

    linked, _ = at_once(lambda: world.link(ann, meeting, activity), lambda: world.run(ann, bo))
    ann.change_event(meeting, subject="Changed")
    world.run(ann, bo)

    assert world.link_now(linked.link).state is LinkState.LIVE
    assert world.activity_now(activity).subject == "Changed"
    assert world.waiting(ann) == []


def test_unlinking_while_the_sync_carries_a_change_ends_the_link_for_good(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.run(ann)
    ann.change_event(meeting, subject="Changed")

    at_once(lambda: world.unlink(ann, linked.link), lambda: world.run(ann))
    settled = world.activity_now(linked.activity)
    ann.change_event(meeting, subject="Changed again")
    world.run(ann)

    assert world.link_now(linked.link).state is LinkState.ENDED
    assert world.activity_now(linked.activity) == settled


def test_retracting_while_the_sync_carries_a_change_leaves_nothing(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.run(ann)
    ann.change_event(meeting, subject="Secret")

    at_once(lambda: world.run(ann), lambda: world.retract(ann, linked.link))
    world.run(ann)

    assert world.activity_now(linked.activity).subject == "Retracted"
    assert "Secret" not in str(world.log(linked.link))


def test_a_meeting_with_odd_characters_and_much_text_is_linked(world, ann):
    event_id = ann.create_event(
        subject="Nul\0, “quotes” & <b>tags</b> 😀" + "x" * 300,
        body="line\0\r\n" * 20_000,
        start=world.tomorrow(),
    )

    linked = world.create(ann, event_id)
    world.run(ann)

    activity = world.activity_now(linked.activity)
    assert activity.subject.startswith("Nul, “quotes” & <b>tags</b> 😀x")
    assert activity.version == linked.activity.version


def test_a_meeting_that_comes_back_after_its_activity_was_linked_to_another_stays_ended(world, ann):
    linked, immutable_id = remove_and_bring_back(world, ann)
    other = ann.create_event(subject="Other", start=world.tomorrow(15))
    present = world.link(ann, other, linked.activity)

    world.notify_id(ann, immutable_id)
    world.run(ann)

    assert world.link_now(linked.link).state is LinkState.ENDED
    assert world.link_now(present.link).state is LinkState.LIVE
    assert world.activity_now(linked.activity).subject == "Other"
    assert world.waiting(ann) == []


def test_a_meeting_that_came_back_cannot_take_its_activity_back_from_another(world, ann):
    linked, immutable_id = remove_and_bring_back(world, ann)
    other = ann.create_event(subject="Other", start=world.tomorrow(15))
    world.link(ann, other, linked.activity)

    with pytest.raises(ActivityTaken):
        world.link(ann, immutable_id, linked.activity)


def test_who_is_not_invited_gets_nothing_through_a_link_made_while_the_organizers_copy_was_away(
    world, ann, bo, meeting
):
    copy = bo.events()[0].id
    ann.change_event(meeting, attendees=[], subject="Without Bo", body="Secret")
    bo.mailbox.put(replace(bo.event(copy), is_cancelled=False), at=world.clock.now())
    world.sandbox.faults.add(path_regex=f"/users/{ann.oid}/", times=-1)
    activity = world.activity(bo)
    linked = world.link(bo, copy, activity)
    assert linked.link.state is LinkState.RESERVED
    world.sandbox.faults.clear()

    world.work(ann)
    world.run(ann, bo)

    assert world.link_now(linked.link).state is LinkState.ENDED
    assert world.activity_now(activity) == activity
    assert "Secret" not in str(world.log(linked.link))


def test_a_reserved_link_can_be_ended_and_then_stays_so(world, ann, bo, meeting):
    world.sandbox.faults.add(path_regex=f"/users/{ann.oid}/", times=-1)
    activity = world.activity(bo)
    linked = world.link(bo, bo.events()[0].id, activity)

    world.unlink(bo, linked.link)
    world.sandbox.faults.clear()
    world.run(ann, bo)

    assert world.link_now(linked.link).state is LinkState.ENDED
    assert world.activity_now(activity) == activity
    assert world.waiting(ann) == []


def test_a_link_that_waited_too_long_is_listed_and_follows_when_retried(world, ann, bo, meeting):
    world.sandbox.faults.add(path_regex=f"/users/{ann.oid}/events", times=-1)
    activity = world.activity(bo)
    linked = world.link(bo, bo.events()[0].id, activity)
    for _ in range(12):
        world.work(ann)
        world.clock.advance(hours=2)
    world.sandbox.faults.clear()
    assert world.link_now(linked.link).state is LinkState.RESERVED

    retry(world.tools, world.sign_in(bo), linked.link.id)
    world.work(bo)
    world.work(ann)

    assert world.link_now(linked.link).state is LinkState.LIVE
    assert world.activity_now(activity).subject == "Review"
    assert world.waiting(ann) == []


def test_a_reserved_link_whose_meeting_is_gone_is_said_to_have_failed(world, ann, bo, meeting):
    world.sandbox.faults.add(path_regex=f"/users/{ann.oid}/", times=-1)
    activity = world.activity(bo)
    linked = world.link(bo, bo.events()[0].id, activity)
    world.sandbox.faults.clear()

    ann.delete_event(meeting, hard=True)
    for _ in range(12):
        world.run(ann, bo)
        world.clock.advance(hours=2)

    assert "retry-later" in world.reasons(linked.link)
    assert world.reasons(linked.link)[-1] == "failed-permanent"
    assert world.activity_now(activity) == activity
