"""Outlook refuses us every write to one meeting, or to the mailbox; reading goes on, and nothing is lost."""

import pytest

from scenario_runs import note, settle_down, sync


@pytest.fixture(autouse=True)
def may_write(world, ann):
    world.set_policy(owners={"subject": "both"})
    world.writes_allowed = True
    world.run(ann)


@pytest.fixture
def two(world, ann):
    made = [
        world.create(ann, ann.create_event(subject=f"Meeting {number}", start=world.tomorrow()))
        for number in range(2)
    ]
    world.run(ann)
    return made


def event(ann, subject):
    [found] = ann.events(subject=subject)
    return found


@pytest.mark.parametrize("code", ["ErrorAccessDenied", "Authorization_RequestDenied", "Other"])
def test_a_write_that_is_denied_stops_neither_other_meetings_nor_the_changes(
    world, ann, two, sandbox, code
):
    sandbox.faults.add(method="PATCH", path_regex="/events/", status=403, code=code, times=-1)
    world.edit(ann, two[0].activity, subject="Written in the CRM")
    sync(world, ann)
    ann.change_event(event(ann, "Meeting 1").id, subject="Written in Outlook")
    note(world, ann, event(ann, "Written in Outlook").id)
    new = world.create(ann, ann.create_event(subject="New", start=world.tomorrow()))
    ann.change_event(event(ann, "New").id, subject="Only in the changes")

    for _ in range(3):
        world.clock.advance(minutes=10)
        sync(world, ann)

    assert world.activity_now(two[1].activity).subject == "Written in Outlook"
    assert world.activity_now(new.activity).subject == "Only in the changes"

    sandbox.faults.clear()
    settle_down(world, ann)

    assert event(ann, "Written in the CRM").id
