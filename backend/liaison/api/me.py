"""Who I am to Liaison, and who else is in it."""

from __future__ import annotations

from typing import Any

from liaison.api.caller import caller
from liaison.api.paging import page_of
from liaison.api.routes import Routes
from liaison.api.schemas.lists import ListQuery
from liaison.api.schemas.people import Colleagues, MeAnswer
from liaison.api.services import services
from liaison.people.representatives import list_representatives
from liaison.policy.store import read_policy

me = Routes("People", __name__, "The signed-in person and the representatives.")


@me.get("/api/me")
@me.answers(MeAnswer)
def read_me() -> dict[str, Any]:
    """The signed-in person; administrators need no import for this."""
    person = caller()
    own = person.representative
    with services().database.transaction() as session:
        chosen = read_policy(session).policy
    return {
        "oid": person.oid,
        "name": own.name if own else person.name,
        "address": own.address if own else None,
        "is_administrator": person.is_administrator,
        "representative": own,
        "time_zone": own.time_zone if own else "UTC",
        "policy": chosen,
    }


@me.get("/api/representatives")
@me.asks(ListQuery)
@me.answers(Colleagues)
def read_representatives(query: dict[str, Any]) -> dict[str, Any]:
    """Everybody who was imported, by name."""
    with services().database.transaction() as session:
        everybody = list_representatives(session)
    return page_of(everybody, query)
