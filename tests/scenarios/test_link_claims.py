"""One meeting has one link, one activity has one meeting, whoever asks and however often."""

import pytest

from liaison.crm.model import Participant, PersonKind
from liaison.errors import ActivityTaken, AlreadyLinked, Conflict, NotFound
from scenario_world import at_once


@pytest.fixture
def meeting(world, ann, bo):
    return ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=[(bo.name, bo.address)]
    )


@pytest.fixture
def bos_copy(world, bo, meeting):
    return bo.events(subject="Review")[0].id


def test_linking_twice_is_the_same(world, ann, meeting):
    activity = world.activity(ann)
    first = world.link(ann, meeting, activity)

    again = world.link(ann, meeting, activity)

    assert (first.created, again.created) == (True, False)
    assert again.link == first.link
    assert again.activity.version == first.activity.version


def test_a_colleague_who_links_the_same_meeting_to_the_same_activity_changes_nothing(
    world, ann, bo, meeting, bos_copy
):
    activity = world.activity(ann)
    first = world.link(ann, meeting, activity)

    again = world.link(bo, bos_copy, activity)

    assert not again.created
    assert again.link.id == first.link.id


def test_linking_to_another_activity_names_the_present_one(world, ann, meeting):
    present = world.activity(ann, subject="Renewal")
    linked = world.link(ann, meeting, present)

    with pytest.raises(AlreadyLinked) as refused:
        world.link(ann, meeting, world.activity(ann, subject="Other"))

    assert refused.value.facts["link"]["id"] == str(linked.link.id)
    assert refused.value.facts["activity"] == {"id": str(present.id), "subject": "Review"}
    assert "“Review”" in refused.value.sentence


def test_a_confidential_activity_is_not_named_to_somebody_who_may_not_see_it(world, ann, bo):
    alone = ann.create_event(subject="Secret", start=world.tomorrow())
    world.sandbox.tenant.share_calendar(ann, bo)
    world.link(ann, alone, world.activity(ann, subject="Secret", confidential=True))

    with pytest.raises(AlreadyLinked) as refused:
        world.link(bo, alone, world.activity(bo), mailbox=ann.address)

    assert refused.value.facts == {"link": None, "activity": None}
    assert "Secret" not in refused.value.sentence


def test_an_activity_that_belongs_to_another_meeting_is_taken(world, ann, meeting):
    activity = world.activity(ann)
    linked = world.link(ann, meeting, activity)
    other = ann.create_event(subject="Other", start=world.tomorrow(15))

    with pytest.raises(ActivityTaken) as refused:
        world.link(ann, other, activity)

    assert refused.value.facts["link"]["id"] == str(linked.link.id)
    assert refused.value.facts["activity"]["id"] == str(activity.id)
    assert world.activity_now(activity).subject == "Review"


def test_an_activity_that_one_may_not_see_is_not_there_for_linking(world, ann, bo, meeting):
    hidden = world.activity(bo, confidential=True)

    with pytest.raises(NotFound):
        world.link(ann, meeting, hidden)


def test_a_deleted_activity_is_restored_before_it_is_linked(world, ann, meeting):
    activity = world.activity(ann, deleted_at=world.clock.now())

    with pytest.raises(Conflict):
        world.link(ann, meeting, activity)


def test_two_people_who_link_one_meeting_at_once_make_one_link(world, ann, bo, meeting, bos_copy):
    activity = world.activity(ann)

    answers = at_once(
        lambda: world.link(ann, meeting, activity), lambda: world.link(bo, bos_copy, activity)
    )

    assert sorted(one.created for one in answers) == [False, True]
    assert len({one.link.id for one in answers}) == 1


def test_two_people_who_link_one_meeting_to_two_activities_at_once_the_second_is_refused(
    world, ann, bo, meeting, bos_copy
):
    anns, bos = world.activity(ann), world.activity(bo)

    answers = at_once(lambda: world.link(ann, meeting, anns), lambda: world.link(bo, bos_copy, bos))

    assert sorted(type(one).__name__ for one in answers) == ["AlreadyLinked", "Linked"]


def test_two_meetings_claimed_for_one_activity_at_once_the_second_is_refused(world, ann, meeting):
    activity = world.activity(ann)
    other = ann.create_event(subject="Other", start=world.tomorrow(15))

    answers = at_once(
        lambda: world.link(ann, meeting, activity), lambda: world.link(ann, other, activity)
    )

    assert sorted(type(one).__name__ for one in answers) == ["ActivityTaken", "Linked"]


def test_two_people_who_create_from_one_meeting_at_once_make_one_activity(
    world, ann, bo, meeting, bos_copy
):
    answers = at_once(lambda: world.create(ann, meeting), lambda: world.create(bo, bos_copy))

    assert sorted(type(one).__name__ for one in answers) == ["AlreadyLinked", "Linked"]
    assert world.count("activities") == 1
    assert world.count("links") == 1


def test_creating_again_names_the_activity_that_is_there(world, ann, bo, meeting, bos_copy):
    linked = world.create(ann, meeting)

    with pytest.raises(AlreadyLinked) as refused:
        world.create(bo, bos_copy)

    assert refused.value.facts["activity"]["id"] == str(linked.activity.id)
    assert world.count("activities") == 1


def test_creating_takes_what_is_the_crms_from_the_person(world, ann, bo, meeting):
    linked = world.create(ann, meeting, internal_notes="Ours", next_step="Call")

    activity = linked.activity
    assert (activity.subject, activity.internal_notes, activity.next_step) == (
        "Review",
        "Ours",
        "Call",
    )
    assert activity.organizer == Participant(
        PersonKind.REPRESENTATIVE,
        world.own(ann).id,
        "Ann Berg",
        ann.address,
        response="organizer",
        invite=activity.organizer.invite,
    )
    assert [one.address for one in activity.participants] == [ann.address, bo.address]
