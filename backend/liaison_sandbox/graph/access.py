"""Who calls, and what he may see: the app sees all, a person his own and what was shared."""

from dataclasses import dataclass
from typing import Any

import jwt
from flask import request

from liaison_sandbox.gate import CALLER_KEY
from liaison_sandbox.graph.world import World
from liaison_sandbox.mailbox import Mailbox
from liaison_sandbox.model import CALENDAR, Event
from liaison_sandbox.person import Person
from liaison_sandbox.problems import GraphProblem, access_denied, item_not_found

_READ = {
    "Calendars": {"Calendars.Read", "Calendars.ReadWrite"},
    "User": {"User.Read.All", "User.ReadWrite.All", "Directory.Read.All"},
    "ExchangeIds": {"User.Read", "User.ReadBasic.All", "User.Read.All", "User.ReadWrite.All"},
    "MailboxSettings": {"MailboxSettings.Read", "MailboxSettings.ReadWrite"},
}
_WRITE = {
    "Calendars": {"Calendars.ReadWrite"},
    "MailboxSettings": {"MailboxSettings.ReadWrite"},
}


@dataclass(frozen=True, slots=True)
class Caller:
    """`oid` is the person's for a delegated token, None for the app."""

    oid: str | None
    granted: frozenset[str]

    @property
    def app_only(self) -> bool:
        return self.oid is None


@dataclass(frozen=True, slots=True)
class Access:
    """An open mailbox, as far as this caller sees it."""

    person: Person
    mailbox: Mailbox
    caller: Caller
    sees_private: bool
    owns: bool

    def may_see(self, event: Event) -> bool:
        return self.owns or event.calendar == CALENDAR

    def hides(self, event: Event) -> bool:
        return not self.sees_private and event.sensitivity in ("private", "confidential")


def authenticate(world: World) -> Caller:
    """Checks signature, audience and expiry of the bearer token."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise _not_signed_in("Access token is empty.")
    try:
        claims = world.issuer.keys.verify(token, world.issuer.origin)
    except jwt.ExpiredSignatureError as expired:
        raise _not_signed_in("Lifetime validation failed, the token is expired.") from expired
    except jwt.InvalidAudienceError as wrong:
        raise _not_signed_in("Access token validation failure. Invalid audience.") from wrong
    except jwt.InvalidTokenError as wrong:
        raise _not_signed_in("CompactToken validation failed.") from wrong
    caller = _caller(claims)
    request.environ[CALLER_KEY] = (caller.app_only, caller.oid)
    return caller


def require(caller: Caller, area: str, *, write: bool = False) -> None:
    wanted = (_WRITE if write else _READ).get(area, set())
    if not caller.app_only:
        wanted = wanted | {f"{name}.Shared" for name in wanted}
    if not wanted & caller.granted:
        raise access_denied()


def open_mailbox(
    world: World, user_id: str, area: str = "Calendars", *, write: bool = False
) -> Access:
    """Raises what Graph answers for a mailbox that is not there, not licensed or not shared."""
    caller = authenticate(world)
    person = world.tenant.find_person(user_id)
    if person is None:
        raise GraphProblem(404, "ErrorInvalidUser", f"The requested user '{user_id}' is invalid.")
    require(caller, area, write=write)
    _check_state(person)
    reader = caller.oid or person.oid
    if not world.tenant.may_read(person.oid, reader):
        raise access_denied() if world.settings.foreign_mailbox_status == 403 else item_not_found()  # noqa: PLR2004 - an HTTP status
    return Access(
        person,
        person.mailbox,
        caller,
        sees_private=world.tenant.may_see_private(person.oid, reader),
        owns=person.oid == reader,
    )


def find_event(world: World, access: Access, event_id: str) -> Event:
    """Soft-deleted items answer while the tenant's habit says so."""
    event = access.mailbox.find(event_id)
    if event is None or not access.may_see(event):
        raise item_not_found()
    if event.is_deleted and not world.settings.deleted_items_still_answer:
        raise item_not_found()
    return event


def _caller(claims: dict[str, Any]) -> Caller:
    if claims.get("idtyp") == "app":
        return Caller(None, frozenset(claims.get("roles", ())))
    return Caller(claims["oid"], frozenset(claims.get("scp", "").split()))


def _check_state(person: Person) -> None:
    match person.mailbox_state:
        case "none" | "unlicensed":
            raise GraphProblem(
                404,
                "MailboxNotEnabledForRESTAPI",
                "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
            )
        case "moved":
            raise GraphProblem(404, "ResourceNotFound", "Resource could not be discovered.")
        case "denied":
            raise access_denied("Access to OData is disabled.")
        case _:
            return


def _not_signed_in(message: str) -> GraphProblem:
    return GraphProblem(
        401, "InvalidAuthenticationToken", message, {"WWW-Authenticate": 'Bearer realm=""'}
    )
