"""Each key of the policy about capture makes a difference."""

import pytest

from capture_stage import activities, captures

INES = "ines@contoso.example"
KIM = ("Kim Sato", "kim@fabrikam.example")


def captured(world, ann, capture, **more):
    """The subjects of what becomes an activity under this policy."""
    captures(world, capture, **more)
    world.run(ann)
    return [one.subject for one in activities(world)]


@pytest.mark.parametrize(
    ("capture", "subjects"),
    [("linked", []), ("category", ["With"]), ("all", ["With", "Without"])],
)
def test_capture_says_which_meetings_become_activities(world, ann, capture, subjects):
    ann.create_event(subject="With", start=world.tomorrow(), categories=["Liaison"])
    ann.create_event(subject="Without", start=world.tomorrow())

    assert sorted(captured(world, ann, capture)) == subjects


@pytest.mark.parametrize(("name", "subjects"), [("Liaison", ["One"]), ("Kunde", ["Two"])])
def test_category_name_says_which_category_asks_for_capture(world, ann, name, subjects):
    ann.create_event(subject="One", start=world.tomorrow(), categories=["Liaison"])
    ann.create_event(subject="Two", start=world.tomorrow(), categories=["Kunde"])

    assert captured(world, ann, "category", categoryName=name) == subjects


@pytest.mark.parametrize(
    ("choice", "subjects"), [(True, ["Customer", "Team"]), (False, ["Customer"])]
)
def test_capture_internal_says_whether_meetings_of_colleagues_count(
    world, ann, bo, choice, subjects
):
    ann.create_event(subject="Team", start=world.tomorrow(), attendees=[bo.address])
    ann.create_event(subject="Customer", start=world.tomorrow(), attendees=[INES])

    assert sorted(captured(world, ann, "all", captureInternal=choice)) == subjects


@pytest.mark.parametrize(("choice", "subjects"), [("stub", ["Review"]), ("ignore", [])])
def test_outside_organizer_says_whether_stubs_are_made(world, sandbox, ann, choice, subjects):
    given = {"subject": "Review", "start": world.tomorrow()}
    sandbox.tenant.outside.invite(KIM, [ann.address], **given)

    assert captured(world, ann, "all", outsideOrganizer=choice) == subjects


@pytest.mark.parametrize(
    ("domains", "subjects"), [(None, ["Sister"]), (["nordwind.example", "sister.example"], [])]
)
def test_internal_domains_say_who_is_from_outside(world, ann, domains, subjects):
    ann.create_event(subject="Sister", start=world.tomorrow(), attendees=["mia@sister.example"])

    found = captured(world, ann, "all", captureInternal=False, internalDomains=domains)

    assert found == subjects


@pytest.mark.parametrize(("choice", "marked"), [("keep", []), ("review", ["mia@unknown.example"])])
def test_unknown_participants_mark_what_is_captured_or_not(world, ann, choice, marked):
    """AA-08"""
    given = {"subject": "Review", "start": world.tomorrow()}
    ann.create_event(**given, attendees=["mia@unknown.example"])

    captured(world, ann, "all", unknownParticipants=choice)

    assert [note.address for note in activities(world)[0].review] == marked
