from liaison.calendar.model import LinkState


def test_an_activity_cancelled_in_the_crm_leaves_its_meeting_alone_and_ends_the_link(world, ann):
    event_id = ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=["ines@contoso.example"]
    )
    linked = world.create(ann, event_id)
    mails = len(world.sandbox.tenant.mails)

    world.edit(ann, linked.activity, status="cancelled")
    world.run(ann)

    assert world.link_now(linked.link).state is LinkState.ENDED
    assert "event-cancelled-by-crm" in world.reasons(linked.link)
    assert not ann.event(event_id).is_cancelled
    assert len(world.sandbox.tenant.mails) == mails
