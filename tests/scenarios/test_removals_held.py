"""Unusually many meetings vanish from a mailbox: what goes through, what waits, and what does not count."""

from datetime import timedelta
from itertools import count

import pytest

from held_world import Linkage, open_holds, the_hold
from liaison.calendar.model import Scope
from liaison.crm.model import ActivityStatus


@pytest.fixture(autouse=True)
def gone_for_good(sandbox):
    sandbox.settings.deleted_items_still_answer = False


def test_held_removal_of_thirty_meetings_of_a_hundred(world, ann):
    calendar = Linkage.of(world, ann, 100)

    calendar.vanish(*range(30))

    assert len(calendar.cancelled) == 20
    assert len(calendar.held()) == 10
    assert calendar.live == sorted({*calendar.held(), *range(30, 100)})
    hold = the_hold(world)
    assert (hold.reason, hold.mailbox_id) == ("held-removal", world.own(ann).id)
    assert world.waiting(ann) == []


def test_held_removal_of_six_meetings_of_ten(world, ann):
    calendar = Linkage.of(world, ann, 10)

    calendar.vanish(*range(6))

    assert (len(calendar.cancelled), len(calendar.held())) == (4, 2)


def test_a_held_link_and_its_activity_stay_as_they_are(world, ann):
    calendar = Linkage.of(world, ann, 10)
    before = [world.activity_now(one.activity) for one in calendar.linked]
    links = [world.link_now(one.link) for one in calendar.linked]

    calendar.vanish(*range(6))

    for n in calendar.held():
        assert world.activity_now(calendar.linked[n].activity) == before[n]
        assert world.link_now(calendar.linked[n].link) == links[n]
        assert world.reasons(calendar.linked[n].link)[-1] == "held-removal"


def test_further_runs_write_nothing_and_log_nothing(world, ann):
    calendar = Linkage.of(world, ann, 10)
    calendar.vanish(*range(6))
    log, hold = world.mailbox_log(ann), the_hold(world)

    for _ in range(3):
        world.clock.advance(hours=13)
        world.run(ann)

    assert world.mailbox_log(ann) == log
    assert the_hold(world) == hold
    assert len(calendar.cancelled) == 4


def test_later_removals_of_the_mailbox_join_the_open_hold(world, ann):
    calendar = Linkage.of(world, ann, 40)
    calendar.vanish(*range(22))
    first = the_hold(world)

    world.clock.advance(hours=30)
    calendar.vanish(30)

    assert the_hold(world).id == first.id
    assert 30 in calendar.held()
    assert len(calendar.cancelled) == 8


@pytest.mark.parametrize("looks", [1, 4, 5, 6])
def test_a_run_that_breaks_off_in_between_counts_on_where_it_stopped(world, ann, looks):
    calendar = Linkage.of(world, ann, 10)
    for n in range(6):
        ann.delete_event(calendar.ids[n], hard=True)

    break_off_after(world, looks)
    with pytest.raises(KeyboardInterrupt):
        world.run(ann)
    world.run(ann)

    assert (len(calendar.cancelled), len(calendar.held())) == (4, 2)
    codes = [world.reasons(calendar.linked[n].link).count("held-removal") for n in range(6)]
    assert sorted(codes) == [0, 0, 0, 0, 1, 1]


def break_off_after(world, looks):
    """The process dies when Outlook has answered so many questions about single events."""

    calendars = world.tools.outlook.calendars
    asked, answers = calendars.look_up, count(1)

    def ask(*given):
        presence = asked(*given)
        if next(answers) == looks:
            raise KeyboardInterrupt
        return presence

    calendars.look_up = ask


def test_a_series_that_is_gone_is_held_like_any_meeting(world, ann):
    world.set_policy(removalLimit=0)
    start = world.tomorrow()
    pattern = {"type": "daily", "interval": 1}
    days = {"type": "numbered", "startDate": start.date().isoformat(), "numberOfOccurrences": 5}
    recurrence = {"pattern": pattern, "range": days}
    event_id = ann.create_event(subject="Daily", start=start, recurrence=recurrence)
    linked = world.create(ann, event_id, scope=Scope.SERIES)
    world.run(ann)

    ann.delete_event(event_id, hard=True)
    world.run(ann)

    assert list(the_hold(world).links.values()) == [linked.activity.id]
    assert world.activity_now(linked.activity).status is ActivityStatus.PLANNED


def test_each_mailbox_has_a_guard_of_its_own(world, ann, bo):
    Linkage.of(world, ann, 10).vanish(*range(6))

    of_bo = Linkage.of(world, bo, 10)
    of_bo.vanish(0)

    assert of_bo.cancelled == [0]
    assert len(open_holds(world)) == 1


def test_the_policy_says_where_the_guard_closes(world, ann):
    world.set_policy(removalLimit=2, removalPercent=100)
    calendar = Linkage.of(world, ann, 10)

    calendar.vanish(*range(5))

    assert (len(calendar.cancelled), len(calendar.held())) == (2, 3)


def test_a_clean_up_of_past_meetings_is_not_counted(world, ann):
    calendar = Linkage.of(world, ann, 30)
    world.clock.advance(days=2)

    calendar.vanish(*range(12))
    upcoming = [n for n in range(30) if not _is_over(world, calendar, n)]
    calendar.vanish(upcoming[-1])

    assert calendar.cancelled == [upcoming[-1]]
    assert open_holds(world) == []


def test_an_access_that_is_lost_is_no_removal(world, ann):
    calendar = Linkage.of(world, ann, 10)

    ann.mailbox_state = "unlicensed"
    for event_id in calendar.ids:
        world.note(ann, event_id)
    world.run(ann)

    assert (calendar.cancelled, open_holds(world)) == ([], [])


def test_a_held_meeting_that_is_back_waits_no_more(world, ann, sandbox):
    sandbox.settings.deleted_items_still_answer = True
    calendar = Linkage.of(world, ann, 10)
    kept = [ann.event(event_id).immutable_id for event_id in calendar.ids]
    for n in range(6):
        ann.delete_event(calendar.ids[n])
    world.run(ann)
    world.clock.advance(seconds=31)
    world.run(ann)
    one, other = calendar.held()

    ann.restore_event(kept[one])
    ann.change_event(kept[one], subject="Back again")
    world.run(ann)

    assert calendar.held() == [other]
    assert world.activity_now(calendar.linked[one].activity).subject == "Back again"
    assert "event-restored" in world.reasons(calendar.linked[one].link)


def test_a_hold_of_which_everything_is_back_is_gone(world, ann, sandbox):
    sandbox.settings.deleted_items_still_answer = True
    world.set_policy(removalLimit=0)
    calendar = Linkage.of(world, ann, 2)
    kept = [ann.event(event_id).immutable_id for event_id in calendar.ids]
    ann.delete_event(calendar.ids[0])
    world.run(ann)
    world.clock.advance(seconds=31)
    world.run(ann)
    assert calendar.held() == [0]

    ann.restore_event(kept[0])
    world.run(ann)

    assert open_holds(world) == []
    assert calendar.live == [0, 1]


def test_what_a_person_unlinks_waits_no_more(world, ann):
    world.set_policy(removalLimit=0)
    calendar = Linkage.of(world, ann, 3)
    calendar.vanish(0)

    world.unlink(ann, calendar.linked[0].link)

    assert open_holds(world) == []


def test_an_emptied_hold_begins_anew(world, ann):
    world.set_policy(removalLimit=0)
    calendar = Linkage.of(world, ann, 3)
    calendar.vanish(0)
    world.unlink(ann, calendar.linked[0].link)
    world.clock.advance(hours=1)

    calendar.vanish(1)

    assert calendar.held() == [1]
    assert the_hold(world).opened_at == world.clock.now()


def _is_over(world, calendar, n):
    return world.activity_now(calendar.linked[n].activity).when.ends_at < (
        world.clock.now() + timedelta(minutes=1)
    )
