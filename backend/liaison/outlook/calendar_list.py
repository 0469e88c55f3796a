"""Which calendars a mailbox has."""

from __future__ import annotations

from http import HTTPStatus

from liaison.outlook.client import GraphClient
from liaison.outlook.graph_values import clean, record
from liaison.outlook.model import Mailbox
from liaison.outlook.paging import PAGE_SIZE, all_items
from liaison.outlook.sdk import CalendarsQuery

_NOT_TOLD = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.NOT_IMPLEMENTED,
    }
)


class CalendarList:
    """The list that Outlook shows beside the calendar."""

    def __init__(self, client: GraphClient) -> None:
        """All calls go through the client."""
        self._client = client

    def lacks(self, mailbox: Mailbox, calendar_id: str) -> bool:
        """Whether it is told, and without this calendar: Deleted Items is a folder, but no calendar of a person."""
        answer = self._client.call(
            lambda graph, config: graph.users.by_user_id(mailbox.oid).calendars.get(config),
            mailbox=mailbox,
            query=CalendarsQuery(select=["id"], top=PAGE_SIZE),
        )
        if answer.status in _NOT_TOLD:
            return False
        ids = {clean(record(item).get("id")) for item in all_items(self._client, answer, mailbox)}
        return bool(ids) and calendar_id not in ids
