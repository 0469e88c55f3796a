"""What is said about a series and its occurrences when somebody asks, and who governs when that changes."""

from liaison.calendar.looking import find_link, foresee
from liaison.calendar.model import LinkState, Scope
from series_world import nth, weekly


def a_series(world, person, **more):
    start = world.tomorrow()
    return person.create_event(subject="Team", start=start, recurrence=weekly(start), **more)


def test_asked_about_an_occurrence_its_own_link_answers_else_that_of_its_series(world, ann):
    series = a_series(world, ann)
    whole = world.create(ann, series, scope=Scope.SERIES)
    part = world.create(ann, ann.occurrence(series, nth(world, 1)).id, scope=Scope.OCCURRENCE)
    own = world.own(ann)

    def link_of(event):
        return find_link(world.tools, own, event.immutable_id).id

    assert link_of(ann.occurrence(series, nth(world, 1))) == part.link.id
    assert link_of(ann.occurrence(series, nth(world, 2))) == whole.link.id
    assert link_of(ann.event(series)) == whole.link.id
    assert find_link(world.tools, own, "AAMkUnknown") is None


def test_what_would_become_of_a_series_with_several_links_can_be_foreseen(world, ann):
    series = a_series(world, ann)
    world.create(ann, ann.occurrence(series, nth(world, 1)).id, scope=Scope.OCCURRENCE)
    world.create(ann, series, scope=Scope.SERIES)

    foreseen = foresee(world.tools, world.own(ann), ann.event(series).immutable_id)

    assert foreseen.reason == "already-agreed"


def test_a_followed_series_becomes_the_organizers_when_he_is_active(world, ann, dev):
    series = a_series(world, dev, attendees=[ann.address])
    [copy] = ann.events()
    whole = world.create(ann, copy.id, scope=Scope.SERIES)
    part = world.create(ann, ann.occurrence(copy.id, nth(world, 2)).id, scope=Scope.OCCURRENCE)
    world.run(ann)

    world.import_person(dev)
    world.switch(dev, active=True)
    world.run(ann, dev)
    dev.change_occurrence(series, nth(world, 2), subject="With Ines")
    dev.change_series(series, body="Agenda")
    world.run(dev)

    assert world.activity_now(part.activity).subject == "With Ines"
    assert world.activity_now(whole.activity).notes == "Agenda"
    for linked in (whole, part):
        link = world.link_now(linked.link)
        assert link.state is LinkState.LIVE
        assert link.copy_of(world.own(dev).id).is_organizer
