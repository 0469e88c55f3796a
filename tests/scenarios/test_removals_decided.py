"""An administrator approves or discards removals that wait."""

import pytest

from held_world import Linkage, approve_as, discard_as, open_holds, the_hold
from liaison.calendar.model import LinkState
from liaison.calendar.stores import holds
from liaison.crm.model import ActivityStatus
from liaison.db.audit import list_audit
from liaison.errors import HoldSettled
from scenario_world import at_once


@pytest.fixture(autouse=True)
def gone_for_good(sandbox):
    sandbox.settings.deleted_items_still_answer = False


@pytest.fixture
def calendar(world, ann):
    return Linkage.of(world, ann, 10)


def delete_softly(world, calendar, which):
    """Deleted items go on answering: a second look has to agree."""
    world.sandbox.settings.deleted_items_still_answer = True
    kept = [calendar.person.event(event_id).immutable_id for event_id in calendar.ids]
    for n in which:
        calendar.person.delete_event(calendar.ids[n])
    world.run(calendar.person)
    world.clock.advance(seconds=31)
    world.run(calendar.person)
    return kept


def test_approved_removals_are_carried_out(world, ann, calendar):
    calendar.vanish(*range(6))
    held = calendar.held()

    approve_as(world, the_hold(world))
    world.work(ann)

    assert calendar.cancelled == list(range(6))
    assert calendar.live == [6, 7, 8, 9]
    assert open_holds(world) == []
    assert world.waiting(ann) == []
    [*_, approved, removed] = world.log(calendar.linked[held[0]].link)
    assert (approved.reason, approved.actor) == ("held-removal", "Ada Admin")
    assert (removed.reason, removed.actor) == ("event-deleted", "SYNC_MASTER")


def test_of_approved_removals_those_that_came_back_stay(world, ann, calendar):
    kept = delete_softly(world, calendar, range(6))
    back, gone = calendar.held()

    ann.restore_event(kept[back])
    approve_as(world, the_hold(world))
    world.work(ann)
    world.clock.advance(seconds=31)
    world.work(ann)

    assert calendar.live == [back, 6, 7, 8, 9]
    assert gone in calendar.cancelled
    assert back not in calendar.cancelled


def test_approving_twice_is_approving_once(world, ann, calendar):
    calendar.vanish(*range(6))
    hold = the_hold(world)

    first = approve_as(world, hold)
    again = approve_as(world, hold)
    world.run(ann)
    world.run(ann)
    late = approve_as(world, hold)

    assert first == again == late
    reasons = [world.reasons(one.link) for one in calendar.linked[:6]]
    assert [codes.count("event-deleted") for codes in reasons] == [1] * 6


def test_an_approval_outlives_a_run_that_breaks_off(world, ann, calendar):
    calendar.vanish(*range(6))
    approve_as(world, the_hold(world))

    def break_off():
        raise KeyboardInterrupt

    world.after_call("look_up", break_off)
    with pytest.raises(KeyboardInterrupt):
        world.work(ann)
    world.work(ann)

    assert calendar.cancelled == list(range(6))


def test_after_an_approval_the_guard_counts_anew(world, ann):
    calendar = Linkage.of(world, ann, 30)
    calendar.vanish(*range(8))
    approve_as(world, the_hold(world))
    world.clock.advance(minutes=1)
    world.run(ann)

    calendar.vanish(20)

    assert calendar.cancelled == [*range(8), 20]


def test_discarded_removals_keep_the_activity_and_end_the_link(world, ann, calendar):
    calendar.vanish(*range(6))
    held = calendar.held()

    discard_as(world, the_hold(world))

    for n in held:
        link = world.link_now(calendar.linked[n].link)
        assert (link.state, link.ended_by) == (LinkState.ENDED, "Ada Admin")
        assert "unlinked-by-person" in world.reasons(link)
    assert open_holds(world) == []


def test_discarding_takes_back_what_was_removed_before(world, ann, calendar):
    calendar.vanish(*range(6))
    removed = calendar.cancelled[0]

    discard_as(world, the_hold(world))
    world.run(ann)

    assert calendar.cancelled == []
    assert len(calendar.having(ActivityStatus.PLANNED)) == 10
    assert calendar.live == [6, 7, 8, 9]
    [entry] = [
        one for one in world.log(calendar.linked[removed].link) if one.action == "restore-activity"
    ]
    assert (entry.actor, entry.after) == ("Ada Admin", {"status": "planned"})


def test_discarding_does_not_undo_what_somebody_changed_since(world, ann, calendar):
    calendar.vanish(*range(6))
    edited = calendar.cancelled[0]
    world.edit(ann, calendar.linked[edited].activity, outcome="Cancelled by phone")

    discard_as(world, the_hold(world))

    assert calendar.cancelled == [edited]
    with world.database.transaction() as session:
        [entry] = list_audit(session, limit=1)
    assert (entry.action, entry.actor) == ("held-discarded", "Ada Admin")
    assert entry.details == {"count": 2, "restored": 3, "left": 1}


def test_discarding_leaves_removals_of_another_day_as_they_are(world, ann):
    calendar = Linkage.of(world, ann, 30)
    calendar.vanish(29)
    world.clock.advance(hours=25)

    calendar.vanish(*range(20, 28))
    discard_as(world, the_hold(world))

    assert calendar.cancelled == [29]


@pytest.mark.parametrize("how", ["mark", "delete"])
def test_discarding_takes_back_whatever_the_policy_did(world, ann, how):
    world.set_policy(onDelete=how)
    calendar = Linkage.of(world, ann, 10)
    before = [world.activity_now(one.activity) for one in calendar.linked]
    calendar.vanish(*range(6))

    discard_as(world, the_hold(world))

    after = [world.activity_now(one.activity) for one in calendar.linked]
    assert [(one.deleted_at, one.review) for one in after] == [
        (one.deleted_at, one.review) for one in before
    ]


def test_a_discarded_meeting_that_comes_back_is_not_followed_again(world, ann, calendar):
    kept = delete_softly(world, calendar, range(6))
    held = calendar.held()[0]
    removed = calendar.cancelled[0]
    discard_as(world, the_hold(world))

    for n in (held, removed):
        ann.restore_event(kept[n])
        ann.change_event(kept[n], subject="Back")
    world.run(ann)

    assert world.activity_now(calendar.linked[held].activity).subject == f"Meeting {held}"
    assert world.activity_now(calendar.linked[removed].activity).subject == "Back"


def test_discarding_twice_is_discarding_once(world, ann, calendar):
    calendar.vanish(*range(6))
    hold = the_hold(world)

    first = discard_as(world, hold)
    log = world.mailbox_log(ann)

    assert discard_as(world, hold) == first
    assert world.mailbox_log(ann) == log


@pytest.mark.parametrize(("first", "then"), [(approve_as, discard_as), (discard_as, approve_as)])
def test_what_was_decided_cannot_be_decided_otherwise(world, ann, calendar, first, then):
    calendar.vanish(*range(6))
    hold = the_hold(world)
    first(world, hold)

    with pytest.raises(HoldSettled):
        then(world, hold)


@pytest.mark.parametrize("decide", [approve_as, discard_as])
def test_what_waits_no_more_cannot_be_decided(world, ann, calendar, decide):
    calendar.vanish(*range(6))
    hold = the_hold(world)
    for n in calendar.held():
        world.unlink(ann, calendar.linked[n].link)

    with pytest.raises(HoldSettled):
        decide(world, hold)


def test_two_administrators_at_once_decide_once(world, ann, calendar):
    calendar.vanish(*range(6))
    hold = the_hold(world)

    came = at_once(lambda: approve_as(world, hold), lambda: discard_as(world, hold))

    assert sum(isinstance(one, HoldSettled) for one in came) == 1
    with world.database.transaction() as session:
        assert holds.find_hold(session, hold.id).settled_by == "Ada Admin"


def test_a_run_while_an_administrator_discards_leaves_nothing_half_done(world, ann, calendar):
    calendar.vanish(*range(6))
    hold = the_hold(world)
    for n in calendar.held():
        world.note_id(ann, calendar.linked[n].link.copies[0].event_id)

    at_once(lambda: discard_as(world, hold), lambda: world.work(ann))
    world.run(ann)

    assert open_holds(world) == []
    assert len(calendar.having(ActivityStatus.PLANNED)) == 10
