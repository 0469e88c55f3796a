"""The switch of the background sync."""

from __future__ import annotations

from liaison.api.caller import caller
from liaison.api.repeating import repeatable
from liaison.api.routes import Routes
from liaison.api.schemas.admin import ServiceAnswer
from liaison.api.services import services
from liaison.api.waking import wake_all
from liaison.people import service_switch
from liaison.people.model import Service

service = Routes(
    "Service", __name__, "The switch of the background sync; each act may be repeated."
)


@service.get("/api/admin/service")
@service.answers(ServiceAnswer)
def read() -> Service:
    """Whether it runs."""
    with services().database.transaction() as session:
        return service_switch.read_service(session)


@service.does("/api/admin/service/start")
@service.answers(ServiceAnswer)
@repeatable
def start() -> Service:
    """Switch it on; every mailbox is due then."""
    with services().database.transaction() as session:
        was = service_switch.read_service(session)
        now = service_switch.start(session, caller().actor_name)
        if now != was:
            wake_all(session)
        return now


@service.does("/api/admin/service/stop")
@service.answers(ServiceAnswer)
@repeatable
def stop() -> Service:
    """Switch it off; notifications are noted all the same."""
    with services().database.transaction() as session:
        return service_switch.stop(session, caller().actor_name)


@service.does("/api/admin/service/restart")
@service.answers(ServiceAnswer)
@repeatable
def restart() -> Service:
    """Switch it on with a new generation."""
    with services().database.transaction() as session:
        now = service_switch.restart(session, caller().actor_name)
        wake_all(session)
        return now
