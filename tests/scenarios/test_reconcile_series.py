"""The proof over series: the whole and its occurrences follow from one look at the master."""

from datetime import timedelta

import pytest

from liaison.calendar.model import Scope
from reconcile_stage import damage, found_in_log, named, prove, stated


def weekly(start):
    day = start.strftime("%A").lower()
    return {
        "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": [day]},
        "range": {
            "type": "numbered",
            "startDate": start.date().isoformat(),
            "numberOfOccurrences": 6,
        },
    }


@pytest.fixture
def series(world, ann):
    """A series and, by itself, its third occurrence, both with activities and read."""
    start = world.tomorrow()
    event_id = ann.create_event(
        subject="Team", start=start, attendees=["kim@fabrikam.example"], recurrence=weekly(start)
    )
    whole = world.create(ann, event_id, scope=Scope.SERIES)
    third = world.link(
        ann, event_id, world.activity(ann), Scope.OCCURRENCE, start=start + timedelta(weeks=2)
    )
    world.sandbox.settings.delta_repeats_items = False
    world.run(ann)
    prove(world, ann)
    return whole, third


def test_a_series_and_an_occurrence_of_its_own_agree(world, ann, series):
    assert stated(world, ann) == "2 links, 0 differences"


@pytest.mark.parametrize("which", [0, 1])
def test_a_damaged_activity_of_a_series_is_named_and_mended(world, ann, series, which):
    link = series[which].link
    damage(world, "UPDATE activities SET subject = 'Wrong' WHERE id = :id", id=link.activity_id)

    prove(world, ann)

    assert named(world, ann) == [("subject", True)]
    assert found_in_log(world, link) == [{"field": "subject", "outlook": "Team", "crm": "Wrong"}]
    assert found_in_log(world, series[1 - which].link) == []


def test_a_lost_rule_is_named_and_made_anew(world, ann, series):
    link = series[0].link
    damage(world, "UPDATE activities SET recurrence = NULL WHERE id = :id", id=link.activity_id)

    prove(world, ann)

    assert named(world, ann) == [("recurrence", True)]
    assert world.activity_now(series[0].activity).recurrence.rule.startswith("FREQ=WEEKLY")
