"""Writing events into their organizer's calendar.

Nothing is ever sent twice from here: a call whose answer was lost raises, and whoever keeps account of it looks at
Outlook before he tries again. A repeated creation is answered with the event that is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from msgraph.generated.users.item.events.item.cancel.cancel_post_request_body import (
    CancelPostRequestBody,
)

from liaison.errors import (
    ConsentMissing,
    EventChangedMeanwhile,
    RequestRejected,
    UnreadableAnswer,
)
from liaison.outlook.answers import Answer
from liaison.outlook.categories import GraphCategories
from liaison.outlook.client import GraphClient
from liaison.outlook.event_mapping import (
    EVENT_FIELDS,
    MARKER,
    MARKER_EXPANSION,
    read_event,
    read_events,
    read_marker,
)
from liaison.outlook.event_writing import body_with_lines, changes_json, draft_json
from liaison.outlook.graph_errors import is_gone_for_writing
from liaison.outlook.graph_values import clean, record
from liaison.outlook.model import (
    CalendarEvent,
    CalendarPlace,
    EventChanges,
    EventDraft,
    EventKind,
    Mailbox,
)
from liaison.outlook.paging import all_items
from liaison.outlook.port import Calendars
from liaison.outlook.sdk import EventQuery, EventsQuery, event_body

_MARKERS_AT_ONCE = 500


class GraphEventWriter:
    """The port `EventWriter` on Microsoft Graph, always in the application's name."""

    def __init__(
        self, client: GraphClient, calendars: Calendars, categories: GraphCategories
    ) -> None:
        """`calendars` reads what the answer to a write does not tell."""
        self._client = client
        self._calendars = calendars
        self._categories = categories

    def create_event(self, mailbox: Mailbox, draft: EventDraft) -> CalendarEvent:
        """POST; of a new series nothing was changed or cancelled yet."""
        body = event_body(draft_json(draft))
        answer = self._client.call(
            lambda graph, config: graph.users.by_user_id(mailbox.oid).events.post(body, config),
            method="POST",
            mailbox=mailbox,
        )
        if answer.status == HTTPStatus.CONFLICT:
            return self._made_before(mailbox, draft, answer)
        made = _event(_written(answer))
        is_series = made.kind is EventKind.SERIES_MASTER
        return replace(made, marker=draft.marker, knows_exceptions=is_series)

    def change_event(
        self, mailbox: Mailbox, event_id: str, changes: EventChanges, etag: str
    ) -> CalendarEvent:
        """PATCH; of a series the exceptions are read afterwards."""
        return self._patch(mailbox, event_id, changes_json(changes), etag)

    def cancel_event(self, mailbox: Mailbox, event_id: str, comment: str = "") -> None:
        """POST cancel. What is refused because it lies in Deleted Items already was cancelled before."""
        body = CancelPostRequestBody(comment=comment)
        answer = self._client.call(
            lambda graph, config: (
                graph.users.by_user_id(mailbox.oid)
                .events.by_event_id(event_id)
                .cancel.post(body, config)
            ),
            method="POST",
            mailbox=mailbox,
        )
        is_refused = answer.status == HTTPStatus.BAD_REQUEST
        if _is_gone(answer) or (is_refused and self._is_away(mailbox, event_id)):
            return
        _confirm(answer)

    def delete_event(self, mailbox: Mailbox, event_id: str) -> None:
        """DELETE; it goes to Deleted Items."""
        answer = self._client.call(
            lambda graph, config: (
                graph.users.by_user_id(mailbox.oid).events.by_event_id(event_id).delete(config)
            ),
            method="DELETE",
            mailbox=mailbox,
        )
        if not _is_gone(answer):
            _confirm(answer)

    def add_lines(
        self, mailbox: Mailbox, event_id: str, lines: tuple[str, ...], etag: str
    ) -> CalendarEvent:
        """Read the body as Outlook keeps it, and PATCH it."""
        answer = self._client.call(
            lambda graph, config: (
                graph.users.by_user_id(mailbox.oid).events.by_event_id(event_id).get(config)
            ),
            mailbox=mailbox,
            query=EventQuery(select=["body"]),
        )
        if _is_gone(answer):
            raise EventChangedMeanwhile
        body = body_with_lines(record(answer.content().get("body")), lines)
        return self._patch(mailbox, event_id, {"body": body}, etag)

    def find_by_marker(self, mailbox: Mailbox, marker: str) -> list[CalendarEvent]:
        """By the one filter on extended properties that Graph documents."""
        quoted = marker.replace("'", "''")
        answer = self._list(
            mailbox,
            EventsQuery(
                select=EVENT_FIELDS,
                expand=[MARKER_EXPANSION],
                filter=(
                    f"singleValueExtendedProperties/Any(ep: ep/id eq '{MARKER}'"
                    f" and ep/value eq '{quoted}')"
                ),
                top=50,
            ),
        )
        found = read_events(all_items(self._client, answer, mailbox))
        return [event for event in found if event.marker == marker]

    def list_marked(self, mailbox: Mailbox) -> dict[str, str]:
        """By reading the ids of all events: no filter for "has one" is documented."""
        answer = self._list(
            mailbox, EventsQuery(select=["id"], expand=[MARKER_EXPANSION], top=_MARKERS_AT_ONCE)
        )
        items = map(record, all_items(self._client, answer, mailbox))
        found = ((clean(item.get("id")), read_marker(item)) for item in items)
        return {event_id: marker for event_id, marker in found if event_id and marker}

    def set_categories(
        self, mailbox: Mailbox, event_id: str, categories: tuple[str, ...], etag: str
    ) -> CalendarEvent:
        """PATCH of the categories alone, which mails nobody."""
        return self._patch(mailbox, event_id, {"categories": list(categories)}, etag)

    def ensure_category(self, mailbox: Mailbox, name: str) -> bool:
        """Have the master category, so that the mark has a colour and can be searched for."""
        return self._categories.ensure(mailbox, name)

    def _patch(
        self, mailbox: Mailbox, event_id: str, fields: Mapping[str, Any], etag: str
    ) -> CalendarEvent:
        body = event_body(fields)
        answer = self._client.call(
            lambda graph, config: (
                graph.users.by_user_id(mailbox.oid).events.by_event_id(event_id).patch(body, config)
            ),
            method="PATCH",
            mailbox=mailbox,
            if_match=etag,
        )
        if _is_gone(answer):
            raise EventChangedMeanwhile
        changed = _event(_written(answer))
        if changed.kind is not EventKind.SERIES_MASTER:
            return changed
        return self._whole(mailbox, changed)

    def _whole(self, mailbox: Mailbox, master: CalendarEvent) -> CalendarEvent:
        whole = self._calendars.find_event(mailbox, master.event_id)
        if not isinstance(whole, CalendarEvent):
            raise EventChangedMeanwhile
        return whole

    def _made_before(self, mailbox: Mailbox, draft: EventDraft, answer: Answer) -> CalendarEvent:
        found = self.find_by_marker(mailbox, draft.marker)
        if not found:
            _confirm(answer)
        return found[0]

    def _is_away(self, mailbox: Mailbox, event_id: str) -> bool:
        presence = self._calendars.look_up(mailbox, event_id)
        return presence.event is None or presence.calendar is CalendarPlace.NONE

    def _list(self, mailbox: Mailbox, query: EventsQuery) -> Answer:
        return self._client.call(
            lambda graph, config: graph.users.by_user_id(mailbox.oid).events.get(config),
            mailbox=mailbox,
            query=query,
        )


def _is_gone(answer: Answer) -> bool:
    return not answer.is_success and is_gone_for_writing(answer.failure)


def _written(answer: Answer) -> Mapping[str, Any]:
    _confirm(answer)
    return answer.content()


def _confirm(answer: Answer) -> None:
    """Raise what a refused write means. The mailbox was read a moment ago, so a refusal concerns writing alone."""
    if answer.status == HTTPStatus.FORBIDDEN:
        raise ConsentMissing
    if answer.status == HTTPStatus.GONE:
        raise RequestRejected("Microsoft 365 says that this does not exist any more (410).")
    answer.confirm()


def _event(fields: Mapping[str, Any]) -> CalendarEvent:
    event = read_event(fields)
    if not isinstance(event, CalendarEvent):
        raise UnreadableAnswer
    return event
