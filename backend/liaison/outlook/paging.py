"""Lists over a span of time that come in pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from liaison.errors import RequestRejected
from liaison.outlook.answers import Answer
from liaison.outlook.client import GraphClient
from liaison.outlook.graph_values import clean, members
from liaison.outlook.model import Caller, Mailbox

PAGE_SIZE = 200
# A page of changes is stored in one transaction: with more events in it fewer statements, with too many much memory.
CHANGES_PER_PAGE = ("odata.maxpagesize=400",)
_MOST_PAGES = 500


def all_items(
    client: GraphClient, answer: Answer, mailbox: Mailbox, caller: Caller | None = None
) -> Iterator[Any]:
    """The items of this page and of all that follow; a page may be empty and still have a next one."""
    for _ in range(_MOST_PAGES):
        content = answer.content()
        yield from members(content.get("value"))
        link = clean(content.get("@odata.nextLink"))
        if not link:
            return
        answer = _next(client, link, mailbox, caller)
    raise RequestRejected("Microsoft 365 returned more pages than any calendar has.")


def utc_text(moment: datetime) -> str:
    """An instant as Graph takes it for the ends of a span."""
    return moment.isoformat().replace("+00:00", "Z")


def _next(client: GraphClient, link: str, mailbox: Mailbox, caller: Caller | None) -> Answer:
    return client.follow(
        link,
        lambda graph, config: (
            graph.users.by_user_id(mailbox.oid).calendar_view.with_url(link).get(config)
        ),
        mailbox=mailbox,
        caller=caller,
    )
