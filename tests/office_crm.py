"""What people do in the CRM of an office, as the HTTP API would let them: each says whether it came about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from liaison.api.ownership import locked_fields
from liaison.calendar.linking.asking import ask_again
from liaison.calendar.linking.crm_side import follow_crm_edit
from liaison.calendar.linking.settling import settle_field
from liaison.calendar.stores.links import find_link_of_activity
from liaison.crm.embedded.editing import Edited, Editing
from liaison.crm.model import Activity, ActivityRecurrence, Participant, PersonKind
from liaison.crm.rights import Editor
from liaison.people.representatives import find_representatives
from liaison.policy.store import read_policy
from liaison.times import When
from office import GUESTS, Item, Office
from office_outlook import value_for
from transfer_stage import colleague, guest, invited
from transfer_stage import plan as plan_activity

EditingAct = Callable[[Editing, Activity, dict[str, Any]], Edited]


def plan(office: Office, owner: int, invitees: set[int], guests: int, is_series: bool) -> bool:  # noqa: FBT001 - given by a script
    """An activity that its organizer wants in Outlook."""
    person = office.people[owner]
    item = office.new_item()
    ours = [colleague(office.world, office.people[one], invite=True) for one in invitees - {owner}]
    people = [*ours, *(guest(one) for one in GUESTS[:guests])]
    more = {"recurrence": ActivityRecurrence("FREQ=WEEKLY;COUNT=4", None, ())} if is_series else {}
    when = {"when": _an_hour_from(item)}
    made = plan_activity(office.world, person, f"Meeting {item.number}", people, **when, **more)
    item.activity_id = made.id
    return True


def _an_hour_from(item: Item) -> When:
    return When(item.base, item.base + timedelta(hours=1), "Europe/Berlin")


def edit_activity(office: Office, item: Item, field: str) -> bool:
    """Whoever is in charge changes one field."""
    activity = office.activity_of(item)
    if activity is None:
        return False
    value = value_for(office, field, "crm")
    wishes: dict[str, Any] = {field: value}
    if field == "people":
        wishes = {"participants": [*_kept(activity), *(invited(one) for one in value)]}
    if field == "start":
        start = item.base + value
        wishes = {"start": start, "end": start + timedelta(hours=1)}
    _act(office, activity, wishes)
    item.last["crm", field] = value
    return True


def _kept(activity: Activity) -> list[dict[str, Any]]:
    return [_as_wish(one) for one in activity.participants if one.address not in GUESTS]


def _as_wish(one: Participant) -> dict[str, Any]:
    known = {} if one.kind is PersonKind.OTHER else {"id": one.id}
    more = {"name": one.name, "address": one.address, "role": one.role, "invite": one.invite}
    return {"kind": one.kind.value, **known, **more}


def end_activity(office: Office, item: Item, how: str) -> bool:
    """It is cancelled or deleted, or taken back: planned, restored."""
    activity = office.activity_of(item)
    if activity is None:
        return False
    acts: dict[str, EditingAct] = {
        "delete": lambda editing, now, _: editing.delete(now.id, if_version=now.version),
        "restore": lambda editing, now, _: editing.restore(now.id, if_version=now.version),
    }
    statuses = {"cancel": "cancelled", "plan": "planned"}
    wishes = {"status": statuses[how]} if how in statuses else {}
    _act(office, activity, wishes, acts.get(how))
    item.ends.append(f"crm {how}")
    return True


def report(office: Office, item: Item) -> bool:
    activity = office.activity_of(item)
    if activity is None:
        return False
    _act(office, activity, {"outcome": f"Outcome {office.step}"})
    item.last["crm", "outcome"] = f"Outcome {office.step}"
    return True


def transfer_again(office: Office, item: Item) -> bool:
    """The click on «transfer to Outlook»."""
    activity = office.activity_of(item)
    if activity is None:
        return False
    _act(office, activity, {"transfer_to_outlook": True})
    item.ends.append("asked again")
    return True


def settle(office: Office, item: Item, keep: str) -> bool:
    """Somebody answers each contested field."""
    link, activity = office.link_of(item), office.activity_of(item)
    if link is None or activity is None or not link.contested:
        return False
    who = office.world.sign_in(office.person_in_charge(activity))
    for field in link.contested:
        settle_field(office.world.tools, who, link.id, field, keep)
    return True


def _act(
    office: Office, activity: Activity, wishes: dict[str, Any], act: EditingAct | None = None
) -> None:
    world, person = office.world, office.person_in_charge(activity)
    own = world.own(person)
    with world.database.transaction() as session:
        editor = Editor(own.id, own.name, own.may_plan_for_others)
        editing = Editing(session, editor, world.clock.now(), find_representatives)
        if act is not None:
            edited = act(editing, activity, wishes)
        else:
            link = find_link_of_activity(session, activity.id)
            locked = locked_fields(link, read_policy(session).policy)
            edited = editing.change(
                activity.id, wishes, if_version=activity.version, locked_fields=locked
            )
        follow_crm_edit(session, world.tools, edited.before, edited.after, own)
        if "transfer_to_outlook" in wishes:
            ask_again(session, world.tools, edited.after, own)
