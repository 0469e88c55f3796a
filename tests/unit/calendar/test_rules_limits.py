"""Numbers that administrators and users live by, at their edges."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from calendar_builders import NOW, a_copy, a_link, a_situation, an_activity, an_event
from liaison.calendar.model import LinkState, Scope
from liaison.calendar.rules import completeness, schedule
from liaison.calendar.rules.ages import age_of_change
from liaison.calendar.rules.decide import decide, decide_all
from liaison.calendar.rules.decision import HoldRemoval, RemoveActivity
from liaison.calendar.rules.failures import back_off
from liaison.calendar.rules.situation import Absent, NotFound, RemovalCount, Seen
from liaison.calendar.rules.spans import group_links, may_govern
from liaison.policy.settings import Policy
from liaison.policy.values import Capture, FollowPast, Interval
from people import ANN, BO

GONE = NotFound("AAMk-ann")
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def is_held(policy, last_day, live_links):
    counted = RemovalCount(last_day, live_links)
    decision = decide(a_situation(GONE, policy=policy, removals=counted))
    return isinstance(decision.action, HoldRemoval)


def test_a_share_is_too_large_beyond_the_percentage_and_not_at_it():
    policy = Policy(removal_percent=50, removal_limit=500)

    assert not is_held(policy, last_day=9, live_links=11)
    assert is_held(policy, last_day=9, live_links=10)


def test_fewer_than_five_removals_are_never_too_large_a_share():
    policy = Policy(removal_percent=1)

    assert [is_held(policy, last_day, 50 - last_day) for last_day in (3, 4)] == [False, True]


def test_each_removal_of_a_batch_leaves_one_live_link_less():
    policy = Policy(removal_percent=50, removal_limit=500)
    batch = [a_situation(GONE, policy=policy, removals=RemovalCount(4, 7))] * 3

    held = [isinstance(decision.action, HoldRemoval) for decision in decide_all(batch)]

    # Of eleven the sixth is more than the half; of twelve it would not be.
    assert held == [False, True, True]


@pytest.mark.parametrize(("seconds", "is_believed"), [(29, False), (30, True), (31, True)])
def test_that_a_meeting_is_gone_is_believed_after_half_a_minute(seconds, is_believed):
    seen = Absent("AAMk-ann", NOW - timedelta(seconds=seconds))

    decision = decide(a_situation(seen, removals=RemovalCount(0, 500)))

    assert isinstance(decision.action, RemoveActivity) is is_believed


@pytest.mark.parametrize(("early", "reason"), [(SECOND, "event-cancelled"), (timedelta(), "past-removal-kept")])  # fmt: skip
def test_a_meeting_is_over_at_its_end(early, reason):
    now = an_event().when.ends_at - early

    assert decide(a_situation(GONE, now=now, removals=RemovalCount(0, 500))).reason == reason


@pytest.mark.parametrize("days", [1, 30])
def test_the_window_counts_the_end_of_a_meeting_on_both_sides(days):
    policy = Policy(capture=Capture.ALL, window_past_days=days, window_future_days=days)
    start, end = policy.window(NOW)

    def reason(ends_at):
        when = replace(an_event().when, start=ends_at - SECOND, end=ends_at)
        event = an_event(when=when)
        return decide(a_situation(event, policy=policy, link=None, activity=None)).reason

    assert [reason(at) for at in (start, end)] == ["activity-created"] * 2
    assert [reason(at) for at in (start - SECOND, end + SECOND)] == ["outside-window"] * 2


def test_a_past_meeting_that_was_never_agreed_on_is_carried_once():
    link = a_link(state=LinkState.RESERVED, baseline=None)
    never = Policy(follow_past=FollowPast.NEVER)

    decision = decide(
        a_situation(an_event(subject="New"), link=link, policy=never, now=NOW + 30 * DAY)
    )

    assert decision.reason == "activity-updated"


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 30), (1, 30), (2, 120), (3, 480), (6, 21600), (99, 21600)]
)
def test_the_wait_begins_with_half_a_minute_and_grows_fourfold_up_to_six_hours(attempts, seconds):
    assert back_off(attempts, Policy(), 1.0) == timedelta(seconds=seconds)


def test_the_next_round_is_one_interval_away_or_at_the_next_multiple_of_it():
    now = datetime(2026, 11, 20, 8, 7, 30, 5, tzinfo=UTC)
    span = Policy().calendar_interval.span

    free = schedule.next_round_at(Policy(align_to_clock=False), now)
    aligned = schedule.next_round_at(Policy(align_to_clock=True), now)
    after_a_multiple = schedule.next_round_at(Policy(align_to_clock=True), aligned)

    assert free == now + span
    assert now < aligned <= now + span
    assert (aligned - datetime(2026, 11, 20, tzinfo=UTC)) % span == timedelta()
    assert after_a_multiple == aligned + span


def test_multiples_of_an_interval_are_counted_from_midnight_of_utc():
    policy = Policy(align_to_clock=True, calendar_interval=Interval(7, "hour"))

    due = [schedule.next_round_at(policy, NOW.replace(hour=hour)).hour for hour in (0, 6, 7, 20)]

    assert due == [7, 7, 14, 21]


@pytest.mark.parametrize(
    ("epoch_at", "is_needed"),
    [(None, True), (NOW - 7 * DAY + SECOND, False), (NOW - 7 * DAY, True)],
)
def test_the_window_is_laid_anew_once_a_week(epoch_at, is_needed):
    assert schedule.needs_new_epoch(epoch_at, NOW) is is_needed


def test_a_subscription_is_renewed_at_half_of_its_life_or_a_tenth_earlier():
    ends = NOW + timedelta(days=6)

    assert schedule.renewal_at(NOW, ends, 0.0) == NOW + timedelta(days=3)
    assert schedule.renewal_at(NOW, ends, 1.0) == NOW + timedelta(days=2.4)
    assert schedule.renewal_at(NOW, ends, 0.5) == NOW + timedelta(days=2.7)


@pytest.mark.parametrize("life", [timedelta(seconds=30), timedelta(0), timedelta(hours=-1)])
def test_a_subscription_that_hardly_lives_is_not_renewed_without_end(life):
    assert schedule.renewal_at(NOW, NOW + life, 0.5) == NOW + timedelta(minutes=1)


def test_a_reconcile_is_too_late_beyond_the_present_interval():
    span = Policy().reconcile_interval.span

    assert not completeness.is_too_late(Policy(), NOW + span, NOW)
    assert completeness.is_too_late(Policy(), NOW + span + SECOND, NOW)


def test_a_reconcile_is_at_most_a_tenth_early():
    span = Policy().reconcile_interval.span

    at = completeness.next_at(Policy(), NOW, 0.5, is_settled=True)

    assert at == NOW + span - span / 20


def test_a_reconcile_that_broke_off_goes_on_within_six_hours():
    began = NOW - timedelta(hours=6)

    assert completeness.still_counts(began + SECOND, NOW)
    assert not completeness.still_counts(began, NOW)


def links_ending(*ends):
    when, baseline = an_event().when, a_link().baseline
    return [a_link(baseline=replace(baseline, time=replace(when, end=when.end + one))) for one in ends]  # fmt: skip


def test_meetings_are_listed_at_once_over_two_months_and_no_more():
    # An hour of meeting and a day of margin on both sides stand around it.
    longest = 60 * DAY - timedelta(hours=1)

    together = group_links(links_ending(longest, DAY, DAY))
    alone = group_links(links_ending(longest + SECOND, DAY, DAY))

    assert [group.span is None for group in (*together, *alone)] == [False, True]


def test_what_is_looked_up_one_by_one_is_all_of_it():
    few, series = links_ending(DAY, DAY), replace(a_link(), scope=Scope.SERIES)

    (group,) = group_links([series, *few])

    assert group.links == (series, *few)


@pytest.mark.parametrize("gone", [{"is_present": False}, {"is_followed": False}])
def test_no_mailbox_waits_for_a_copy_that_nobody_reads(gone):
    mine = a_copy(BO.id)
    link = a_link(copies=(a_copy(ANN.id, **gone), mine))

    assert may_govern(link, BO.id)
    assert may_govern(replace(link, copies=(replace(mine, is_present=False),)), BO.id)


def test_a_change_that_was_synced_already_has_no_age():
    event = an_event(subject="New", last_modified=NOW - SECOND)
    situation = a_situation(event, link=a_link(last_synced_at=NOW - SECOND))

    assert age_of_change(situation, decide(situation), NOW) is None


def test_what_carries_nothing_has_no_age():
    event = an_event(last_modified=NOW)
    agreed = a_situation(event, link=a_link(last_synced_at=NOW - DAY), activity=an_activity())
    carried = decide(replace(agreed, activity=an_activity(subject="Other")))

    assert age_of_change(agreed, decide(agreed), NOW) is None
    assert age_of_change(replace(agreed, observation=GONE), carried, NOW) is None
    assert age_of_change(replace(agreed, observation=Seen(event)), carried, NOW) == 0.0
