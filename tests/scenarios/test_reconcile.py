"""The daily proof: every live link against Outlook, and what was damaged behind our back."""

from datetime import timedelta

import pytest

from reconcile_stage import (
    be_told_nothing,
    damage,
    found_in_log,
    linked,
    named,
    prove,
    reconcile_of,
    stated,
)
from scenario_runs import calls_during


def test_links_that_agree_are_stated_and_nothing_is_written(world, ann):
    _, activity, link = linked(world, ann)
    linked(world, ann, "Budget", days=2)
    prove(world, ann)
    before = world.activity_now(activity), world.link_now(link), world.log(link)

    prove(world, ann)

    assert stated(world, ann) == "2 links, 0 differences"
    assert (world.activity_now(activity), world.link_now(link), world.log(link)) == before


@pytest.mark.parametrize(
    ("column", "field", "wrong"),
    [
        ("subject", "subject", "Changed"),
        ("notes", "notes", "Changed"),
        ("place", "location", "Changed"),
    ],
)
def test_a_damaged_activity_is_named_with_both_values_and_mended(world, ann, column, field, wrong):
    _, activity, link = linked(world, ann)
    prove(world, ann)
    good = world.activity_now(activity)
    damage(
        world,
        f"UPDATE activities SET {column} = :wrong WHERE id = :id",
        wrong=wrong,
        id=activity.id,
    )

    prove(world, ann)

    (difference,) = found_in_log(world, link)
    assert difference == {"field": field, "outlook": getattr(good, column), "crm": wrong}
    assert world.reasons(link)[-1] == "activity-updated"
    assert getattr(world.activity_now(activity), column) == getattr(good, column)
    assert stated(world, ann) == "1 link, 1 difference (1 settled)"
    prove(world, ann)
    assert stated(world, ann) == "1 link, 0 differences"


@pytest.mark.parametrize("baseline", ["NULL", "'{}'", "'[]'", "'{\"subject\": 3}'", "'\"text\"'"])
def test_a_baseline_that_is_missing_or_damaged_is_found_and_made_anew(world, ann, baseline):
    _, _, link = linked(world, ann)
    good = world.link_now(link).baseline
    damage(world, f"UPDATE links SET baseline = {baseline} WHERE id = :id", id=link.id)

    prove(world, ann)

    assert named(world, ann) == [("baseline", True)]
    assert world.link_now(link).baseline == good
    assert found_in_log(world, link)[0]["field"] == "baseline"


def test_a_baseline_with_another_value_is_named_by_its_field(world, ann):
    _, _, link = linked(world, ann)
    damage(
        world,
        "UPDATE links SET baseline = jsonb_set(baseline, '{subject}', '\"Other\"') WHERE id = :id",
        id=link.id,
    )

    prove(world, ann)

    (difference,) = found_in_log(world, link)
    assert difference == {"field": "baseline.subject", "outlook": "Renewal", "crm": "Other"}
    assert world.reasons(link)[-1] == "already-agreed"


def test_a_lost_row_of_a_copy_is_found_by_the_meeting(world, ann):
    event_id, _, link = linked(world, ann)
    damage(world, "DELETE FROM link_copies WHERE link_id = :id", id=link.id)

    prove(world, ann)

    assert named(world, ann) == [("copy", True)]
    (copy,) = world.link_now(link).copies
    assert copy.event_id == ann.event(event_id).immutable_id
    assert stated(world, ann) == "1 link, 1 difference (1 settled)"


def test_a_copy_that_nobody_has_any_more_is_named_and_not_forgotten(world, ann):
    event_id, _, link = linked(world, ann)
    damage(world, "DELETE FROM link_copies WHERE link_id = :id", id=link.id)
    ann.delete_event(event_id, hard=True)

    prove(world, ann)

    assert named(world, ann) == [("copy", False)]
    assert world.reasons(link)[-1] == "failed-permanent"
    assert stated(world, ann) == "0 links, 1 difference (0 settled)"


def test_an_id_that_leads_nowhere_is_no_removal(world, ann):
    event_id, activity, link = linked(world, ann)
    wrong = ann.event(event_id).immutable_id[:-6] + "AAAAAA"
    damage(
        world,
        "UPDATE link_copies SET event_id = :wrong WHERE link_id = :id",
        wrong=wrong,
        id=link.id,
    )

    prove(world, ann)

    assert named(world, ann) == [("copy", True)]
    assert world.link_now(link).copies[0].event_id == ann.event(event_id).immutable_id
    assert world.activity_now(activity).status == "planned"


def test_the_id_of_another_meeting_does_not_bring_its_content(world, ann):
    _, activity, link = linked(world, ann)
    other = ann.create_event(subject="Private party", start=world.tomorrow(15))
    wrong = ann.event(other).immutable_id
    damage(
        world,
        "UPDATE link_copies SET event_id = :wrong WHERE link_id = :id",
        wrong=wrong,
        id=link.id,
    )

    prove(world, ann)

    assert world.activity_now(activity).subject == "Renewal"
    assert world.link_now(link).copies[0].event_id != wrong


@pytest.mark.parametrize(
    "odd",
    [
        "frozen_reason = 'private'",
        "ended_at = now()",
        "state = 'frozen'",
    ],
)
def test_a_state_that_no_path_leaves_behind_is_straightened(world, ann, odd):
    _, _, link = linked(world, ann)
    damage(world, f"UPDATE links SET {odd} WHERE id = :id", id=link.id)

    prove(world, ann)

    now = world.link_now(link)
    assert ("state", True) in named(world, ann)
    assert (now.state, now.frozen_reason, now.ended_at) == ("live", None, None)
    assert "state" in [one["field"] for one in found_in_log(world, link)]


def test_an_end_without_a_time_is_named_until_a_person_decides(world, ann):
    _, _, link = linked(world, ann)
    damage(world, "UPDATE links SET state = 'ended' WHERE id = :id", id=link.id)

    prove(world, ann)
    prove(world, ann)

    assert named(world, ann) == [("state", False)]


def test_a_lost_activity_is_named(world, ann):
    _, activity, link = linked(world, ann)
    damage(world, "DELETE FROM activities WHERE id = :id", id=activity.id)

    prove(world, ann)

    assert named(world, ann) == [("meeting", True)]
    assert world.reasons(link)[-1] == "event-cancelled-by-crm"


def test_a_meeting_that_vanished_unnoticed_is_removed_by_the_ordinary_rules(world, ann):
    event_id, activity, link = linked(world, ann)
    be_told_nothing(world)
    ann.delete_event(event_id, hard=True)

    prove(world, ann)

    assert named(world, ann) == [("meeting", True)]
    assert world.reasons(link)[-1] == "event-cancelled"
    assert world.activity_now(activity).status == "cancelled"


def test_a_change_that_nobody_told_us_is_found(world, ann):
    event_id, activity, _ = linked(world, ann)
    be_told_nothing(world)
    world.clock.advance(minutes=1)
    ann.change_event(event_id, subject="Moved on")
    world.clock.advance(minutes=1)

    prove(world, ann)

    assert named(world, ann) == [("subject", True)]
    assert world.activity_now(activity).subject == "Moved on"


def test_a_change_that_comes_while_we_look_is_no_difference(world, ann):
    event_id, activity, _ = linked(world, ann)

    def change():
        world.clock.advance(seconds=1)
        ann.change_event(event_id, subject="Just now")

    world.after_call("read_changes", change)

    prove(world, ann)

    assert stated(world, ann) == "1 link, 0 differences"
    assert world.activity_now(activity).subject == "Just now"


def test_an_invitees_copy_is_left_to_the_organizers_mailbox(world, ann, bo):
    start = world.tomorrow()
    event_id = ann.create_event(
        subject="Renewal", start=start, end=start + timedelta(hours=1), attendees=[bo.address]
    )
    world.link(ann, event_id, world.activity(ann))
    world.run(ann, bo)

    prove(world, ann)
    prove(world, bo)

    assert stated(world, ann) == "1 link, 0 differences"
    assert stated(world, bo) == "0 links, 0 differences"


def test_meetings_that_lie_close_together_cost_one_call(world, ann):
    for number in range(8):
        linked(world, ann, f"Meeting {number}", days=1 + number)
    prove(world, ann)

    calls = calls_during(world, lambda: prove(world, ann))

    # One for what changed, one for all eight.
    assert len(calls) == 2
    assert stated(world, ann) == "8 links, 0 differences"
    assert reconcile_of(world, ann).began_at is None
