"""The master categories of a mailbox: the list from which Outlook takes the colour of a category."""

from __future__ import annotations

from http import HTTPStatus

import structlog
from msgraph.generated.models.category_color import CategoryColor
from msgraph.generated.models.outlook_category import OutlookCategory

from liaison.outlook.answers import Answer
from liaison.outlook.client import GraphClient
from liaison.outlook.graph_values import clean, records
from liaison.outlook.model import Mailbox
from liaison.outlook.sdk import CategoriesQuery

log = structlog.get_logger(__name__)

_COLOR = CategoryColor.Preset7  # blue
_MOST = 500


class GraphCategories:
    """Makes a master category once; a category works without, uncoloured, where we may not make one."""

    def __init__(self, client: GraphClient) -> None:
        """All calls go through the client."""
        self._client = client
        self._known: dict[tuple[str, str], bool] = {}

    def ensure(self, mailbox: Mailbox, name: str) -> bool:
        """Whether it is there now; False where MailboxSettings.ReadWrite is not granted. Asked once per process."""
        key = mailbox.oid, name.casefold()
        if key not in self._known:
            is_there = self._is_listed(mailbox, name) or self._is_made(mailbox, name)
            if not is_there and all(self._known.values()):
                log.warning("categories-by-hand", missing="MailboxSettings.ReadWrite")
            self._known[key] = is_there
        return self._known[key]

    def _is_listed(self, mailbox: Mailbox, name: str) -> bool:
        answer = self._client.call(
            lambda graph, config: graph.users.by_user_id(mailbox.oid).outlook.master_categories.get(
                config
            ),
            mailbox=mailbox,
            query=CategoriesQuery(top=_MOST),
        )
        if _is_forbidden(answer):
            return False
        found = records(answer.content().get("value"))
        return any(clean(one.get("displayName")).casefold() == name.casefold() for one in found)

    def _is_made(self, mailbox: Mailbox, name: str) -> bool:
        body = OutlookCategory(display_name=name, color=_COLOR)
        answer = self._client.call(
            lambda graph, config: graph.users.by_user_id(
                mailbox.oid
            ).outlook.master_categories.post(body, config),
            method="POST",
            mailbox=mailbox,
        )
        if _is_forbidden(answer):
            return False
        if answer.status != HTTPStatus.CONFLICT:  # somebody made it meanwhile
            answer.confirm()
        return True


def _is_forbidden(answer: Answer) -> bool:
    return answer.status == HTTPStatus.FORBIDDEN
