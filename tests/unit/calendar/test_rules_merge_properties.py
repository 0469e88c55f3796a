"""What holds for every pair of sides: it comes to an end, both agree or a person decides, and then nothing is written."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_contact_participant, a_representative_participant, a_stranger, a_time
from calendar_builders import INES_INVITED, a_link, an_activity, an_event
from liaison.calendar.rules import synced
from liaison.calendar.rules.arrival import to_send
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.identities import held_now
from liaison.calendar.rules.repeating import merge_time
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.outlook.model import Attendee, Response, Role
from liaison.policy.settings import Policy
from liaison.policy.values import Conflict, Owner, Owners
from merging import a_pair, crm_after, is_idle, offer_of, quiet, seen_now
from people import BO, JON, KIM

owner = st.sampled_from(Owner)
policies = st.builds(
    Policy,
    owners=st.builds(Owners, subject=owner, time=owner, place=owner, participants=owner),
    conflict=st.sampled_from(Conflict),
)
texts = st.sampled_from(["Renewal Contoso", "Theirs", "Ours", ""])
times = st.sampled_from([a_time(), a_time(start=a_time().start.replace(day=25)), a_time(hours=3)])
attendees = st.lists(
    st.builds(
        Attendee,
        st.just("Somebody"),
        st.sampled_from([BO.address, JON.addresses[0], KIM.addresses[0], "mia@unknown.example"]),
        st.sampled_from([Role.REQUIRED, Role.OPTIONAL]),
        st.sampled_from([Response.NONE, Response.DECLINED]),
    ),
    max_size=3,
    unique_by=lambda one: one.address,
)
events = st.builds(
    an_event,
    subject=texts,
    place=texts,
    when=times,
    attendees=attendees.map(lambda found: (INES_INVITED, *found)),
)
ORGANIZER, INES_THERE = an_activity().participants
invites = st.sampled_from([True, False, None])
people = st.lists(
    st.one_of(
        st.builds(lambda wish: a_contact_participant(JON, invite=wish), invites),
        st.builds(lambda wish: a_contact_participant(KIM, invite=wish), invites),
        st.builds(lambda wish: a_representative_participant(BO, invite=wish), invites),
        st.builds(lambda wish: a_stranger(invite=wish), invites),
    ),
    max_size=3,
    unique_by=lambda one: one.address,
)
activities = st.builds(
    an_activity,
    subject=texts,
    place=texts,
    when=times,
    participants=people.map(lambda found: (ORGANIZER, INES_THERE, *found)),
)


@st.composite
def pairs(draw):
    agreed = draw(st.one_of(st.none(), events))
    baseline = None
    if agreed:
        held = draw(st.sampled_from([None, held_now(draw(activities))]))
        baseline = replace(offer_of(agreed), held=held)
    link = a_link(baseline=baseline)
    return a_pair(draw(events), draw(activities), draw(policies), link=link)


@settings(max_examples=150, deadline=None)
@given(pairs(), st.booleans())
def test_both_sides_come_to_rest_and_a_further_run_writes_nothing(pair, answers):
    after, _ = quiet(pair, answers=answers)

    assert is_idle(decide(after))
    assert is_idle(decide(seen_now(after, after.observation.event)))


@settings(max_examples=150, deadline=None)
@given(pairs())
def test_in_the_end_the_texts_agree_or_are_contested_or_the_crms(pair):
    """Or only the CRM had one when the two were linked, and both have agreed to differ since."""
    after, _ = quiet(pair)

    for name in ("subject", "place"):
        there, here = getattr(after.observation.event, name), getattr(after.activity, name)
        is_the_crms = getattr(pair.policy.owners, name) is Owner.CRM
        is_left = pair.link.baseline is None and (there, here) == ("", getattr(pair.activity, name))
        assert there == here or is_the_crms or is_left or name in after.link.contested


@settings(max_examples=150, deadline=None)
@given(pairs())
def test_linking_writes_nothing_to_outlook(pair):
    """What goes out is caused by a change of the CRM since both agreed, and they agree at first by being linked."""
    fresh = replace(pair, link=replace(pair.link, baseline=None))

    _, decisions = quiet(fresh)

    assert [one.outlook for one in decisions if one.outlook] == []


@settings(max_examples=150, deadline=None)
@given(pairs())
def test_a_name_that_is_lost_stands_in_the_log(pair):
    """Invariant 1: no edit has vanished without a line that can restore it."""
    after, decisions = quiet(pair)

    kept = {after.observation.event.subject, after.activity.subject, _agreed(pair)}
    logged = {value for one in decisions for value in _names_told(pair, one)}
    assert {pair.observation.event.subject, pair.activity.subject} <= kept | logged


def _agreed(pair):
    return pair.link.baseline.subject if pair.link.baseline else None


def _names_told(pair, decision):
    """The subjects before and after that the log keeps of a decision; of an update the activity's own is one."""
    for one in (decision, *decision.remarks):
        yield from (values["subject"] for values in (one.before, one.after) if "subject" in values)
    if "subject" in getattr(decision.action, "fields", {}):
        yield pair.activity.subject


@settings(max_examples=100, deadline=None)
@given(pairs())
def test_deciding_again_before_the_answer_writes_the_same(pair):
    decision = decide(pair)

    again = decide(crm_after(pair, decision))

    assert to_send(again.outlook) == to_send(decision.outlook)


START = datetime(2026, 11, 30, 9, tzinfo=UTC)
MOVED = OccurrenceException(START, OccurrenceKind.CHANGED, {"location": "Room 2"})
RENAMED = OccurrenceException(START, OccurrenceKind.CHANGED, {"subject": "Kick-off"})
CANCELLED = OccurrenceException(START, OccurrenceKind.CANCELLED)
OCCURRENCES = (None, MOVED, RENAMED, CANCELLED)


def series_with(exception):
    rule = ActivityRecurrence(
        "FREQ=WEEKLY;BYDAY=MO;WKST=MO", None, (exception,) if exception else ()
    )
    return replace(synced.from_event(an_event()), recurrence=rule)


def expected(owner, conflict, states):
    """How the occurrence ends: in Outlook (what is written, or what is there) and in the activity."""
    base, there, here = states
    if there == here or owner is Owner.OUTLOOK or here is None:
        return there, there
    if here == base:
        return (there, here) if owner is Owner.CRM else (there, there)
    if there == base or owner is Owner.CRM or conflict is Conflict.CRM_WINS:
        return here, here
    return (there, here) if conflict is Conflict.HOLD else (there, there)


@pytest.mark.parametrize("conflict", list(Conflict))
@pytest.mark.parametrize("owner", list(Owner))
@pytest.mark.parametrize("states", list(itertools.product(OCCURRENCES, repeat=3)))
def test_each_occurrence_is_merged_by_itself(states, owner, conflict):
    base, there, here = map(series_with, states)

    merged = merge_time(owner, conflict, base, there, here)

    written = merged.occurrences[0] if merged.occurrences else states[1]
    held = merged.activity.recurrence.exceptions
    assert (written, held[0] if held else None) == expected(owner, conflict, states)


@pytest.mark.parametrize("owner", list(Owner))
def test_where_the_whole_series_moved_in_outlook_its_occurrences_move_with_it(owner):
    base, here = series_with(None), series_with(MOVED)
    there = replace(series_with(None), time=a_time(hours=2))

    merged = merge_time(owner, Conflict.OUTLOOK_WINS, base, there, here)

    is_outlooks = owner is not Owner.CRM
    assert (merged.activity.time == there.time) is is_outlooks
    assert merged.occurrences == ()


@pytest.mark.parametrize("exception", [MOVED, CANCELLED])
def test_where_the_whole_series_moved_in_the_crm_its_occurrences_are_written_after_it(exception):
    """Outlook forgets what they had of their own; pains 18."""
    base = series_with(exception)
    here = replace(base, time=a_time(hours=2))

    merged = merge_time(Owner.BOTH, Conflict.OUTLOOK_WINS, base, base, here)

    assert merged.wanted.time == here.time
    assert merged.occurrences == (exception,)


@pytest.mark.parametrize(("exception", "written"), [(MOVED, ()), (CANCELLED, (CANCELLED,))])
def test_where_only_the_end_of_a_series_changed_those_are_written_that_outlook_lacks(
    exception, written
):
    base, here = series_with(MOVED), series_with(exception)
    shorter = replace(here.recurrence, rule=f"{base.recurrence.rule};COUNT=3")

    merged = merge_time(
        Owner.BOTH, Conflict.OUTLOOK_WINS, base, base, replace(here, recurrence=shorter)
    )

    assert merged.wanted.recurrence.rule.endswith("COUNT=3")
    assert merged.occurrences == written
