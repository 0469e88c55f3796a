"""Outlook and the CRM change a linked meeting: what goes where, who wins, and how often anybody is mailed."""

from datetime import timedelta

import pytest

from merge_stage import INES, JON, KIM, OWNED_BY_BOTH, Stage


@pytest.fixture
def stage(world, ann):
    return lambda **given: Stage(world, ann, **given)


def test_event_updated_carries_an_edit_of_the_crm_and_tells_each_guest_once(stage):
    """SA-06; pains 5: only what differs is written."""
    both = stage()

    both.edit(subject="Review, moved on")
    both.work()

    assert both.event.subject == "Review, moved on"
    assert both.mails() == {(INES, "update"): 1}
    [line] = both.told("event-updated")
    assert (line.before, line.after) == ({"subject": "Review"}, {"subject": "Review, moved on"})


def test_after_an_edit_of_the_crm_a_further_run_writes_on_neither_side(world, ann, stage):
    """Invariant 3; pains 4, 6."""
    both = stage()
    both.edit(subject="Ours", location="Room 2")
    both.work()
    version = both.activity_now.version

    world.run(ann)
    world.run(ann)

    assert both.writes() == 1
    assert both.activity_now.version == version
    assert len(both.told("event-updated")) == 1


def test_different_fields_both_apply(stage):
    both = stage()
    both.ann.change_event(both.event_id, location="Room 9")
    both.edit(subject="Ours")

    both.work()

    assert both.subjects == ("Ours", "Ours")
    assert (both.event.location, both.activity_now.place) == ("Room 9", "Room 9")


@pytest.mark.parametrize(
    ("conflict", "ends", "reason"),
    [
        ("outlook-wins", ("Theirs", "Theirs"), "conflict-outlook-won"),
        ("crm-wins", ("Ours", "Ours"), "conflict-crm-won"),
        ("hold", ("Theirs", "Ours"), "conflict-held"),
    ],
)
def test_conflict_says_whose_value_stays_and_the_log_keeps_both(stage, conflict, ends, reason):
    """conflict-outlook-won, conflict-crm-won, conflict-held."""
    both = stage(conflict=conflict)

    both.edit_both("Theirs", "Ours")
    both.work(times=3)
    both.world.run(both.ann)

    assert both.subjects == ends
    [line] = both.told(reason)
    assert {line.before["subject"], line.after["subject"]} == {"Theirs", "Ours"}


def test_a_contested_field_keeps_what_was_agreed_and_marks_the_activity(stage):
    both = stage(conflict="hold")

    both.edit_both("Theirs", "Ours")
    both.work()

    assert both.link_now.baseline.subject == "Review"
    assert [note.reason for note in both.activity_now.review] == ["conflict-held"]


def test_equal_values_on_both_sides_are_no_conflict(stage):
    both = stage(conflict="hold")

    both.edit_both("The same", "The same")
    both.work()

    assert both.link_now.contested == {}
    assert both.writes() == 0


def test_another_pair_of_values_is_told_anew(stage):
    both = stage(conflict="hold")
    both.edit_both("Theirs", "Ours")
    both.work()

    both.edit(subject="Ours again")
    both.work()

    assert len(both.told("conflict-held")) == 2


@pytest.mark.parametrize(("keep", "value"), [("outlook", "Theirs"), ("crm", "Ours")])
def test_a_held_conflict_is_settled_as_a_person_says(stage, keep, value):
    both = stage(conflict="hold")
    both.edit_both("Theirs", "Ours")
    both.work()

    both.settle(keep)
    both.work()

    assert both.subjects == (value, value)
    assert both.activity_now.review == ()
    reason = {"outlook": "conflict-outlook-won", "crm": "conflict-crm-won"}[keep]
    assert [line.actor for line in both.told(reason)] == [both.ann.name]
    assert both.writes() == (0 if keep == "outlook" else 1)


@pytest.mark.parametrize(
    ("conflict", "keep", "value"),
    [("outlook-wins", "crm", "Ours"), ("crm-wins", "outlook", "Theirs")],
)
def test_what_lost_is_restored_by_one_click(stage, conflict, keep, value):
    """What nobody else has, 4: both values of a lost conflict are kept."""
    both = stage(conflict=conflict)
    both.edit_both("Theirs", "Ours")
    both.work(times=2)

    both.settle(keep)
    both.work(times=2)

    assert both.subjects == (value, value)
    assert both.link_now.contested == {}


def test_attendees_added_and_removed_in_the_crm_are_told_once_each(stage):
    """pains 27; SA-08, IN-11."""
    both = stage()
    people = [{"kind": "other", "name": "Kim", "address": KIM, "invite": True}]

    both.edit(participants=people)
    both.work()
    both.world.run(both.ann)

    assert [one.address for one in both.event.attendees] == [KIM]
    assert both.mails() == {(KIM, "invitation"): 1, (INES, "cancellation"): 1}


def test_guests_whom_both_sides_add_at_the_same_time_are_all_there(stage):
    both = stage()
    people = [{"kind": "other", "address": INES}, {"kind": "other", "address": KIM, "invite": True}]

    both.ann.change_event(both.event_id, attendees=[INES, JON])
    both.edit(participants=people)
    both.work()

    assert {one.address for one in both.event.attendees} == {INES, JON, KIM}
    assert {one.address for one in both.activity_now.participants[1:]} == {INES, JON, KIM}
    assert both.mails()[(KIM, "invitation")] == 1


def test_edits_on_both_sides_within_a_second_are_both_kept(stage):
    both = stage()

    both.ann.change_event(both.event_id, start=both.world.tomorrow(15))
    both.edit(subject="Ours", location="Room 2")
    both.world.clock.advance(seconds=0.5)
    both.work(times=2)

    assert both.subjects == ("Ours", "Ours")
    assert both.activity_now.when.starts_at == both.world.tomorrow(15)
    assert both.event.location == "Room 2"


def test_times_go_out_in_the_zone_of_the_activity(stage):
    """pains 31"""
    both = stage()
    start = both.world.tomorrow(14)

    both.edit(start=start, end=start + timedelta(hours=2), time_zone="America/New_York")
    both.work()
    both.world.run(both.ann)

    when = both.activity_now.when
    assert (when.start, when.end, when.time_zone) == (
        start,
        start + timedelta(hours=2),
        "America/New_York",
    )
    assert both.writes() == 1


def test_a_meeting_becomes_an_all_day_one_from_the_crm(stage):
    """pains 31: dates, the end inclusive."""
    both = stage()
    day = both.world.tomorrow().date() + timedelta(days=1)

    both.edit(start=day, end=day, all_day=True)
    both.work()
    both.world.run(both.ann)

    assert both.event.all_day
    assert (both.activity_now.when.start, both.activity_now.when.end) == (day, day)
    assert both.writes() == 1


def test_edits_while_outlook_is_unreachable_go_out_once_it_answers(stage, sandbox):
    both = stage()
    both.edit(subject="Ours")
    sandbox.faults.add(path_regex="/events/", status=503, times=-1)

    both.work()
    both.edit(location="Room 2")
    sandbox.faults.clear()
    both.world.clock.advance(hours=1)
    both.work(times=2)

    assert (both.subjects, both.event.location) == (("Ours", "Ours"), "Room 2")
    assert both.mails() == {(INES, "update"): 1}


def test_nothing_is_written_to_a_meeting_that_is_over(stage):
    both = stage()
    both.world.clock.advance(days=3)

    both.edit(subject="Too late")
    both.work()

    assert both.writes() == 0
    assert both.told("past-never-written")


@pytest.mark.parametrize(
    ("owner", "there", "here"),
    [
        ("outlook", ("Theirs", "Theirs"), ("Review", "Review")),
        ("crm", ("Theirs", "Review"), ("Ours", "Ours")),
        ("both", ("Theirs", "Theirs"), ("Ours", "Ours")),
    ],
)
def test_owners_say_whose_edits_count(stage, owner, there, here):
    """event-updated, owned-by-outlook; `there`: after an edit in Outlook, `here`: after one in the CRM."""
    edited_there, edited_here = (stage(owners=OWNED_BY_BOTH | {"subject": owner}) for _ in range(2))

    edited_there.ann.change_event(edited_there.event_id, subject="Theirs")
    edited_here.edit(subject="Ours")
    edited_there.world.run(edited_there.ann)

    assert edited_there.subjects == there
    assert edited_here.subjects == here
