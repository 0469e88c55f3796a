"""Two that are linked for the first time: nothing is written to Outlook, whoever linked them, and nothing of the CRM vanishes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from builders import a_representative_participant, a_time
from calendar_builders import INES_INVITED, a_link, an_activity, an_event
from liaison.calendar.model import LinkState
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.merge import with_field
from liaison.calendar.rules.repeating import merge_time
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.policy.values import Conflict, Owner
from merging import a_pair, crm_after, is_idle, owned, quiet, seen_now, told
from people import BO, INES

LATER = a_time(start=a_time().start.replace(day=24))
ORGANIZER, INES_HERE = an_activity().participants
INES_THERE = replace(INES_HERE, invite=True)
# Of each field: what a meeting that has none of it shows, a value of the CRM's, and another one.
ONLY_HERE = {"place": ("", "Room 3", "Room 4"), "subject": ("", "Ours", "Ours too")}


def linked(event, activity, owner=Owner.BOTH, **policy):
    link = a_link(state=LinkState.RESERVED, baseline=None)
    return a_pair(event, activity, owned(owner, **policy), link=link)


def first(event, activity, owner=Owner.BOTH, **policy):
    """Once it is quiet; that nothing was written to Outlook is checked in any case."""
    after, decisions = quiet(linked(event, activity, owner, **policy))
    assert all(one.outlook is None for one in decisions)
    return after


def changed(situation, **members):
    """Somebody changes the activity afterwards."""
    return replace(situation, activity=replace(situation.activity, **members))


def both(situation, field):
    return getattr(situation.observation.event, field), getattr(situation.activity, field)


@pytest.mark.parametrize("field", ONLY_HERE)
@pytest.mark.parametrize("owner", [Owner.BOTH, Owner.CRM])
def test_what_only_the_crm_has_stays_there_and_is_not_written(owner, field):
    none, here, _ = ONLY_HERE[field]

    after = first(an_event(**{field: none}), an_activity(**{field: here}), owner)

    assert both(after, field) == (none, here)


@pytest.mark.parametrize("field", ONLY_HERE)
@pytest.mark.parametrize("owner", [Owner.BOTH, Owner.CRM])
def test_the_next_change_of_the_crm_goes_out(owner, field):
    none, here, other = ONLY_HERE[field]
    after = first(an_event(**{field: none}), an_activity(**{field: here}), owner)

    after, decisions = quiet(changed(after, **{field: other}))

    assert both(after, field) == (other, other)
    assert told(decisions) == ["event-updated"]


@pytest.mark.parametrize("answers", [True, False], ids=["answered", "answer lost"])
def test_what_went_out_is_agreed_and_then_changes_like_any_other(answers):
    after = first(an_event(place=""), an_activity(place="Room 3"))
    after, _ = quiet(changed(after, place="Room 4"), answers=answers)

    after, decisions = quiet(seen_now(after, replace(after.observation.event, place="")))

    assert both(after, "place") == ("", "")
    assert told(decisions) == ["activity-updated"]


def test_the_next_change_of_outlook_comes_in():
    after = first(an_event(place=""), an_activity(place="Room 3"))

    after, _ = quiet(seen_now(after, replace(after.observation.event, place="Lobby")))

    assert both(after, "place") == ("Lobby", "Lobby")


def test_what_the_crm_gives_up_is_agreed():
    after = first(an_event(place=""), an_activity(place="Room 3"))
    after, _ = quiet(changed(after, place=""))

    after, _ = quiet(changed(after, place="Room 3"))

    assert both(after, "place") == ("Room 3", "Room 3")


def test_both_changes_of_what_was_left_apart_are_contested():
    after = first(an_event(place=""), an_activity(place="Room 3"), conflict=Conflict.HOLD)
    moved = seen_now(after, replace(after.observation.event, place="Lobby"))

    _, decisions = quiet(changed(moved, place="Room 4"))

    assert "conflict-held" in told(decisions)


def test_another_change_of_the_crm_does_not_take_it_along():
    after = first(an_event(place=""), an_activity(place="Room 3"))

    decision = decide(changed(after, subject="Ours"))

    assert decision.outlook.fields == {"subject"}


def test_where_both_have_a_value_outlooks_wins_and_the_old_one_is_told():
    pair = linked(an_event(subject="Theirs"), an_activity(subject="Ours"))

    after, _ = quiet(pair)

    assert both(after, "subject") == ("Theirs", "Theirs")
    assert decide(pair).action.fields["subject"] == "Theirs"


@pytest.mark.parametrize("owner", [Owner.BOTH, Owner.CRM])
def test_what_only_outlook_has_comes_in(owner):
    after = first(an_event(), an_activity(place=""), owner)

    assert both(after, "place") == ("Room 1", "Room 1")


@pytest.mark.parametrize("field", [("subject", "Theirs", "Ours"), ("when", LATER, a_time())])
def test_what_the_crm_owns_stays_as_each_side_has_it(field):
    name, there, here = field

    after = first(an_event(**{name: there}), an_activity(**{name: here}), Owner.CRM)

    assert both(after, name) == (there, here)


def test_a_time_of_the_crms_goes_out_once_it_is_changed():
    moved = replace(LATER, start=LATER.start + timedelta(days=1), end=LATER.end + timedelta(days=1))
    after = first(an_event(when=LATER), an_activity(), Owner.CRM)

    after, _ = quiet(changed(after, when=moved))

    assert both(after, "when") == (moved, moved)


def people(situation):
    there = {one.address for one in situation.observation.event.attendees}
    here = {one.address for one in situation.activity.participants[1:]}
    return there, here


def with_bo(*more):
    return an_activity(participants=(ORGANIZER, *more, a_representative_participant(BO)))


def test_people_whom_only_the_crm_has_stay_and_nobody_is_invited():
    after = first(an_event(attendees=()), with_bo(INES_THERE))

    assert people(after) == (set(), {BO.address, INES.addresses[0]})


def test_whoever_is_added_later_is_invited_alone():
    after = first(an_event(attendees=()), with_bo())

    after, _ = quiet(changed(after, participants=with_bo(INES_THERE).participants))

    assert people(after)[0] == {INES.addresses[0]}
    assert BO.address in people(after)[1]


def test_linking_uninvites_nobody_and_invites_nobody_of_the_crms():
    after = first(an_event(attendees=(INES_INVITED,)), with_bo(), Owner.CRM)

    assert people(after) == ({INES.addresses[0]}, {INES.addresses[0], BO.address})


def test_linking_takes_outlooks_people_where_both_own_them_and_both_have_some():
    after = first(an_event(attendees=(INES_INVITED,)), with_bo())

    assert people(after) == ({INES.addresses[0]}, {INES.addresses[0]})


STARTS = [a_time().start + timedelta(weeks=week) for week in range(3)]
CANCELLED = OccurrenceException(STARTS[1], OccurrenceKind.CANCELLED)
MOVED = OccurrenceException(STARTS[2], OccurrenceKind.CHANGED, {"location": "Room 9"})
OTHERWISE = OccurrenceException(STARTS[2], OccurrenceKind.CHANGED, {"location": "Lobby"})


def a_series(*exceptions):
    offered = synced.from_event(an_event())
    repeats = ActivityRecurrence("FREQ=WEEKLY;BYDAY=WE", None, exceptions)
    return replace(offered, recurrence=repeats)


def merged_time(baseline, there, here):
    return merge_time(Owner.BOTH, Conflict.OUTLOOK_WINS, baseline, there, here)


def agreed_at_first(there, here):
    merged = merged_time(None, there, here)
    return synced.leaving_apart(merged.agreed.put_into(there), merged.agreed_here.put_into(there))


def test_occurrences_that_only_the_crm_changed_stay_there_and_are_not_written():
    merged = merged_time(None, a_series(OTHERWISE), a_series(CANCELLED, MOVED))

    assert merged.occurrences == ()
    assert merged.activity.recurrence.exceptions == (CANCELLED, OTHERWISE)


def test_occurrences_that_were_left_apart_are_not_written_later_either():
    agreed = agreed_at_first(a_series(), a_series(CANCELLED))

    merged = merged_time(agreed, a_series(), a_series(CANCELLED, MOVED))

    assert merged.occurrences == (MOVED,)


def test_an_occurrence_that_was_left_apart_stays_so_when_another_one_has_gone_out():
    agreed = agreed_at_first(a_series(), a_series(CANCELLED))
    after = with_field(agreed, "time", a_series(MOVED))

    merged = merged_time(after, a_series(MOVED), a_series(CANCELLED, MOVED))

    assert merged.occurrences == ()
    assert merged.activity.recurrence.exceptions == (CANCELLED, MOVED)


def test_the_difference_that_was_agreed_survives_being_stored():
    pair = linked(an_event(place="", when=LATER), an_activity(place="Room 3"), Owner.CRM)
    baseline = crm_after(pair, decide(pair)).link.baseline

    assert baseline.apart.keys() == {"place", "time"}
    assert synced.from_json(synced.to_json(baseline)) == baseline


def test_a_field_on_which_both_agree_anew_is_not_apart_any_more():
    pair = linked(an_event(place=""), an_activity(place="Room 3"))
    baseline = crm_after(pair, decide(pair)).link.baseline

    assert with_field(baseline, "place", synced.from_activity(an_activity())).apart is None


def test_a_further_look_says_which_fields_each_side_keeps_for_itself():
    pair = linked(an_event(place=""), an_activity(place="Room 3"))

    again = decide(crm_after(pair, decide(pair)))

    assert is_idle(again)
    assert again.facts == {"apart": ["place"]}
