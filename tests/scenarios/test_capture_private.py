"""Private meetings that are captured, in the forms that the policy lets in."""

from capture_stage import activities, captures, link_of

KIM = ("Kim Sato", "kim@fabrikam.example")
ROOM = {"name": "Room 1", "address": "room1@hotel.example", "type": "resource"}


def doctor(world, ann, **fields):
    given = {"subject": "Doctor", "start": world.tomorrow(), "sensitivity": "private"}
    return ann.create_event(**(given | fields))


def test_owner_only_captures_it_as_confidential_log_included(world, ann):
    captures(world, "all", private="owner-only")
    doctor(world, ann)

    world.run(ann)

    [made] = activities(world)
    assert (made.subject, made.confidential) == ("Doctor", True)
    log = world.log(link_of(world, made))
    assert all(entry.facts["confidential"] for entry in log)
    assert {"private", "activity-created"} <= {entry.reason for entry in log}


def test_busy_only_captures_its_times_and_nothing_else(world, ann):
    captures(world, "all", private="busy-only")
    doctor(world, ann, body="Blood test", attendees=[KIM])

    world.run(ann)

    [made] = activities(world)
    assert (made.subject, made.notes, made.when.starts_at) == (
        "Private appointment",
        "",
        world.tomorrow(),
    )
    assert [one.address for one in made.participants] == [ann.address]


def test_internal_only_is_judged_on_those_who_take_part_in_truth(world, ann, bo):
    captures(world, "all", private="busy-only", captureInternal=False)
    doctor(world, ann, attendees=[KIM])
    doctor(world, ann, subject="Salary", attendees=[bo.address])

    [report] = world.run(ann)

    assert len(activities(world)) == 1
    assert report.counts["internal-only"] == 1


def test_a_room_elsewhere_is_nobody_from_outside(world, ann, bo):
    captures(world, "all", private="busy-only", captureInternal=False)
    doctor(world, ann, subject="Salary", attendees=[bo.address, ROOM])

    [report] = world.run(ann)

    assert (activities(world), report.counts["internal-only"]) == ([], 1)


def test_include_captures_it_like_any_other(world, ann):
    captures(world, "all", private="include")
    doctor(world, ann)

    world.run(ann)

    assert [(one.subject, one.confidential) for one in activities(world)] == [("Doctor", False)]
