"""Reading events so that series come whole: the master with its exceptions and cancelled occurrences.

One reading tells all of it where the service knows `exceptionOccurrences` and `cancelledOccurrences`. Elsewhere
the instances of the series are compared with what its pattern means, as far as people look back and ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from liaison.outlook.answers import Answer
from liaison.outlook.client import GraphClient
from liaison.outlook.event_mapping import (
    CANCELLED,
    EVENT_FIELDS,
    EXCEPTIONS,
    MARKER_EXPANSION,
    read_event,
)
from liaison.outlook.model import CalendarEvent, Caller, EventKind, Mailbox, UnreadableEvent
from liaison.outlook.paging import PAGE_SIZE, all_items, utc_text
from liaison.outlook.sdk import EventQuery, InstancesQuery
from liaison.outlook.series import compared
from liaison.recurrence.model import Recurrence
from liaison.recurrence.occurrences import ends_at

# Together with the margins less than the 1825 days that Graph lists at once.
LOOK_BACK, LOOK_AHEAD = timedelta(days=366), timedelta(days=1080)
# An occurrence that was moved is listed where it lies now; nobody moves one past its neighbours.
_MARGIN = timedelta(days=184)
ASK_AGAIN_AFTER = timedelta(hours=1)


class SeriesReading:
    """The readings of single events, for `GraphCalendars`."""

    def __init__(self, client: GraphClient, now: Callable[[], datetime]) -> None:
        """All calls go through the client; `now` bounds what is compared of an endless series."""
        self._client = client
        self._now = now
        self._ask_again_at: datetime | None = None

    def get(
        self,
        mailbox: Mailbox,
        event_id: str,
        *,
        caller: Caller | None = None,
        expand: tuple[str, ...] = (),
    ) -> Answer:
        """The event with all that one reading can tell.

        A service that refused to tell the exceptions is not asked for them again for a while.
        """
        expand = (*expand, MARKER_EXPANSION)
        if self._ask_again_at is None or self._ask_again_at <= self._now():
            fields = [*EVENT_FIELDS, CANCELLED, EXCEPTIONS]
            query = EventQuery(select=fields, expand=[*expand, EXCEPTIONS])
            answer = self.ask(mailbox, event_id, query, caller)
            if answer.status != HTTPStatus.BAD_REQUEST or answer.failure.is_unusable_id:
                return answer
        query = EventQuery(select=EVENT_FIELDS, expand=list(expand))
        answer = self.ask(mailbox, event_id, query, caller)
        if answer.is_success:
            self._ask_again_at = self._now() + ASK_AGAIN_AFTER
        return answer

    def ask(
        self, mailbox: Mailbox, event_id: str, query: EventQuery, caller: Caller | None = None
    ) -> Answer:
        """One reading of one event."""
        return self._client.call(
            lambda graph, config: (
                graph.users.by_user_id(mailbox.oid).events.by_event_id(event_id).get(config)
            ),
            mailbox=mailbox,
            caller=caller,
            query=query,
        )

    def whole(
        self, mailbox: Mailbox, fields: Any, caller: Caller | None = None
    ) -> CalendarEvent | UnreadableEvent:
        """The event with these fields; of a series also what the fields do not tell."""
        event = read_event(fields)
        if (
            isinstance(event, UnreadableEvent)
            or event.kind is not EventKind.SERIES_MASTER
            or event.recurrence is None
            or event.knows_exceptions
        ):
            return event
        after, before = self._span_to_compare(event, event.recurrence)
        answer = self.instances(mailbox, event.event_id, after - _MARGIN, before + _MARGIN, caller)
        listed = map(read_event, all_items(self._client, answer, mailbox, caller))
        return compared(event, listed, after, before)

    def _span_to_compare(
        self, master: CalendarEvent, recurrence: Recurrence
    ) -> tuple[datetime, datetime]:
        now, end = self._now(), ends_at(recurrence, master.when)
        after = max(master.when.starts_at, (min(now, end) if end else now) - LOOK_BACK)
        before = max(after, now) + LOOK_AHEAD
        return after, min(before, end) if end else before

    def instances(
        self,
        mailbox: Mailbox,
        master_id: str,
        start: datetime,
        end: datetime,
        caller: Caller | None = None,
    ) -> Answer:
        """The first page of the occurrences and exceptions that the series has from start to end."""
        return self._client.call(
            lambda graph, config: (
                graph.users.by_user_id(mailbox.oid)
                .events.by_event_id(master_id)
                .instances.get(config)
            ),
            mailbox=mailbox,
            caller=caller,
            query=InstancesQuery(
                start_date_time=utc_text(start),
                end_date_time=utc_text(end),
                select=EVENT_FIELDS,
                top=PAGE_SIZE,
            ),
        )
