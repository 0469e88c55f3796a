"""Who is there, their sign-in, and the mails."""

from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, request

from liaison_sandbox.model import Mail
from liaison_sandbox.pages.changes import Changes
from liaison_sandbox.pages.event_json import write_instant
from liaison_sandbox.pages.fields import read_instant
from liaison_sandbox.pages.refusals import missing, wrong
from liaison_sandbox.person import Person
from liaison_sandbox.story import day_there
from liaison_sandbox.tenant import Tenant

TOKEN_SECONDS = 3600


class SignIn(Protocol):
    """Gives a signed access token for the product's own API, as Entra would."""

    def __call__(self, address: str, *, roles: tuple[str, ...] = ()) -> str: ...


class PeopleRoutes:
    def __init__(
        self, tenant: Tenant, token_for: SignIn, pane_url: str | None, poll_seconds: float
    ) -> None:
        self._tenant = tenant
        self._token_for = token_for
        self._pane_url = pane_url
        self._poll_seconds = poll_seconds
        self._changes = Changes()
        tenant.exchange.watchers.append(self._changes.note)

    def blueprint(self) -> Blueprint:
        routes = Blueprint("people", __name__, url_prefix="/api")
        routes.add_url_rule("/tenant", view_func=self.show_tenant)
        routes.add_url_rule("/people/<oid>/token", view_func=self.give_token)
        routes.add_url_rule("/mails", view_func=self.list_mails)
        routes.add_url_rule("/changes", view_func=self.wait_for_change)
        return routes

    def show_tenant(self) -> Response:
        return jsonify(
            people=[_person_json(one) for one in self._tenant.people],
            paneUrl=self._pane_url,
            productUrl=origin_of(self._pane_url),
            today=day_there(self._tenant.exchange.clock()).isoformat(),
        )

    def give_token(self, oid: str) -> Response:
        person = get_person(self._tenant, oid)
        asked = request.args.get("roles")
        roles = person.roles if asked is None else tuple(filter(None, asked.split(",")))
        token = self._token_for(person.address, roles=roles)
        return jsonify(token=token, expiresIn=TOKEN_SECONDS)

    def list_mails(self) -> Response:
        since = request.args.get("since")
        after = None if since is None else read_instant("since", since)
        return jsonify(items=_mails_json(self._tenant.mails, after))

    def wait_for_change(self) -> Response:
        since = request.args.get("since", "0")
        if not since.isdecimal():
            raise wrong("“since” is the version that the last answer gave.")
        return jsonify(version=self._changes.wait(int(since), self._poll_seconds))


def origin_of(url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def get_person(tenant: Tenant, oid: str) -> Person:
    person = next((one for one in tenant.people if one.oid == oid), None)
    if person is None:
        raise missing("Nobody of this tenant has that id.")
    return person


def _person_json(person: Person) -> dict[str, Any]:
    return {
        "oid": person.oid,
        "name": person.name,
        "address": person.address,
        "aliases": list(person.aliases),
        "timeZone": person.time_zone,
        "roles": list(person.roles),
        "hasMailbox": person.mailbox_state != "none",
    }


def _mails_json(mails: list[Mail], after: datetime | None) -> list[dict[str, str]]:
    return [
        {
            "at": write_instant(mail.at),
            "recipient": mail.recipient,
            "kind": mail.kind,
            "subject": mail.subject,
        }
        for mail in mails
        if after is None or mail.at > after
    ]
