"""What people do in Outlook in an office: each says whether it came about."""

from __future__ import annotations

from datetime import timedelta

from liaison.calendar.model import Scope
from machine_play import weekly
from office import GUESTS, Item, Office

KIM = ("Kim Sato", "kim@fabrikam.example")
# The guard over removals lets so many through in a day.
MOST_REMOVALS = 4


def meet(office: Office, organizer: int, invited: set[int], guests: int, is_series: bool) -> bool:  # noqa: FBT001 - given by a script
    """Somebody of ours makes a meeting."""
    person = office.people[organizer]
    item = office.new_item()
    others = [office.people[one].address for one in sorted(invited - {organizer})]
    more = {"recurrence": weekly(item.base)} if is_series else {}
    event_id = person.create_event(
        subject=f"Meeting {item.number}",
        start=item.base,
        attendees=[*others, *GUESTS[:guests]],
        **more,
    )
    item.uid = person.event(event_id).ical_uid
    office.tell(item)
    return True


def invite(office: Office, invited: set[int]) -> bool:
    """An outsider invites some of ours."""
    item = office.new_item(is_from_outside=True)
    addresses = [office.people[one].address for one in sorted(invited | {0})]
    item.uid = office.world.sandbox.tenant.outside.invite(
        KIM, addresses, subject=f"Meeting {item.number}", start=item.base
    )
    office.tell(item)
    return True


def edit_meeting(office: Office, item: Item, field: str) -> bool:
    """The organizer changes one field."""
    if "outlook removed" in item.ends:
        return False
    found = office.organized(item)
    if item.is_from_outside:
        return _edit_outside(office, item, field)
    if found is None:
        return False
    person, event = found
    value = value_for(office, field, "outlook")
    if field == "people":
        kept = [one for one in event.attendees if one.address not in GUESTS]
        person.change_event(event.id, attendees=[*kept, *value])
    elif field == "start":
        person.change_event(event.id, start=item.base + value)
    else:
        person.change_event(event.id, **{field: value})
    item.last["outlook", field] = value
    office.tell(item)
    return True


def _edit_outside(office: Office, item: Item, field: str) -> bool:
    if field == "people":
        return False
    value = value_for(office, field, "outlook")
    given = item.base + value if field == "start" else value
    office.world.sandbox.tenant.outside.change(item.uid, **{field: given})
    item.last["outlook", field] = value
    office.tell(item)
    return True


def value_for(office: Office, field: str, side: str) -> object:
    """Another one in each step of the script and on each side, the same in every world."""
    step = office.step
    match field:
        case "subject":
            return f"Subject {step} of {side}"
        case "location":
            return f"Room {step} of {side}"
        case "start":
            return timedelta(minutes=5 * (step + 1), hours=4 if side == "crm" else 0)
        case _:
            shift = 1 if side == "crm" else 0
            return (GUESTS[(step + shift) % 4], GUESTS[(step // 4 + 1 + shift) % 4])


def answer(office: Office, item: Item, person: int, response: str) -> bool:
    mine = [e for p, e in office.copies_of(item) if p is office.people[person]]
    if not mine or mine[0].is_organizer:
        return False
    office.people[person].answer(mine[0].id, response)
    office.tell(item)
    return True


def leave(office: Office, item: Item, person: int) -> bool:
    """An invitee throws his copy away."""
    mine = [e for p, e in office.copies_of(item) if p is office.people[person]]
    if not mine or mine[0].is_organizer:
        return False
    office.tell(item)
    office.people[person].delete_event(mine[0].id)
    item.ends.append("invitee left")
    return True


def remove(office: Office, item: Item) -> bool:
    """The meeting is called off by whoever organizes it."""
    found = office.organized(item)
    if "outlook removed" in item.ends or office.removals >= MOST_REMOVALS:
        return False
    if item.is_from_outside:
        office.world.sandbox.tenant.outside.cancel(item.uid)
    elif found is None:
        return False
    else:
        office.tell(item)
        found[0].delete_event(found[1].id)
    office.removals += 1
    item.ends.append("outlook removed")
    office.tell(item)
    return True


def set_private(office: Office, item: Item, is_private: bool) -> bool:  # noqa: FBT001 - given by a script
    found = office.organized(item)
    if found is None:
        return False
    found[0].change_event(found[1].id, sensitivity="private" if is_private else "normal")
    item.ends.append("privacy")
    office.tell(item)
    return True


def hand_over(office: Office, item: Item, to: int) -> bool:
    """An administrator of Exchange makes another invitee the organizer."""
    new = office.people[to]
    invited = any(p is new and not e.is_organizer for p, e in office.copies_of(item))
    if item.is_from_outside or not invited:
        return False
    office.check_writes()
    office.world.sandbox.tenant.replace_organizer(office.uid_of(item), new)
    item.ends.append("handed over")
    office.tell(item)
    return True


def link(office: Office, item: Item, person: int) -> bool:
    """Somebody who has a copy makes an activity from the meeting."""
    office.world.sandbox.faults.clear()
    mine = [e for p, e in office.copies_of(item) if p is office.people[person]]
    if not mine or office.link_of(item) is not None:
        return False
    scope = Scope.SERIES if mine[0].recurrence else Scope.SINGLE
    office.world.create(office.people[person], mine[0].id, scope=scope)
    return True


def unlink(office: Office, item: Item, person: int) -> bool:
    found = office.link_of(item)
    if found is None:
        return False
    office.world.unlink(office.people[person], found)
    item.ends.append("unlinked")
    return True
