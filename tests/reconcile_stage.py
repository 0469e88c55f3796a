"""What stories of the reconcile do beside the two sides: damage rows, have it run, read what it stated."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from liaison.calendar.model import Link
from liaison.calendar.reconcile import statement_of
from liaison.calendar.report import RunReport
from liaison.calendar.run import Extent, sync_mailbox
from liaison.calendar.stores.reconciles import Reconcile, find_reconcile
from liaison.crm.model import Activity
from liaison_sandbox.person import Person
from scenario_world import World


def prove(world: World, person: Person) -> RunReport:
    """A run with a reconcile to its end."""
    return sync_mailbox(world.tools, world.own(person).id, extent=Extent.PROOF)


def reconcile_of(world: World, person: Person) -> Reconcile | None:
    own = world.own(person)
    with world.database.transaction() as session:
        return find_reconcile(session, own.id)


def stated(world: World, person: Person) -> str:
    """The statement, without its time."""
    said = statement_of(reconcile_of(world, person), world.clock.now(), "UTC")
    return said.split(" at ")[0].split(" on ")[0] if said else "nothing"


def named(world: World, person: Person) -> list[tuple[str, bool]]:
    """What differed, and whether it was settled."""
    return [(one["field"], one["settled"]) for one in reconcile_of(world, person).differences]


def damage(world: World, statement: str, **values: Any) -> None:
    """Somebody works in the database behind our back."""
    with world.database.transaction() as session:
        assert session.execute(text(statement), values).rowcount == 1


def found_in_log(world: World, link: Link) -> list[dict[str, Any]]:
    """The differences with both values, as the log about this link names them."""
    return [
        difference
        for entry in world.log(link)
        if entry.facts.get("foundBy") == "reconcile"
        for difference in entry.facts["differences"]
    ]


def be_told_nothing(world: World) -> None:
    """From now on the rounds return nothing, as Graph's do at times."""
    calendars = world.tools.outlook.calendars
    asked = calendars.read_changes
    calendars.read_changes = lambda *given: replace(asked(*given), items=(), series_masters=())


def linked(
    world: World, person: Person, subject: str = "Renewal", *, days: int = 1
) -> tuple[str, Activity, Link]:
    """A meeting of this person's with its activity, in step and read."""
    start = world.tomorrow() + timedelta(days=days - 1)
    event_id = person.create_event(
        subject=subject,
        start=start,
        end=start + timedelta(hours=1),
        attendees=["kim@fabrikam.example"],
    )
    activity = world.activity(person)
    link = world.link(person, event_id, activity).link
    # The round over the window is behind us, so that later ones return only what changed.
    world.sandbox.settings.delta_repeats_items = False
    world.run(person)
    return event_id, activity, link
