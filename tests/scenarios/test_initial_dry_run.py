"""A dry run of an initial sync takes the decisions of a real one and writes nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from initial_stage import begin, dry_run, everything, items_of, reasons, work
from liaison.calendar.initial_sync.model import RunStatus
from liaison.calendar.model import Scope
from liaison.calendar.run import Extent
from liaison.people import service_switch, sync_user
from liaison.worker.runs import run_mailbox
from scenario_runs import with_crm
from scenario_traffic import writes_of
from series_world import weekly


def meeting(world, person, subject="Review", days=3, **fields):
    start = world.tomorrow() + timedelta(days=days)
    return person.create_event(subject=subject, start=start, **fields)


def linked(world, person, subject="Review", days=3, **fields):
    """A linked meeting that is in step; its event, and what came of linking it."""
    event = meeting(world, person, subject, days, **fields)
    return event, world.create(person, event)


def test_a_dry_run_changes_no_table_and_writes_to_no_mailbox(world, ann, bo):
    """pains 1, 2: shown beforehand; nothing is sent or stored by looking."""
    event, _ = linked(world, ann)
    linked(world, bo, "Offer")
    world.run(ann, bo)
    ann.change_event(event, subject="Another name")
    before = everything(world)

    run = dry_run(world)

    assert run.status is RunStatus.PLANNED
    assert everything(world) == before
    assert writes_of(world.sandbox) == []


def test_a_plan_shows_what_would_change_before_and_after(world, ann):
    event, made = linked(world, ann)
    world.run(ann)
    ann.change_event(event, subject="Another name")

    run = dry_run(world, ann)

    [item] = [one.item for one in items_of(world, run, reason="activity-updated")]
    assert item.activity_id == made.link.activity_id
    assert (item.before, item.after) == ({"subject": "Review"}, {"subject": "Another name"})
    assert item.start == (world.tomorrow() + timedelta(days=3)).isoformat()
    assert run.counts["activity-updated"] == 1


def test_a_plan_counts_what_a_real_initial_sync_then_counts(world, ann, bo):
    for number in range(3):
        event, _ = linked(world, ann, f"Review {number}", number)
        ann.change_event(event, location="Room 7")
    meeting(world, ann, "Nobody's")
    meeting(world, ann, "With Bo", attendees=[bo.address])
    planned = dry_run(world, ann)

    report = run_mailbox(world.tools, world.own(ann).id, extent=Extent.INITIAL)

    assert dict(planned.counts) == {code: n for code, n in report.counts.items() if n}


def test_a_meeting_that_is_gone_is_planned_to_cancel_its_activity(world, ann):
    event, made = linked(world, ann)
    world.run(ann)
    world.clock.advance(minutes=1)
    ann.delete_event(event, hard=True)

    run = dry_run(world, ann)

    [item] = [one.item for one in items_of(world, run, reason="event-deleted")]
    assert (item.action, item.after) == ("remove-activity", {"status": "cancelled"})
    assert world.activity_now(made.activity).status == "planned"


def test_a_series_is_planned_whole(world, ann):
    start = world.tomorrow()
    event = ann.create_event(subject="Team", start=start, recurrence=weekly(start))
    world.create(ann, event, Scope.SERIES)
    world.run(ann)
    ann.change_event(event, subject="Squad")

    run = dry_run(world, ann)

    [item] = [one.item for one in items_of(world, run, reason="activity-updated")]
    assert item.after["subject"] == "Squad"


def test_people_who_are_not_active_yet_are_planned_as_if_they_were(world, ann):
    person = world.person("Eva Holm")
    world.import_person(person)
    meeting(world, person)
    before = everything(world)

    run = dry_run(world, person)

    assert reasons(world, run, person) == ["not-linked"]
    assert everything(world) == before


def test_an_invitee_who_was_never_followed_is_planned_beside_the_organizer(world, ann):
    world.set_policy(capture="all")
    eva = world.person("Eva Holm")
    world.import_person(eva)
    meeting(world, ann, attendees=[eva.address])

    for people in [(eva,), (ann, eva)]:
        run = dry_run(world, *people)
        assert run.status is RunStatus.PLANNED
        assert reasons(world, run, eva) == ["invitee-copy"]


def test_a_dry_run_is_made_also_while_the_sync_is_stopped_and_locked(world, ann):
    linked(world, ann)
    world.change(sync_user.lock)
    world.change(service_switch.stop)

    assert dry_run(world, ann).status is RunStatus.PLANNED


def test_of_what_is_not_linked_a_plan_shows_mailbox_time_and_reason_only(world, ann):
    meeting(world, ann, "Doctor", sensitivity="private")

    run = dry_run(world, ann)

    [stored] = items_of(world, run)
    assert (stored.item.before, stored.item.after) == (None, None)
    assert "Doctor" not in repr(stored)


def test_a_mailbox_that_cannot_be_read_is_named_and_stops_no_other(world, ann, bo):
    linked(world, ann)
    bo.mailbox_state = "unlicensed"

    run = dry_run(world, ann, bo)

    assert run.status is RunStatus.PLANNED
    assert "already-agreed" in run.counts


def test_a_worker_that_was_killed_while_planning_leaves_nothing_and_the_next_one_plans(world, ann):
    linked(world, ann)
    run = begin(world, ann, dry_run=True)

    assert work(world, run).status is RunStatus.PLANNED
    planned = items_of(world, run)
    assert work(world, run).status is RunStatus.PLANNED
    assert items_of(world, run) == planned


def test_what_would_be_captured_is_planned_with_its_content(world, ann):
    world.set_policy(capture="all")
    meeting(world, ann, "Renewal", attendees=["bo.x@customer.example"])

    run = dry_run(world, ann)

    [item] = [one.item for one in items_of(world, run, reason="activity-created")]
    assert (item.before["subject"], item.after["subject"]) == (None, "Renewal")
    assert item.activity_id is None
    assert world.count("activities") == 0


def test_of_what_would_be_confidential_a_plan_shows_no_content(world, ann):
    world.set_policy(capture="all", private="owner-only")
    meeting(world, ann, "Doctor", sensitivity="private")

    run = dry_run(world, ann)

    [stored] = items_of(world, run, reason="activity-created")
    assert (stored.item.before, stored.item.after) == (None, None)
    assert "Doctor" not in repr(stored)


def test_two_invitees_of_one_meeting_are_planned_as_one_activity(world, ann, bo):
    """pains 2: a second mailbox only attaches."""
    world.set_policy(capture="all")
    meeting(world, ann, attendees=[bo.address])

    run = dry_run(world, ann, bo)

    assert run.counts["activity-created"] == 1
    assert run.counts["invitee-copy"] == 1


class Talkative:
    """A CRM during whose first question somebody else's notification comes in."""

    def __init__(self, crm, happening):
        self._crm = crm
        self._happening = happening

    def __getattr__(self, name):
        return getattr(self._crm, name)

    def find_activities(self, *given):
        with ThreadPoolExecutor(1) as other:
            other.submit(self._happening).result(timeout=60)
        return self._crm.find_activities(*given)


def test_a_notification_that_comes_during_a_dry_run_is_noted_at_once(world, ann):
    event, _ = linked(world, ann)
    world.run(ann)
    crm = world.tools.crm
    with_crm(world, Talkative(crm, lambda: world.note(ann, event)))

    run = dry_run(world, ann)

    assert run.status is RunStatus.PLANNED
    assert world.waiting(ann) == [ann.event(event).immutable_id]


def test_a_second_dry_run_on_the_same_connection_changes_nothing_either(world, ann):
    """What a connection prepared for the real tables is not used for the rehearsal's, and the other way round."""
    event, _ = linked(world, ann)
    for _ in range(8):
        world.note(ann, event)
        world.run(ann)
    ann.change_event(event, subject="Another name")
    before = everything(world)

    counts = [dry_run(world, ann).counts for _ in range(3)]

    assert everything(world) == before
    assert counts == [counts[0]] * 3
