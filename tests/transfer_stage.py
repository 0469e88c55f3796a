"""What stories of transfers plan, and what they look at."""

from __future__ import annotations

from collections import Counter

from liaison.calendar.linking.acts import unlink
from liaison.calendar.linking.asking import ask_again
from liaison.calendar.model import Link
from liaison.calendar.stores.decisions import LogFilter, list_decisions
from liaison.calendar.stores.links import find_latest_links
from liaison.crm.model import Activity, Participant, PersonKind
from liaison_sandbox.person import Person
from scenario_world import World

INES, KIM = "ines@contoso.example", "kim@fabrikam.example"


def guest(address: str = INES, *, invite: bool | None = True) -> Participant:
    return Participant(PersonKind.OTHER, None, address, address, invite=invite)


def invited(address: str) -> dict[str, object]:
    """Somebody to be invited, as a person's edit in the CRM names him."""
    return {"kind": "other", "name": address, "address": address, "invite": True}


def colleague(world: World, person: Person, *, invite: bool | None = None) -> Participant:
    own = world.own(person)
    return Participant(PersonKind.REPRESENTATIVE, own.id, own.name, own.address, invite=invite)


def plan(world: World, owner: Person, subject: str = "Renewal", people=(), **fields) -> Activity:
    """An activity that its organizer wants in Outlook."""
    wanted = {"transfer_to_outlook": True, "participants": tuple(people)} | fields
    return world.activity(owner, subject, **wanted)


def link_of(world: World, activity: Activity) -> Link | None:
    with world.database.transaction() as session:
        return find_latest_links(session, [activity.id]).get(activity.id)


def mails(world: World) -> Counter[tuple[str, str]]:
    """How many of each kind everybody got."""
    return Counter((mail.recipient, mail.kind) for mail in world.sandbox.tenant.mails)


def reasons_of(world: World, activity: Activity) -> list[str]:
    with world.database.transaction() as session:
        found = list_decisions(session, LogFilter(activity_id=activity.id), limit=100)
    return [stored.decision.reason for stored in reversed(found)]


def end_link(world: World, person: Person, activity: Activity) -> None:
    unlink(world.tools, world.sign_in(person), link_of(world, activity).id)


def ask(world: World, person: Person, activity: Activity) -> None:
    """What the person's click on «transfer to Outlook» does."""
    own, now = world.own(person), world.activity_now(activity)
    with world.database.transaction() as session:
        ask_again(session, world.tools, now, own)
