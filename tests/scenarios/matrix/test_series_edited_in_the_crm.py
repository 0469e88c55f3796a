"""How a series of the CRM repeats is changed there: what Exchange can hold is carried, what it cannot is refused at the door."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liaison.calendar.model import LinkState, Scope
from liaison.crm.model import OccurrenceKind
from matrix_stage import HOUR, SIX_WEEKS, cancelled, moved, problem_of

DAY = timedelta(days=1)
SHORTER = {"rule": "FREQ=WEEKLY;COUNT=3"}


@pytest.fixture
def uneven(office, team):
    """The second occurrence takes place an hour later, the fourth not at all."""
    exceptions = [moved(office.at(1), HOUR), cancelled(office.at(3))]
    office.edit(office.ann, team, recurrence=SIX_WEEKS | {"exceptions": exceptions})
    office.work()
    office.mark()
    return office.world.activity_now(team)


def master(office):
    [found] = office.ann.events(subject="Team")
    return found


def starts(office):
    return [one.start for one in office.members(master(office).id)]


def kinds(office, activity):
    found = office.world.activity_now(activity).recurrence.exceptions
    return {one.original_start: one.kind for one in found}


def shown(office, activity):
    """How it repeats, as GET gives it."""
    return office.shown(office.ann, activity)["recurrence"]


def told_before(office, activity):
    """What the log says that the series was before the last change of ours arrived."""
    lines = office.world.log(office.link(activity))
    return [one for one in lines if one.reason == "event-updated"][-1].before


def refuses(office, activity, answer, sentence):
    """In words, and nothing changed on either side."""
    office.work()
    assert answer.status_code == 422
    assert sentence in str(answer.json["errors"]["recurrence"])
    return office.nothing_happened(activity)


def test_a_series_becomes_one_meeting_again_and_keeps_its_link(office, team):
    """kind-changed; Graph makes a single meeting of a master whose recurrence is set to null."""
    answer = office.edit(office.ann, team, recurrence=None)
    office.work()

    link = office.link(team)
    assert answer.status_code == 200
    assert (master(office).type, master(office).start) == ("singleInstance", office.at(0))
    assert (link.state, link.scope) == (LinkState.LIVE, Scope.SINGLE)
    assert office.world.activity_now(team).recurrence is None
    assert office.reasons(team).count("kind-changed") == 1
    assert office.mails() == office.to_guests("update")
    assert office.written() == 1
    assert office.is_quiet()


def test_one_meeting_again_leaves_its_exceptions_in_the_log(office, uneven):
    office.edit(office.ann, uneven, recurrence=None)
    office.work()

    assert [one["kind"] for one in told_before(office, uneven)["recurrence"]["exceptions"]] == [
        "changed",
        "cancelled",
    ]
    assert office.is_quiet()


def test_of_a_series_that_has_begun_the_one_meeting_is_given_its_time(office, team):
    """past-never-written: its first occurrence is over."""
    office.world.clock.advance(days=10)
    office.work()
    office.mark()
    start = office.at(2)

    refused = office.edit(office.ann, team, recurrence=None)
    times = {"start": start.isoformat(), "end": (start + HOUR).isoformat()}
    answer = office.edit(office.ann, team, recurrence=None, **times)
    office.work()

    assert "has begun" in str(refused.json["errors"]["recurrence"])
    assert answer.status_code == 200
    assert (master(office).type, master(office).start) == ("singleInstance", start)
    assert office.written() == 1
    assert office.is_quiet()


@pytest.mark.parametrize("kind", ["left out", "changed"])
def test_a_cancelled_occurrence_is_not_called_back(office, uneven, kind):
    """Exchange cancels for good: its guests were told, and no call brings an occurrence back."""
    others = [moved(office.at(1), HOUR)]
    back = [] if kind == "left out" else [moved(office.at(3), HOUR)]

    answer = office.edit(
        office.ann, uneven, recurrence=SIX_WEEKS | {"exceptions": [*others, *back]}
    )

    assert problem_of(answer) == (409, "occurrence-stays-cancelled")
    assert answer.json["originalStarts"] == [office.at(3).isoformat()]
    assert "activity of its own" in answer.json["detail"]
    assert office.nothing_happened(uneven)


def test_what_was_cancelled_comes_back_with_another_rhythm_only(office, uneven):
    """Exchange forgets single occurrences when the pattern changes: which of them go on is the CRM's to say."""
    rule = {"rule": "FREQ=DAILY;INTERVAL=7;COUNT=6", "exceptions": []}

    answer = office.edit(office.ann, uneven, recurrence=rule)
    office.work()

    assert answer.status_code == 200
    assert starts(office) == [office.at(number) for number in range(6)]
    assert office.is_quiet()


def test_in_the_crm_alone_an_occurrence_is_called_back(office):
    """Nobody was told of a series that is not in Outlook."""
    made = office.plan(
        subject="Here",
        transferToOutlook=False,
        recurrence=SIX_WEEKS | {"exceptions": [cancelled(office.at(1))]},
    )
    activity = office.activity("Here")

    answer = office.edit(office.ann, activity, recurrence={"exceptions": []})

    assert (made.status_code, answer.status_code) == (201, 200)
    assert kinds(office, activity) == {}


def test_a_changed_occurrence_goes_back_to_what_the_series_has(office, uneven):
    office.edit(office.ann, uneven, recurrence={"exceptions": [cancelled(office.at(3))]})
    office.work()

    assert starts(office) == [office.at(number) for number in (0, 1, 2, 4, 5)]
    assert kinds(office, uneven) == {office.at(3): OccurrenceKind.CANCELLED}
    assert office.written() == 1
    assert office.is_quiet()


@pytest.mark.parametrize(
    "by",
    [timedelta(weeks=1, hours=4), 8 * DAY, 7 * DAY - HOUR, -7 * DAY + HOUR, -8 * DAY],
    ids=["the same day", "past the next", "into the next", "into the one before", "before that"],
)
def test_an_occurrence_that_would_pass_its_neighbour_is_refused(office, team, by):
    """Graph: an occurrence cannot be moved to the day of the one before or after it, nor past it."""
    change = moved(office.at(2), by)

    answer = office.edit(office.ann, team, recurrence={"exceptions": [change]})

    assert refuses(office, team, answer, "before or after it")


def test_two_neighbours_move_together_where_one_alone_could_not(office, team):
    """The later one goes first, so that they never cross."""
    exceptions = [moved(office.at(1), 9 * DAY), moved(office.at(2), 4 * DAY)]

    answer = office.edit(office.ann, team, recurrence={"exceptions": exceptions})
    office.work()

    assert answer.status_code == 200
    assert starts(office)[1:3] == [office.at(1) + 9 * DAY, office.at(2) + 4 * DAY]
    assert office.reasons(team).count("event-updated") == 1
    assert office.is_quiet()


def test_two_neighbours_move_forward_together(office, team):
    exceptions = [moved(office.at(1), -4 * DAY), moved(office.at(2), -9 * DAY)]

    office.edit(office.ann, team, recurrence={"exceptions": exceptions})
    office.work()

    assert starts(office)[1:3] == [office.at(1) - 4 * DAY, office.at(2) - 9 * DAY]
    assert office.is_quiet()


def test_a_rhythm_in_which_a_moved_occurrence_would_pass_its_neighbour_is_refused(office, team):
    office.edit(office.ann, team, recurrence={"exceptions": [moved(office.at(1), 3 * DAY)]})
    office.work()
    office.mark()
    now = office.world.activity_now(team)

    answer = office.edit(office.ann, team, recurrence={"rule": "FREQ=DAILY;COUNT=20"})

    assert refuses(office, now, answer, "before or after it")


def test_a_plan_is_refused_likewise(office):
    crossing = moved(office.at(1), 8 * DAY)

    answer = office.plan(recurrence=SIX_WEEKS | {"exceptions": [crossing]})

    assert problem_of(answer) == (422, "invalid-request")
    assert "before or after it" in str(answer.json["errors"]["recurrence"])


def test_a_series_of_the_crm_alone_is_as_free_as_one_likes_until_it_shall_go_to_outlook(office):
    crossing = moved(office.at(1), 8 * DAY)
    plain = {"transferToOutlook": False, "recurrence": SIX_WEEKS | {"exceptions": [crossing]}}

    planned = office.plan(subject="Here", **plain)
    asked = office.edit(office.ann, office.activity("Here"), transferToOutlook=True)

    assert planned.status_code == 201
    assert problem_of(asked) == (422, "invalid-request")
    assert not office.activity("Here").transfer_to_outlook


def test_what_get_gave_with_a_shorter_rule_drops_what_falls_out(office, uneven):
    """Nothing vanishes: the log holds what fell out."""
    answer = office.edit(office.ann, uneven, recurrence=shown(office, uneven) | SHORTER)
    office.work()

    assert answer.status_code == 200
    assert kinds(office, uneven) == {office.at(1): OccurrenceKind.CHANGED}
    assert starts(office) == [office.at(0), office.at(1) + HOUR, office.at(2)]
    fallen = told_before(office, uneven)["recurrence"]["exceptions"][1]
    assert (fallen["originalStart"], fallen["kind"]) == (office.at(3).isoformat(), "cancelled")
    assert office.written() == 1
    assert office.is_quiet()


def test_what_never_was_an_occurrence_is_refused_with_a_shorter_rule_too(office, uneven):
    beyond = cancelled(office.at(5))

    answer = office.edit(office.ann, uneven, recurrence=SHORTER | {"exceptions": [beyond]})

    assert refuses(office, uneven, answer, "no occurrence")
