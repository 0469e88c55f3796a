"""What must hold in an office once it is quiet, whatever happened; and beside the same happenings without faults."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from uuid import UUID

from held_world import open_holds
from liaison.calendar.model import Link, LinkState
from liaison.calendar.stores.decisions import LogFilter, list_decisions
from liaison.crm.model import Activity, ActivityStatus
from liaison.policy.values import Owner
from liaison_sandbox.model import Event
from office import Item, Office
from scenario_traffic import writes_of

REMOVED = {"outlook removed", "crm cancel", "crm delete"}
# After these a link may have ended, or rests, or something else governs, rightly.
APART = {"unlinked", "discarded", "privacy", "handed over", "invitee left", "asked again"}


def check(office: Office) -> None:
    """Both sides agree, nothing has a twin, nothing was forgotten, and a further run writes nothing."""
    held = _held(office)
    for item in office.items:
        _check_item(office, item, held)
    _check_that_nothing_waits(office, held)
    _check_twins(office)
    _check_that_nothing_is_left_to_do(office)


def _check_item(office: Office, item: Item, held: set) -> None:
    link, activity = office.link_of(item), office.activity_of(item)
    if activity is not None:
        _check_removal(item, activity)
    if link is None or activity is None or activity.id in held:
        return
    if link.state is LinkState.LIVE:
        _check_live(office, item, link, activity)
    ended_rightly = REMOVED | {"unlinked", "discarded"}
    if link.state is LinkState.ENDED:
        assert ended_rightly & set(item.ends), (item, link)
    _check_edits(office, item, link, activity)


def _check_removal(item: Item, activity: Activity) -> None:
    """Only what somebody removed is removed."""
    is_there = activity.deleted_at is None and activity.status is ActivityStatus.PLANNED
    assert is_there or REMOVED & set(item.ends), (item, activity)


def _check_live(office: Office, item: Item, link: Link, activity: Activity) -> None:
    copies = office.copies_of(item)
    assert copies, ("a live link without a meeting", item, link)
    assert activity.deleted_at is None, (item, link)
    assert activity.status is ActivityStatus.PLANNED, (item, link)
    organized = office.organized(item)
    if organized is None:
        first = min(copies, key=lambda one: office.world.own(one[0]).id)
        organized = first
    event = organized[1]
    if event.sensitivity != "normal" or "privacy" in item.ends:
        return
    sides = differing(activity, event)
    open_ones = {"place" if one == "location" else one for one in link.contested}
    # What Outlook changes of a field that the CRM owns is left alone on both sides.
    open_ones |= office.world.policy().owners.fields_of(Owner.CRM)
    # Where only the CRM had a value when the two were linked, both agreed to differ.
    open_ones |= (link.baseline.apart or {}).keys()
    wrong = {name: both for name, both in sides.items() if name not in open_ones}
    assert wrong == {}, (wrong, item, link)


def differing(activity: Activity, event: Event) -> dict[str, tuple[Any, Any]]:
    """By synced field what the CRM holds and what Outlook holds, where that is not the same."""
    here = {one.address for one in activity.participants if one.invite is not False}
    there = {event.organizer.address, *(one.address for one in event.attendees)}
    both = {
        "subject": (activity.subject, event.subject),
        "place": (activity.place, event.location),
        "time": (
            (activity.when.start, activity.when.end),
            (event.start, event.end),
        ),
        "participants": (here, there),
        "recurrence": (activity.recurrence is not None, event.recurrence is not None),
    }
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}


def _check_edits(office: Office, item: Item, link: Link, activity: Activity) -> None:
    """Of each side the last subject stands on a side, waits for an answer, or is in the log."""
    for (side, field), value in item.last.items():
        if field == "subject" and "privacy" not in item.ends:
            assert _is_kept(office, item, link, activity, str(value)), (side, value, item, link)
        if field == "outcome":
            assert activity.outcome == value


def _is_kept(office: Office, item: Item, link: Link, activity: Activity, value: str) -> bool:
    there = {event.subject for _, event in office.copies_of(item)}
    if value == activity.subject or value in there:
        return True
    shown = json.dumps([[one.outlook, one.crm] for one in link.contested.values()], default=str)
    return value in shown or value in _log_of(office, activity) or link.state is LinkState.ENDED


def _log_of(office: Office, activity: Activity) -> str:
    with office.world.database.transaction() as session:
        found = list_decisions(session, LogFilter(activity_id=activity.id), limit=500)
    lines = [[one.decision.before, one.decision.after, one.decision.facts] for one in found]
    return json.dumps([[dict(part) for part in line] for line in lines], default=str)


def _check_that_nothing_waits(office: Office, held: set) -> None:
    for person in office.people:
        waiting = office.world.waiting(person)
        assert held or waiting == [], (person.name, waiting)


def _check_twins(office: Office) -> None:
    """One activity of each meeting, one meeting of each activity."""
    known = 0
    for item in office.items:
        found = office.links_of(item)
        open_ones = [one for one in found if one.state is not LinkState.ENDED]
        assert len(open_ones) <= 1, (item, found)
        assert len({one.activity_id for one in found}) <= 1, (item, found)
        known += 1 if item.activity_id or found else 0
        _check_events(office, item, found)
    assert office.world.count("activities") == known


def _check_events(office: Office, item: Item, found: list[Link]) -> None:
    """The events that carry our marker of its activity are no more than the links it had."""
    if item.activity_id is None:
        return
    marked = [
        event
        for person in office.people
        for event in person.events()
        if event.is_organizer
        and any(str(item.activity_id) in value for value in event.properties.values())
    ]
    assert len(marked) <= len(found), (item, marked, found)


def _check_that_nothing_is_left_to_do(office: Office) -> None:
    before, writes, lines = _all(office), len(writes_of(office.world.sandbox)), _lines(office)
    office.world.clock.advance(minutes=20)
    office.world.run(*office.people)
    assert len(writes_of(office.world.sandbox)) == writes
    assert _all(office) == before
    assert _lines(office) == lines, _latest(office)


def _all(office: Office) -> list[Activity | None]:
    return [office.activity_of(item) for item in office.items]


def _lines(office: Office) -> int:
    return office.world.count("decisions")


def _latest(office: Office) -> list[str]:
    with office.world.database.transaction() as session:
        found = list_decisions(session, LogFilter(), limit=5)
    return [str(one.decision) for one in found]


def compare(faulty: Office, faultless: Office) -> None:
    """Nobody outside got more mail of a meeting than without faults, and the same stands at the end.

    Of an item of which the same came about in both; what both sides wrote may rightly end otherwise.
    """
    for one, other in zip(faulty.items, faultless.items, strict=True):
        if one.told == other.told:
            _compare_mails(faulty, one, faultless, other)
            _compare_ends(faulty, one, faultless, other)


def _compare_mails(faulty: Office, one: Item, faultless: Office, other: Item) -> None:
    """Who leaves later, because a fault held that up, rightly hears of what happens in between."""
    changes_guests = any(field == "people" for _, field in one.last)
    if changes_guests or {"crm plan", "crm restore"} & set(one.ends):
        return
    extra = mails_of(faulty, one) - mails_of(faultless, other)
    assert not extra, (extra, one, faulty.world.sandbox.tenant.mails)


def mails_of(office: Office, item: Item) -> Counter[str]:
    """How many mails each outsider got of this item's meetings."""
    uids = {one.ical_uid for one in office.links_of(item)} | {item.uid}
    ours = {person.address for person in office.people}
    sent = office.world.sandbox.tenant.mails
    return Counter(m.recipient for m in sent if m.ical_uid in uids and m.recipient not in ours)


def _compare_ends(faulty: Office, one: Item, faultless: Office, other: Item) -> None:
    if set(one.ends) & (REMOVED | APART) or _is_held(faulty, one) or _is_held(faultless, other):
        return
    for field in ("subject", "location", "start"):
        if {("crm", field), ("outlook", field)} <= one.last.keys():
            continue
        both = (_end(faulty, one, field), _end(faultless, other, field))
        if one.uid is not None and None in {both[0][0], both[1][0]}:
            # What may be captured changes with the policy, and a fault may outlast one.
            continue
        assert both[0] == both[1], (field, both, one)


def _is_held(office: Office, item: Item) -> bool:
    activity = office.activity_of(item)
    return activity is not None and activity.id in _held(office)


def _held(office: Office) -> set[UUID]:
    return {one for hold in open_holds(office.world) for one in hold.activity_ids}


def _end(office: Office, item: Item, field: str) -> tuple[Any, Any]:
    activity, organized = office.activity_of(item), office.organized(item)
    here = there = None
    if activity is not None:
        values = {"subject": activity.subject, "location": activity.place}
        here = values.get(field) or activity.when.start - item.base
    if organized is not None:
        event = organized[1]
        values = {"subject": event.subject, "location": event.location}
        there = values.get(field) or event.start - item.base
    return here, there
