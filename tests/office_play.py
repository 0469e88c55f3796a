"""A script is played in an office, with or without what goes wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import office_crm as crm
import office_outlook as outlook
from held_world import approve_as, discard_as, open_holds
from liaison.calendar.mailbox_switch import policy_changed
from liaison.errors import LiaisonError
from liaison.policy.changes import preset_wishes
from liaison.policy.store import read_policy
from machine_play import dying
from office import Item, Office
from office_script import Happening
from scenario_runs import note_ids, sync


def _collide(office: Office, item: Item, field: str) -> bool:
    """Both sides change the same before anybody looks."""
    there = outlook.edit_meeting(office, item, field)
    return crm.edit_activity(office, item, field) and there


ACTS: dict[str, Callable[..., bool]] = {
    "edit meeting": outlook.edit_meeting,
    "answer": outlook.answer,
    "leave": outlook.leave,
    "remove": outlook.remove,
    "set private": outlook.set_private,
    "hand over": outlook.hand_over,
    "link": outlook.link,
    "unlink": outlook.unlink,
    "edit activity": crm.edit_activity,
    "end activity": crm.end_activity,
    "collide": _collide,
    "report": crm.report,
    "transfer again": crm.transfer_again,
    "settle": crm.settle,
}
MADE: dict[str, Callable[..., bool]] = {
    "meet": outlook.meet,
    "invite": outlook.invite,
    "plan": crm.plan,
}
# Nobody listens here to what Microsoft posts: plays deliver it themselves.
UNHEARD = {"push": "off", "followPast": "always"}

told: Counter[str] = Counter()


def play(office: Office, script: Iterable[Happening], *, is_faultless: bool = False) -> None:
    for office.step, happening in enumerate(script):
        if is_faultless and happening.is_trouble:
            continue
        if is_faultless and happening.what == "work":
            happening = replace(happening, given=(happening.given[0], None))  # noqa: PLW2901
        happen(office, happening)


def happen(office: Office, happening: Happening) -> None:
    """What somebody may not do just now is refused, and did not come about."""
    if happening.what in MADE:
        MADE[happening.what](office, *happening.given)
        told[happening.what] += 1
    elif happening.what in ACTS:
        _act(office, happening)
    else:
        REST[happening.what](office, *happening.given)
        told[happening.what] += 1


def _act(office: Office, happening: Happening) -> None:
    item = office.pick(happening.item or 0)
    if item is None:
        return
    try:
        came_about = ACTS[happening.what](office, item, *happening.given)
    except LiaisonError:
        came_about = False
    item.told.append((office.step, happening.what, came_about))
    told[happening.what if came_about else f"({happening.what} refused)"] += 1


def _change_policy(office: Office, wishes: dict[str, Any]) -> None:
    world = office.world
    before = world.policy()
    world.set_policy(**wishes)
    with world.database.transaction() as session:
        policy_changed(session, before, read_policy(session).policy, world.clock.now())


def _preset(office: Office, name: str) -> None:
    _change_policy(office, preset_wishes(name) | {"tasks": "off", "contacts": "off"} | UNHEARD)


def _switch(office: Office, person: int) -> None:
    """Somebody is deactivated, or activated again."""
    one = office.people[person]
    office.world.switch(one, active=not office.world.own(one).sync_active)


def _decide_hold(office: Office, approved: bool) -> None:  # noqa: FBT001 - given by a script
    for hold in open_holds(office.world):
        act = approve_as if approved else discard_as
        try:
            act(office.world, hold)
        except LiaisonError:
            continue
        _note_decided(office, set(hold.activity_ids), approved=approved)


def _note_decided(office: Office, activity_ids: set, *, approved: bool) -> None:
    for item in office.items:
        activity = office.activity_of(item)
        if activity is not None and activity.id in activity_ids:
            item.ends.append("approved" if approved else "discarded")
            item.told.append((office.step, "decide hold", approved))


def _work(office: Office, person: int, dies_at: int | None) -> None:
    office.world.clock.advance(seconds=31)
    with dying(office.world, dies_at):
        sync(office.world, office.people[person])


def _deliver(office: Office, number: int, is_doubled: bool) -> None:  # noqa: FBT001 - given by a script
    if office.hints:
        person, event_id = office.hints.pop(number % len(office.hints))
        for _ in range(2 if is_doubled else 1):
            note_ids(office.world, person, event_id)


def _lose(office: Office, number: int) -> None:
    if office.hints:
        office.hints.pop(number % len(office.hints))


def _deny_or_allow(office: Office, person: int) -> None:
    one = office.people[person]
    one.mailbox_state = "ready" if one.mailbox_state == "denied" else "denied"


def _wait(office: Office, hours: int) -> None:
    office.world.clock.advance(hours=hours)


REST: dict[str, Callable[..., None]] = {
    "policy": _change_policy,
    "preset": _preset,
    "switch": _switch,
    "decide hold": _decide_hold,
    "work": _work,
    "deliver": _deliver,
    "lost": _lose,
    "denied": _deny_or_allow,
    "wait": _wait,
    "fault": lambda office, fault: office.world.sandbox.faults.add(**fault),
    "tokens": lambda office: office.world.sandbox.tenant.expire_delta_tokens(),
}


def be_quiet(office: Office) -> None:
    """No more faults, everybody is there, and time goes by."""
    world = office.world
    world.sandbox.faults.clear()
    for person in office.people:
        person.mailbox_state = "ready"
        if not world.own(person).sync_active:
            world.switch(person, active=True)
    for _ in range(3):
        world.clock.advance(hours=8)
        world.run(*office.people)
