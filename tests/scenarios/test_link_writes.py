"""Linking by a person: what the CRM owns goes to the meeting, by the sync, right after."""

from scenario_runs import sync
from scenario_traffic import writes_of


def test_a_field_that_the_crm_owns_is_written_to_the_meeting_that_is_linked(world, ann):
    world.writes_allowed = True
    both = dict.fromkeys(("time", "place", "participants"), "both")
    world.set_policy(owners=both | {"notes": "outlook", "subject": "crm"})
    event_id = ann.create_event(subject="From Outlook", start=world.tomorrow())
    activity = world.activity(ann, "From the CRM")

    world.link(ann, event_id, activity)
    assert world.woken == [world.own(ann).id]
    sync(world, ann)

    assert ann.event(event_id).subject == "From the CRM"
    assert len(writes_of(world.sandbox)) == 1
