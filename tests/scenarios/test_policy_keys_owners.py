"""Who owns a field decides whether a change comes in, and whether one goes out."""

import pytest


@pytest.mark.parametrize(
    ("owner", "ends"),
    [
        ("outlook", ("Theirs", "Theirs")),
        ("both", ("Theirs", "Theirs")),
        ("crm", ("Theirs", "Review")),
    ],
)
def test_owners_say_whether_a_change_of_outlook_comes_in(world, ann, owner, ends):
    world.writes_allowed = True
    world.set_policy(owners={"subject": owner})
    event_id = ann.create_event(subject="Review", start=world.tomorrow())
    made = world.create(ann, event_id)
    ann.change_event(event_id, subject="Theirs")
    world.run(ann)
    world.run(ann)

    assert (ann.event(event_id).subject, world.activity_now(made.activity).subject) == ends


@pytest.mark.parametrize(("owner", "goes_out"), [("outlook", False), ("both", True), ("crm", True)])
def test_owners_say_whether_a_change_of_the_crm_goes_out(world, ann, owner, goes_out):
    world.writes_allowed = True
    world.set_policy(owners={"place": owner})
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), location="Room 1")
    made = world.create(ann, event_id)
    world.run(ann)
    world.edit(ann, made.activity, location="Room 2")
    world.run(ann)

    assert ("Room 2" in str(ann.event(event_id).locations)) is goes_out
