"""Whatever is lost on the way, one activity becomes one event, and its guests get one invitation (pains 11)."""

import pytest

from liaison.calendar.model import LinkState
from liaison.reasons.explain import explain
from scenario_runs import item_of, sync
from scenario_traffic import writes_of
from transfer_stage import INES, KIM, guest, link_of, mails, plan, reasons_of

POSTED = r"/users/[^/]+/events$"


@pytest.fixture(autouse=True)
def may_write(world, ann):
    world.writes_allowed = True
    world.run(ann)


def quieten(world, *people):
    """Retries have their time, rounds are read, until nothing is left to do."""
    for _ in range(3):
        world.clock.advance(minutes=20)
        world.run(*people)


@pytest.mark.parametrize("kind", ["drop-before", "drop-after", "timeout"])
@pytest.mark.parametrize("transfer", ["flagged", "all"])
def test_a_lost_answer_makes_no_twin(world, ann, kind, transfer):
    """Also not of the event that the next round of changes shows."""
    world.set_policy(capture="all", transfer=transfer)
    world.run(ann)
    activity = plan(world, ann, people=[guest()])
    world.sandbox.faults.add(method="POST", path_regex=POSTED, kind=kind, times=1)

    sync(world, ann)
    quieten(world, ann)

    assert len(ann.events()) == 1
    assert mails(world) == {(INES, "invitation"): 1}
    assert link_of(world, activity).state is LinkState.LIVE
    assert world.count("activities") == 1
    assert reasons_of(world, activity).count("event-created") == 1


@pytest.mark.parametrize(
    ("status", "more"), [(503, {}), (500, {}), (429, {"retry_after": "2.128"})]
)
def test_a_refusal_for_the_moment_is_tried_again(world, ann, status, more):
    """throttled, retry-later."""
    activity = plan(world, ann, people=[guest()])
    world.sandbox.faults.add(method="POST", path_regex=POSTED, status=status, times=1, **more)

    sync(world, ann)
    assert ann.events() == []
    quieten(world, ann)

    assert mails(world) == {(INES, "invitation"): 1}
    assert link_of(world, activity).state is LinkState.LIVE


def test_several_lost_answers_in_a_row_make_one_event(world, ann):
    activity = plan(world, ann, people=[guest(), guest(KIM)])
    world.sandbox.faults.add(method="POST", path_regex=POSTED, kind="drop-before", times=2)
    sync(world, ann)
    world.clock.advance(minutes=10)
    sync(world, ann)
    world.sandbox.faults.add(method="POST", path_regex=POSTED, kind="drop-after", times=1)

    quieten(world, ann)

    assert len(ann.events()) == 1
    assert mails(world) == {(INES, "invitation"): 1, (KIM, "invitation"): 1}
    assert link_of(world, activity).state is LinkState.LIVE


def test_an_activity_cancelled_while_its_transfer_was_lost_leaves_no_event(world, ann):
    """event-cancelled-by-crm: the event that arrived nevertheless is taken away, and its guest told."""
    activity = plan(world, ann, people=[guest()])
    world.sandbox.faults.add(method="POST", path_regex=POSTED, kind="drop-after", times=1)
    sync(world, ann)

    world.edit(ann, activity, status="cancelled")
    quieten(world, ann)

    assert ann.events() == []
    assert mails(world) == {(INES, "invitation"): 1, (INES, "cancellation"): 1}
    assert link_of(world, activity).state is LinkState.ENDED


def test_an_edit_made_while_the_event_was_under_way_is_carried_after_it(world, ann):
    both = dict.fromkeys(("subject", "time", "place", "participants"), "both")
    world.set_policy(owners=both | {"notes": "outlook"})
    activity = plan(world, ann, people=[guest()])
    world.sandbox.faults.add(method="POST", path_regex=POSTED, kind="drop-after", times=1)
    sync(world, ann)

    world.edit(ann, activity, subject="Renewal 2027")
    quieten(world, ann)

    [event] = ann.events()
    assert event.subject == world.activity_now(activity).subject == "Renewal 2027"
    assert mails(world)[(INES, "invitation")] == 1


def test_what_outlook_refuses_for_ever_is_listed_as_failed(world, ann):
    """failed-permanent."""
    activity = plan(world, ann, people=[guest()])
    world.sandbox.faults.add(
        method="POST", path_regex=POSTED, status=400, code="ErrorInvalidRequest", times=9
    )

    sync(world, ann)

    assert ann.events() == []
    assert world.waiting(ann) == [f"activity:{activity.id}"]
    assert "failed-permanent" in reasons_of(world, activity)
    assert len(writes_of(world.sandbox)) == 1


def test_a_further_run_makes_no_call_that_writes(world, ann):
    plan(world, ann, people=[guest()])
    sync(world, ann)
    [event] = ann.events()

    quieten(world, ann)

    assert len(writes_of(world.sandbox)) == 1
    assert item_of(world, ann, event.id) is None


def test_an_activity_completed_while_its_transfer_was_lost_keeps_the_event_that_was_made(
    world, ann
):
    """pains 5: nobody is told that a meeting was cancelled that took place."""
    activity = plan(world, ann, people=[guest()])
    world.sandbox.faults.add(method="POST", path_regex="/events", kind="drop-after")
    sync(world, ann)
    world.sandbox.faults.clear()

    world.edit(ann, activity, status="completed")
    quieten(world, ann)

    assert mails(world) == {(INES, "invitation"): 1}
    assert link_of(world, activity).state is LinkState.LIVE


def test_an_activity_completed_before_its_event_was_made_gets_none_and_says_so(world, ann):
    activity = plan(world, ann, people=[guest()])
    world.sandbox.faults.add(method="POST", path_regex="/events", kind="drop-before")
    sync(world, ann)
    world.sandbox.faults.clear()

    world.edit(ann, activity, status="completed")
    quieten(world, ann)

    assert ann.events() == []
    [ended] = [one for one in world.log(link_of(world, activity)) if one.facts.get("pending")]
    assert explain(ended, "Europe/Berlin").startswith(
        "The link ended, because the activity was completed"
    )
