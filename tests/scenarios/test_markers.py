"""What our marker on an event means (pains 11, 14, 15): copies of linked meetings, and links that were lost."""

import pytest
from sqlalchemy import text

from liaison.calendar.looking import foresee
from liaison.calendar.model import LinkState, Scope
from liaison.calendar.rules.markers import marker_of
from liaison.calendar.run import Extent, sync_mailbox
from liaison.db.installation import will_mark
from liaison.outlook.event_mapping import MARKER
from series_world import weekly

ELSEWHERE = "0b0f4f0e-0000-4000-8000-000000000000"


@pytest.fixture(params=["linked", "all"])
def capture(request, world):
    world.set_policy(capture=request.param)
    return request.param


def marked_event(world, ann, activity, installation=None, **more):
    """An event that Liaison made for this activity, or another installation did."""
    with world.database.transaction() as session:
        key = will_mark(session)
    event_id = ann.create_event(subject=activity.subject, start=world.tomorrow(), **more)
    ann.change_event(event_id, properties={MARKER: marker_of(installation or key, activity.id)})
    return event_id


def linked_marked(world, ann):
    activity = world.activity(ann)
    event_id = marked_event(world, ann, activity)
    return event_id, world.link(ann, event_id, activity)


def lose_links(world):
    """As after a backup was restored of which the links are missing."""
    with world.database.transaction() as session:
        session.execute(text("TRUNCATE links CASCADE"))


def decided(world, ann, event_id):
    return foresee(world.tools, world.own(ann), ann.event(event_id).immutable_id).reason


@pytest.mark.parametrize("path", ["notification", "round", "first round", "several runs"])
def test_copied_a_copy_of_a_linked_meeting_is_never_captured(world, ann, capture, path):
    event_id, _ = linked_marked(world, ann)
    if path != "first round":
        world.run(ann)
    copy_id = ann.copy_event(event_id)

    if path == "notification":
        world.notify(ann, copy_id)
    for _ in range(3 if path == "several runs" else 1):
        world.run(ann)

    assert (world.count("activities"), world.count("links")) == (1, 1)
    assert decided(world, ann, copy_id) == "copied"
    assert world.show(ann, copy_id).link is None


def test_copied_a_person_may_link_the_copy_to_an_activity_of_its_own(world, ann, capture):
    event_id, made = linked_marked(world, ann)
    copy_id = ann.copy_event(event_id)

    own = world.create(ann, copy_id)
    ann.change_event(copy_id, subject="Second round")
    world.run(ann)

    assert world.activity_now(own.activity).subject == "Second round"
    assert world.activity_now(made.activity).subject == "Renewal"


@pytest.mark.parametrize("path", ["notification", "round", "first round"])
def test_link_rebuilt_for_an_activity_that_lost_it(world, ann, capture, path):
    if path != "first round":
        world.run(ann)
    event_id, made = linked_marked(world, ann)
    lose_links(world)
    ann.change_event(event_id, subject="Renamed")

    if path == "notification":
        world.notify(ann, event_id)
    elif path == "round":
        sync_mailbox(world.tools, world.own(ann).id, extent=Extent.INITIAL)
    else:
        world.run(ann)

    shown = world.show(ann, event_id)
    assert (shown.link.state, shown.link.activity_id) == (LinkState.LIVE, made.activity.id)
    assert world.activity_now(made.activity).subject == "Renamed"
    assert "link-rebuilt" in world.reasons(shown.link)
    assert world.count("activities") == 1


def test_link_rebuilt_for_a_series_too(world, ann, capture):
    activity = world.activity(ann)
    event_id = marked_event(world, ann, activity, recurrence=weekly(world.tomorrow()))
    world.link(ann, event_id, activity, Scope.SERIES)
    lose_links(world)

    world.run(ann)

    assert world.show(ann, event_id).link.scope is Scope.SERIES


def test_a_marker_of_another_installation_counts_as_none(world, ann):
    world.set_policy(capture="all")
    activity = world.activity(ann)
    event_id = marked_event(world, ann, activity, installation=ELSEWHERE)
    ann.change_event(event_id, subject="Of somebody else's")

    world.run(ann)

    assert world.show(ann, event_id).link.activity_id != activity.id


def test_a_marker_whose_link_a_person_ended_counts_as_none(world, ann):
    _, made = linked_marked(world, ann)
    world.unlink(ann, made.link)

    world.run(ann)

    assert world.link_now(made.link).state is LinkState.ENDED


def test_nothing_is_made_again_for_a_deleted_activity(world, ann, capture):
    activity = world.activity(ann)
    event_id = marked_event(world, ann, activity)
    with world.database.transaction() as session:
        session.execute(text("UPDATE activities SET deleted_at = now()"))

    world.run(ann)

    assert (world.count("activities"), world.count("links")) == (1, 0)
    assert decided(world, ann, event_id) == "not-linked"


def test_whoever_opens_a_meeting_that_lost_its_link_is_offered_its_activity_first(world, ann):
    event_id, made = linked_marked(world, ann)
    lose_links(world)
    world.activity(ann, "Renewal of others")

    activity, why = world.show(ann, event_id).suggestions[0]

    assert (activity.id, why) == (made.activity.id, "the meeting was made for it")
