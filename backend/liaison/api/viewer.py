"""The signed-in person as the rules of access and the CRM know him."""

from __future__ import annotations

from liaison.api.access import Viewer
from liaison.api.caller import caller, user
from liaison.crm.rights import Editor


def viewer() -> Viewer:
    """Who looks."""
    person = caller()
    own = person.representative
    return Viewer(own.id if own else None, person.is_administrator)


def editor() -> Editor:
    """Who edits."""
    own = user()
    return Editor(own.id, own.name, own.may_plan_for_others, own.time_zone)


def time_zone() -> str:
    """The zone in which sentences tell times."""
    own = caller().representative
    return own.time_zone if own else "UTC"
