"""Ids of items as Office.js, Graph and we ourselves give them, to the immutable one that is kept."""

from __future__ import annotations

import re

from msgraph.generated.models.exchange_id_format import ExchangeIdFormat
from msgraph.generated.users.item.translate_exchange_ids.translate_exchange_ids_post_request_body import (
    TranslateExchangeIdsPostRequestBody,
)

from liaison.errors import (
    ConsentMissing,
    EventAccessDenied,
    MailboxUnavailable,
    RequestRejected,
)
from liaison.outlook.answers import Answer
from liaison.outlook.client import GraphClient
from liaison.outlook.graph_values import clean, records
from liaison.outlook.model import Caller, Mailbox
from liaison.outlook.sdk import EventQuery
from liaison.outlook.series_reading import SeriesReading

# Ids are opaque: base64 in either alphabet, and marks that mean nothing in a path. Dots alone would lead elsewhere.
_ID = re.compile(r"(?!\.+$)[A-Za-z0-9+/_=.~:!-]{1,2048}")
_EWS_TO_REST = str.maketrans("/+", "-_")


def is_id(text: str) -> bool:
    """Whether it may be an id at all; anything else is not even asked for."""
    return bool(_ID.fullmatch(text)) and "/../" not in f"/{text}/"


def is_absent(answer: Answer) -> bool:
    """Whether the id is of no item in this mailbox, for whatever reason."""
    return not answer.is_success and (
        answer.failure.is_missing_item or answer.failure.is_unusable_id
    )


class ItemIds:
    """Makes immutable ids."""

    def __init__(self, client: GraphClient, reading: SeriesReading) -> None:
        """All calls go through the client."""
        self._client = client
        self._reading = reading

    def immutable_id(self, mailbox: Mailbox, item_id: str, caller: Caller | None) -> str | None:
        """By reading the item by the id that is given; only what is not found so is translated.

        Graph takes REST and immutable ids alike. The EWS form is the REST id in another alphabet, which excludes
        that of the REST form, so no id is ever taken for another one.
        """
        is_ews = "/" in item_id or "+" in item_id
        if not is_id(item_id) or (is_ews and ("-" in item_id or "_" in item_id)):
            return None
        rest_id = item_id.translate(_EWS_TO_REST)
        answer = self._reading.ask(mailbox, rest_id, EventQuery(select=["id"]), caller)
        if is_absent(answer):
            return self._translated(mailbox, item_id, caller)
        return clean(answer.content().get("id")) or None

    def _translated(self, mailbox: Mailbox, item_id: str, caller: Caller | None) -> str | None:
        """As Exchange itself translates it: in a caller's name it may refuse, as that needs User.Read, which we do not ask for."""
        body = TranslateExchangeIdsPostRequestBody(
            input_ids=[item_id],
            source_id_type=ExchangeIdFormat.EwsId,
            target_id_type=ExchangeIdFormat.RestImmutableEntryId,
        )
        answer = self._client.call(
            lambda graph, config: graph.users.by_user_id(mailbox.oid).translate_exchange_ids.post(
                body, config
            ),
            method="POST",
            mailbox=mailbox,
            caller=caller,
        )
        try:
            found = records(answer.content().get("value"))
        except (ConsentMissing, EventAccessDenied, MailboxUnavailable, RequestRejected):
            return None
        target = clean(found[0].get("targetId")) if found else ""
        return target if is_id(target) and target != item_id else None
