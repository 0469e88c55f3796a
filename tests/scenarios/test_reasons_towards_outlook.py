"""What the CRM may not change while a meeting is linked."""

import pytest

from liaison.api.ownership import locked_fields
from liaison.crm.embedded.editing import Editing
from liaison.crm.rights import Editor
from liaison.errors import OwnedByOutlook
from liaison.people.representatives import find_representatives


def edit(world, person, made, **wishes):
    """As the API lets a person edit a linked activity."""
    own, link = world.own(person), world.link_now(made.link)
    locked = locked_fields(link, world.policy())
    activity = world.activity_now(made.activity)
    with world.database.transaction() as session:
        editing = Editing(
            session, Editor(own.id, own.name), world.clock.now(), find_representatives
        )
        return editing.change(
            activity.id, wishes, if_version=activity.version, locked_fields=locked
        ).after


def test_owned_by_outlook_is_refused_and_changes_nothing_on_either_side(world, ann):
    event_id = ann.create_event(subject="Review", start=world.tomorrow())
    made = world.create(ann, event_id)

    with pytest.raises(OwnedByOutlook):
        edit(world, ann, made, subject="Mine")
    world.run(ann)

    assert world.activity_now(made.activity).subject == "Review"
    assert ann.event(event_id).subject == "Review"


def test_owned_by_outlook_is_everything_while_an_invitees_copy_governs(world, sandbox, ann):
    owned = dict.fromkeys(("subject", "time", "place", "participants"), "both")
    world.set_policy(owners=owned)
    sandbox.tenant.outside.invite(
        ("Ines Moreau", "ines@contoso.example"),
        subject="At Contoso",
        start=world.tomorrow(),
        attendees=[ann.address],
    )
    made = world.create(ann, ann.events()[0].id)

    with pytest.raises(OwnedByOutlook):
        edit(world, ann, made, subject="Mine")


def test_what_both_own_is_not_owned_by_outlook_alone(world, ann):
    world.set_policy(owners={"subject": "both"})
    made = world.create(ann, ann.create_event(subject="Review", start=world.tomorrow()))

    assert edit(world, ann, made, subject="Ours").subject == "Ours"
