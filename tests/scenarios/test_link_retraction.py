"""Whoever takes a meeting back finds nothing of it in Liaison any more; Outlook keeps all of it."""

import pytest
from sqlalchemy import text

from liaison.calendar.model import LinkState
from liaison.errors import ActivityTaken

OUTSIDER = ("Ines Moreau", "ines@contoso.example")
TRACES = ("divorce", "lawyer", "hotel", "ines", "contoso", "moreau")


@pytest.fixture
def meeting(world, ann, bo):
    return ann.create_event(
        subject="Divorce",
        body="With the lawyer",
        location="Hotel Adlon",
        start=world.tomorrow(),
        attendees=[OUTSIDER, (bo.name, bo.address)],
    )


def stored(world):
    """Every row of every table as text, in small letters."""
    with world.database.transaction() as session:
        tables = session.scalars(
            text("select tablename from pg_tables where schemaname = current_schema()")
        ).all()
        rows = [session.scalars(text(f'select t::text from "{table}" t')).all() for table in tables]
    return "\n".join(line for lines in rows for line in lines).lower()


def found(world, traces=TRACES):
    everything = stored(world)
    return [word for word in traces if word in everything]


def test_a_retracted_meeting_leaves_nothing_behind(world, ann, bo, meeting):
    linked = world.create(ann, meeting, internal_notes="About the divorce", outcome="Contoso won")
    world.edit(ann, linked.activity, next_step="Call the lawyer")
    ann.change_event(meeting, subject="Divorce, again", location="Hotel Kempinski")
    world.run(ann, bo)
    assert set(TRACES) <= set(found(world))

    link = world.retract(ann, linked.link)

    assert found(world) == []
    assert (link.state, link.baseline, link.ended_reason) == (LinkState.ENDED, None, "retracted")


def test_an_outsiders_meeting_is_retracted_with_its_organizer(world, bo):
    outside = world.sandbox.tenant.outside
    outside.invite(OUTSIDER, [bo.address], subject="Divorce", start=world.tomorrow())
    linked = world.create(bo, bo.events()[0].id)
    world.run(bo)
    assert "contoso" in found(world)

    world.retract(bo, linked.link)

    assert found(world) == []


def test_the_activity_of_a_retracted_meeting_is_hidden_and_names_its_owner_only(
    world, ann, meeting
):
    linked = world.create(ann, meeting)

    world.retract(ann, linked.link)

    activity = world.activity_now(linked.activity)
    assert activity.deleted_at == world.clock.now()
    assert activity.confidential
    assert [one.name for one in activity.participants] == ["Ann Berg"]


def test_the_codes_of_a_retracted_meeting_stay_in_the_log(world, ann, meeting):
    linked = world.create(ann, meeting)
    before = world.reasons(linked.link)

    world.retract(ann, linked.link)

    assert world.reasons(linked.link) == [*before, "retracted"]
    assert all((one.before, one.after, one.facts) == ({}, {}, {}) for one in world.log(linked.link))


def test_a_retraction_tells_nobody_and_writes_nothing_to_outlook(world, ann, meeting):
    linked = world.create(ann, meeting)
    entries = world.count("crm_outbox")
    mails = len(world.sandbox.tenant.mails)
    event = ann.event(meeting)

    world.retract(ann, linked.link)
    world.run(ann)

    assert world.count("crm_outbox") == entries
    assert len(world.sandbox.tenant.mails) == mails
    assert ann.event(meeting) == event
    changing = [call for call in world.sandbox.log if call.method != "GET"]
    assert all("/subscriptions" in call.path for call in changing)


def test_what_waited_for_a_retracted_meeting_is_forgotten(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.note(ann, meeting)

    world.retract(ann, linked.link)

    assert world.waiting(ann) == []


def test_a_retracted_meeting_is_not_followed_any_more(world, ann, bo, meeting):
    linked = world.create(ann, meeting)
    world.retract(ann, linked.link)

    ann.change_event(meeting, subject="Divorce, again")
    world.notify(ann, meeting)
    world.run(ann, bo)

    assert found(world) == []
    assert world.activity_now(linked.activity).subject == "Retracted"


def test_a_retracted_meeting_may_be_linked_again_to_a_new_activity(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.retract(ann, linked.link)

    again = world.create(ann, meeting)

    assert again.link.id == linked.link.id
    assert again.activity.id != linked.activity.id
    assert again.activity.subject == "Divorce"


def test_a_meeting_that_was_unlinked_before_can_still_be_retracted(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)

    link = world.retract(ann, linked.link)

    assert found(world) == []
    assert link.ended_reason == "retracted"


def test_retracting_a_former_meeting_leaves_the_activity_of_the_present_one_alone(
    world, ann, meeting
):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)
    other = ann.create_event(subject="Other", start=world.tomorrow(15))
    present = world.link(ann, other, linked.activity)

    world.retract(ann, linked.link)

    assert world.activity_now(linked.activity) == present.activity
    assert world.link_now(present.link).state is LinkState.LIVE
    assert found(world) == []
    with pytest.raises(ActivityTaken):
        world.link(ann, meeting, linked.activity)


def test_a_meeting_that_was_deleted_in_outlook_can_still_be_retracted(world, ann, meeting):
    linked = world.create(ann, meeting)
    ann.delete_event(meeting, hard=True)
    world.run(ann)

    world.retract(ann, linked.link)

    assert found(world) == []
