"""Which meeting is meant: by any form of its id, by what it says, and never by a guess."""

from datetime import timedelta

import pytest

from liaison.errors import InvalidRequest, MeetingNotFound, SeveralMeetings, UnsupportedMeeting


@pytest.fixture
def meeting(world, ann):
    return ann.create_event(subject="Review", start=world.tomorrow())


def ews(rest_id):
    return rest_id.replace("-", "/").replace("_", "+")


def looked_up(event, **changes):
    return {"subject": event.subject, "start": event.start, "end": event.end} | changes


@pytest.mark.parametrize("form", ["ews", "rest", "immutable"])
def test_a_meeting_is_found_by_every_form_of_its_id(world, ann, meeting, form):
    event = ann.event(meeting)
    given = {"ews": ews(event.id), "rest": event.id, "immutable": event.immutable_id}[form]

    view = world.show(ann, given)

    assert view.event.event_id == event.immutable_id


@pytest.mark.parametrize(
    "item_id",
    ["x", "../messages/1", "a b", "AAMk" + "A" * 3000, "AAMkÄ", "AAMk/x-y+z_", "%2e%2e", "a\0b"],
)
def test_a_malformed_id_is_of_no_meeting(world, ann, item_id):
    activity = world.activity(ann)

    with pytest.raises(MeetingNotFound):
        world.link(ann, item_id, activity)

    assert world.count("links") == 0


@pytest.mark.parametrize("form", ["ews", "rest", "immutable"])
def test_meetings_whose_ids_differ_only_in_a_dash_are_never_mixed_up(world, ann, meeting, form):
    twin = ann.create_event(subject="Twin", start=world.tomorrow(15), id_twin_of=meeting)
    forms = {
        "ews": lambda e: ews(e.id),
        "rest": lambda e: e.id,
        "immutable": lambda e: e.immutable_id,
    }
    first, second = (forms[form](ann.event(one)) for one in (meeting, twin))

    one = world.link(ann, first, world.activity(ann))
    other = world.link(ann, second, world.activity(ann))
    ann.change_event(twin, subject="Twin, changed")
    world.notify(ann, twin)

    assert world.activity_now(one.activity).subject == "Review"
    assert world.activity_now(other.activity).subject == "Twin, changed"


def test_the_id_of_an_event_in_another_mailbox_is_of_no_meeting_here(world, ann, bo, meeting):
    for given in (meeting, ews(meeting), ann.event(meeting).immutable_id):
        with pytest.raises(MeetingNotFound):
            world.show(bo, given)


def test_a_deleted_meeting_is_not_there(world, ann, meeting):
    immutable_id = ann.event(meeting).immutable_id
    ann.delete_event(meeting)

    with pytest.raises(MeetingNotFound):
        world.link(ann, immutable_id, world.activity(ann))


def test_a_deleted_meeting_of_a_shared_mailbox_is_not_there(world, ann, bo, meeting):
    world.sandbox.tenant.share_calendar(ann, bo)
    immutable_id = ann.event(meeting).immutable_id
    ann.delete_event(meeting)

    with pytest.raises(MeetingNotFound):
        world.link(bo, immutable_id, world.activity(bo), mailbox=ann.address)


def test_without_an_id_the_one_meeting_that_fits_is_found(world, ann, meeting):
    event = ann.event(meeting)

    linked = world.link(ann, None, world.activity(ann), **looked_up(event, organizer=ann.address))

    assert linked.link.copies[0].event_id == event.immutable_id


def test_seconds_and_spaces_do_not_matter_to_the_look_up(world, ann):
    start = world.tomorrow()
    made = ann.create_event(subject="Review  of\tall", start=start, end=start + timedelta(hours=1))
    event = ann.event(made)
    look = looked_up(event, subject=" Review of all ", start=start + timedelta(seconds=20))

    assert world.show(ann, None, **look).event.event_id == event.immutable_id


def test_several_meetings_that_fit_are_not_guessed_between(world, ann, meeting):
    event = ann.event(meeting)
    ann.create_event(subject="Review", start=event.start, end=event.end)

    with pytest.raises(SeveralMeetings):
        world.link(ann, None, world.activity(ann), **looked_up(event))


@pytest.mark.parametrize(
    "other",
    [
        {"subject": "Another"},
        {"organizer": "bo@nordwind.example"},
        {"end_later": timedelta(minutes=5)},
        {"start_later": timedelta(minutes=-5)},
    ],
)
def test_a_meeting_that_does_not_fit_is_not_found(world, ann, meeting, other):
    event = ann.event(meeting)
    look = looked_up(event) | {n: v for n, v in other.items() if not n.endswith("_later")}
    look["start"] += other.get("start_later", timedelta())
    look["end"] += other.get("end_later", timedelta())

    with pytest.raises(MeetingNotFound):
        world.show(ann, None, **look)


def test_a_whole_day_is_found_by_its_days(world, ann):
    day = world.tomorrow().date()
    made = ann.create_event(subject="Fair", start=day, all_day=True)

    view = world.show(ann, None, subject="Fair", start=day, end=day)

    assert view.event.event_id == ann.event(made).immutable_id


@pytest.mark.parametrize(
    "query", [{}, {"subject": "Review"}, {"subject": "Review", "start": "start"}]
)
def test_without_an_id_start_and_end_are_needed(world, ann, meeting, query):
    given = {n: getattr(ann.event(meeting), v) if n == "start" else v for n, v in query.items()}

    with pytest.raises(InvalidRequest):
        world.show(ann, None, **given)


def test_an_end_before_the_start_is_refused(world, ann, meeting):
    event = ann.event(meeting)

    with pytest.raises(InvalidRequest):
        world.show(ann, None, subject="Review", start=event.end, end=event.start)


def test_an_unsaved_meeting_without_any_data_is_refused(world, ann):
    with pytest.raises(InvalidRequest):
        world.create(ann, None)


def test_an_event_that_cannot_be_read_is_refused_with_the_reason(world, ann, meeting):
    ann.change_event(meeting, end=world.tomorrow(8))

    with pytest.raises(UnsupportedMeeting) as refused:
        world.link(ann, meeting, world.activity(ann))

    assert "It ends before it starts." in refused.value.sentence
