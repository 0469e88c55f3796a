"""The people of the tenant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from liaison.errors import RequestRejected, UnreadableAnswer
from liaison.outlook.answers import Answer
from liaison.outlook.client import GraphClient
from liaison.outlook.event_people import usable_address
from liaison.outlook.graph_values import clean, members, records, word
from liaison.outlook.model import DirectoryPerson, Mailbox
from liaison.outlook.sdk import EventsQuery, UserQuery, UsersQuery

PERSON_FIELDS = [
    "id", "displayName", "mail", "userPrincipalName", "proxyAddresses", "accountEnabled", "userType",
]  # fmt: skip
_PAGE_SIZE = 500
_MOST_PAGES = 2_000
_EVERYBODY = UsersQuery(select=PERSON_FIELDS, top=_PAGE_SIZE)
_OBJECT_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class GraphDirectory:
    """The port `Directory` on Microsoft Graph."""

    def __init__(self, client: GraphClient) -> None:
        """All calls go through the client."""
        self._client = client

    def list_people(self) -> list[DirectoryPerson]:
        """Enabled members who have a mailbox."""
        found = self._all(self._ask(_EVERYBODY))
        people = (_person(fields) for fields in found if _is_enabled_member(fields))
        return [person for person in people if person and person.has_mailbox]

    def find_person(self, address_or_oid: str) -> DirectoryPerson | None:
        """Whoever has this object id, principal name or address."""
        if _OBJECT_ID.fullmatch(address_or_oid):
            return self._by_oid(address_or_oid)
        address = usable_address(address_or_oid)
        if not address:
            return None
        quoted = address.replace("'", "''")
        condition = (
            f"mail eq '{quoted}' or userPrincipalName eq '{quoted}'"
            f" or proxyAddresses/any(a:a eq 'smtp:{quoted}')"
        )
        answer = self._ask(UsersQuery(select=PERSON_FIELDS, filter=condition, top=_PAGE_SIZE))
        if answer.status == HTTPStatus.BAD_REQUEST:
            # A directory that does not know such a condition is read as a whole.
            answer = self._ask(_EVERYBODY)
        people = filter(None, map(_person, self._all(answer)))
        return next((one for one in people if address in {one.address, *one.aliases}), None)

    def probe_mailbox(self, mailbox: Mailbox) -> None:
        """Read one event's id."""
        self._client.call(
            lambda graph, config: graph.users.by_user_id(mailbox.oid).events.get(config),
            mailbox=mailbox,
            query=EventsQuery(select=["id"], top=1),
        ).content()

    def _by_oid(self, oid: str) -> DirectoryPerson | None:
        answer = self._client.call(
            lambda graph, config: graph.users.by_user_id(oid).get(config),
            query=UserQuery(select=PERSON_FIELDS),
        )
        if word(answer.failure.code) == "request_resourcenotfound" and not answer.is_success:
            return None
        person = _person(answer.content())
        if person is None:
            raise UnreadableAnswer
        return person

    def _ask(self, query: UsersQuery) -> Answer:
        return self._client.call(lambda graph, config: graph.users.get(config), query=query)

    def _all(self, answer: Answer) -> Iterator[Mapping[str, Any]]:
        for _ in range(_MOST_PAGES):
            content = answer.content()
            yield from records(content.get("value"))
            link = clean(content.get("@odata.nextLink"))
            if not link:
                return
            answer = self._next(link)
        raise RequestRejected("Microsoft 365 returned more pages than any tenant has.")

    def _next(self, link: str) -> Answer:
        return self._client.follow(
            link, lambda graph, config: graph.users.with_url(link).get(config), mailbox=None
        )


def _is_enabled_member(fields: Mapping[str, Any]) -> bool:
    """Guests and closed accounts are nobody's representative; where Graph tells neither, he is one."""
    return fields.get("accountEnabled") is not False and word(fields.get("userType")) != "guest"


def _person(fields: Mapping[str, Any]) -> DirectoryPerson | None:
    oid = word(fields.get("id"))
    if not oid:
        return None
    mail = usable_address(clean(fields.get("mail")))
    principal = usable_address(clean(fields.get("userPrincipalName")))
    address = mail or principal
    # Addresses of other kinds, such as X.500, stand in the same list.
    proxies = (clean(proxy) for proxy in members(fields.get("proxyAddresses")))
    mails = [usable_address(proxy) for proxy in proxies if proxy[:5].casefold() == "smtp:"]
    others = dict.fromkeys(each for each in [*mails, principal] if each and each != address)
    name = clean(fields.get("displayName")).strip()
    return DirectoryPerson(
        oid=oid,
        name=name or address,
        address=address,
        aliases=tuple(others),
        has_mailbox=bool(mail),
    )
