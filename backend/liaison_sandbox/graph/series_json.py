"""What only series have in Graph: the uid of an occurrence, and what a master tells of its members."""

from dataclasses import replace
from typing import Any

from liaison_sandbox.graph import query
from liaison_sandbox.graph.access import Access
from liaison_sandbox.graph.event_json import event_json, id_of
from liaison_sandbox.graph.preferences import Preferences
from liaison_sandbox.graph.query import Expansion
from liaison_sandbox.graph.world import World
from liaison_sandbox.model import Event
from liaison_sandbox.occurrences import occurrence_uid


def as_told(world: World, event: Event) -> Event:
    """Whether an occurrence has an iCalUId of its own is a habit; sources disagree."""
    if event.original_day is None or world.settings.occurrence_ical_uid == "same":
        return event
    return replace(event, ical_uid=occurrence_uid(event.ical_uid, event.original_day))


def members_json(
    world: World,
    access: Access,
    master: Event,
    wanted: Preferences,
    names: frozenset[str],
    expansion: Expansion,
) -> dict[str, Any]:
    """The cancelled occurrences come when they are selected, the exceptions when expanded."""
    written: dict[str, Any] = {}
    if "cancelledOccurrences" in names and world.settings.knows_series_members:
        days = sorted(master.cancelled_days) if master.is_master else []
        master_id = id_of(master, wanted)
        written["cancelledOccurrences"] = [f"OID.{master_id}.{day}" for day in days]
    if expansion.exceptions:
        written["exceptionOccurrences"] = [
            _exception_json(world, access, one, wanted, expansion)
            for one in access.mailbox.exceptions_of(master)
        ]
    return written


def _exception_json(
    world: World, access: Access, one: Event, wanted: Preferences, expansion: Expansion
) -> dict[str, Any]:
    page = world.page_of(access.person)
    written = event_json(as_told(world, one), wanted, page, limited=access.hides(one))
    return query.select(written, expansion.exception_names)
