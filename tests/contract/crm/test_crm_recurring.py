"""Activities that repeat: what any CRM keeps of them, and what people may do with them."""

from datetime import date

from builders import a_new_activity
from crm_worlds import change, create
from liaison.crm.embedded.adapter import EmbeddedCrm
from liaison.crm.model import (
    SYNC_MASTER,
    ActivityChange,
    ActivityRecurrence,
    Applied,
    OccurrenceException,
    OccurrenceKind,
)
from liaison.recurrence.rrule import rule_text
from liaison.recurrence.stored import to_json
from people import ANN
from series_builders import MON, an_hour, local, series, weekly

FIRST = an_hour("2026-11-23T10:00")
WEEKLY = series(weekly(MON), date(2026, 11, 23))
CHANGED = OccurrenceException(
    local("2026-11-30T10:00"),
    OccurrenceKind.CHANGED,
    {"subject": "With Jon", "participants": [{"kind": "other", "name": "Jon"}]},
)
CANCELLED = OccurrenceException(local("2026-12-07T10:00"), OccurrenceKind.CANCELLED)
REPEATS = ActivityRecurrence(rule_text(WEEKLY, FIRST), to_json(WEEKLY), (CHANGED, CANCELLED))


def stored(world, activity):
    with world.transaction() as session:
        return world.crm.find_activities(session, [activity.id])[activity.id]


def test_how_an_activity_repeats_is_kept_without_loss(world):
    [made] = create(world, a_new_activity(when=FIRST, recurrence=REPEATS))

    assert made.recurrence == REPEATS
    assert stored(world, made) == made


def test_an_exception_of_whole_days_keeps_its_day(world):
    gone = OccurrenceException(date(2026, 12, 7), OccurrenceKind.CANCELLED)
    repeats = ActivityRecurrence("FREQ=DAILY", None, (gone,))

    [made] = create(world, a_new_activity(recurrence=repeats))

    assert stored(world, made).recurrence == repeats


def test_an_activity_begins_and_ends_to_repeat(world):
    [single] = create(world, a_new_activity(when=FIRST))
    assert single.recurrence is None

    begun = change(world, single, recurrence=REPEATS)
    again = change(world, begun.activity, recurrence=REPEATS)
    ended = change(world, begun.activity, recurrence=None)

    assert stored(world, single).recurrence is None
    assert isinstance(ended, Applied)
    assert [begun.activity.version, again.activity.version] == [2, 2]
    assert ended.activity.version == 3


def test_what_no_database_can_hold_leaves_the_exceptions_too(world):
    odd = OccurrenceException(
        local("2026-11-30T10:00"),
        OccurrenceKind.CHANGED,
        {"subject": "With\0 Jon", "participants": [{"name": "Jon\0"}]},
    )

    [made] = create(
        world, a_new_activity(recurrence=ActivityRecurrence("FREQ=DAILY", None, (odd,)))
    )

    kept = stored(world, made).recurrence.exceptions[0].fields
    assert kept == {"subject": "With Jon", "participants": [{"name": "Jon"}]}


def test_a_person_makes_a_series_a_single_activity_again(edit, plan, database, clock):
    planned = plan()
    with database.transaction() as session:
        begin = ActivityChange(planned.id, planned.version, {"recurrence": REPEATS})
        EmbeddedCrm(clock).apply_changes(session, [begin], SYNC_MASTER)

    renamed = edit(ANN, "change", planned.id, {"subject": "Renamed"}, if_version=2)
    ended = edit(ANN, "change", planned.id, {"recurrence": None}, if_version=3)

    assert renamed.after.recurrence == REPEATS
    assert (ended.before.recurrence, ended.after.recurrence) == (REPEATS, None)
