"""Reading calendars."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from liaison.errors import RequestRejected, UnreadableAnswer
from liaison.outlook.answers import Answer
from liaison.outlook.calendar_list import CalendarList
from liaison.outlook.client import GraphClient
from liaison.outlook.delta_mapping import read_page
from liaison.outlook.event_mapping import (
    EVENT_FIELDS,
    IDENTITY_FIELDS,
    MARKER_EXPANSION,
    read_events,
    read_identity,
)
from liaison.outlook.graph_errors import error_of
from liaison.outlook.graph_values import clean, record
from liaison.outlook.item_ids import ItemIds, is_absent, is_id
from liaison.outlook.model import (
    CalendarEvent,
    CalendarPlace,
    Caller,
    DeltaPage,
    EventIdentity,
    Mailbox,
    Presence,
    UnreadableEvent,
)
from liaison.outlook.paging import CHANGES_PER_PAGE, PAGE_SIZE, all_items, utc_text
from liaison.outlook.sdk import DeltaQuery, EventQuery, EventsQuery, ViewQuery
from liaison.outlook.series import begins_at, held_between
from liaison.outlook.series_reading import SeriesReading
from liaison.times import When

_A_DAY = timedelta(days=1)
# So far an occurrence may have been moved and still be found by when it was to begin.
_AROUND = timedelta(days=8)
# Graph lists 1825 days at once; a series that goes on has an occurrence within them, or hardly ever any.
_AHEAD = timedelta(days=1800)


class GraphCalendars:
    """The port `Calendars` on Microsoft Graph."""

    def __init__(self, client: GraphClient, now: Callable[[], datetime]) -> None:
        """All calls go through the client; `now` tells which occurrences of a series lie ahead."""
        self._client = client
        self._now = now
        self._series = SeriesReading(client, now)
        self._ids = ItemIds(client, self._series)
        self._calendars = CalendarList(client)

    def find_event(
        self, mailbox: Mailbox, event_id: str, *, caller: Caller | None = None
    ) -> CalendarEvent | UnreadableEvent | None:
        """The event as it is now; None when there is none, and for what is no id."""
        if not is_id(event_id):
            return None
        answer = self._series.get(mailbox, event_id, caller=caller)
        return None if is_absent(answer) else self._series.whole(mailbox, answer.content(), caller)

    def read_series(
        self, mailbox: Mailbox, event_id: str, *, caller: Caller | None = None
    ) -> CalendarEvent | UnreadableEvent | None:
        """The master: by its own id in one reading, by that of an occurrence in two."""
        event = self.find_event(mailbox, event_id, caller=caller)
        if isinstance(event, CalendarEvent) and event.series_master_id:
            return self.find_event(mailbox, event.series_master_id, caller=caller)
        return event

    def find_occurrence(
        self, mailbox: Mailbox, master_id: str, start: datetime, *, caller: Caller | None = None
    ) -> CalendarEvent | None:
        """Among the instances of the days around."""
        if not is_id(master_id):
            return None
        span = (start - _AROUND, start + _AROUND)
        answer = self._series.instances(mailbox, master_id, *span, caller)
        # Instances of what is no series are refused.
        if is_absent(answer) or answer.status == HTTPStatus.BAD_REQUEST:
            return None
        found = read_events(all_items(self._client, answer, mailbox, caller))
        begins = (each for each in found if begins_at(each.when, start))
        meant = (each for each in found if each.original_start == start)
        return next(begins, None) or next(meant, None)

    def read_identity(self, mailbox: Mailbox, event_id: str) -> EventIdentity | None:
        """Which event it is; its content is not even asked for."""
        if not is_id(event_id):
            return None
        answer = self._series.ask(
            mailbox, event_id, EventQuery(select=IDENTITY_FIELDS, expand=[MARKER_EXPANSION])
        )
        if is_absent(answer):
            return None
        identity = read_identity(answer.content())
        if identity is None:
            raise UnreadableAnswer
        return identity

    def look_up(self, mailbox: Mailbox, event_id: str) -> Presence:
        """Whether the event exists, is listed, and in which calendar it lies.

        Assumed of Microsoft 365, as nobody documents it: an item in Deleted Items may answer by its immutable id.
        Its `calendar` is then null; or the reading with `$expand=calendar` says "not found" although the item alone
        still answers; or it is the folder dressed as a calendar, which nobody can edit and nobody can remove, or
        which the mailbox does not list among its calendars. In doubt the event is present: an event that cannot be
        read has no known time and counts as listed. What lies in the default calendar is there, so that one reading
        is enough for it.
        """
        if not is_id(event_id):
            raise RequestRejected("This is no id of an event.")
        answer = self._series.get(mailbox, event_id, expand=("calendar",))
        if _is_gone(answer):
            answer = self._series.get(mailbox, event_id)
            if _is_gone(answer):
                return Presence(None)
        fields = answer.content()
        event = self._series.whole(mailbox, fields)
        place = _calendar_place(fields.get("calendar"))
        if place is CalendarPlace.DEFAULT or isinstance(event, UnreadableEvent):
            return Presence(event, is_listed=True, calendar=place)
        # The view is that of the default calendar, whatever is told of the event's own.
        if self._is_listed(mailbox, event):
            return Presence(event, is_listed=True, calendar=CalendarPlace.DEFAULT)
        told = clean(record(fields.get("calendar")).get("id"))
        is_away = place is CalendarPlace.OTHER and self._calendars.lacks(mailbox, told)
        return Presence(event, calendar=CalendarPlace.NONE if is_away else place)

    def list_by_ical_uid(self, mailbox: Mailbox, ical_uid: str) -> list[CalendarEvent]:
        """All copies of one meeting in the mailbox."""
        quoted = ical_uid.replace("'", "''")
        query = EventsQuery(select=EVENT_FIELDS, filter=f"iCalUId eq '{quoted}'", top=50)
        answer = self._client.call(
            lambda graph, config: graph.users.by_user_id(mailbox.oid).events.get(config),
            mailbox=mailbox,
            query=query,
        )
        found = read_events(all_items(self._client, answer, mailbox))
        return [copy for copy in found if copy.ical_uid == ical_uid]

    def list_between(
        self, mailbox: Mailbox, start: datetime, end: datetime, *, caller: Caller | None = None
    ) -> list[CalendarEvent]:
        """What the default calendar shows from start to end."""
        return read_events(self._view(mailbox, start, end, EVENT_FIELDS, caller))

    def read_window(self, mailbox: Mailbox, start: datetime, end: datetime) -> DeltaPage:
        """The first page of a full round."""
        answer = self._client.call(
            lambda graph, config: graph.users.by_user_id(mailbox.oid).calendar_view.delta.get(
                config
            ),
            mailbox=mailbox,
            query=DeltaQuery(start_date_time=utc_text(start), end_date_time=utc_text(end)),
            prefer=CHANGES_PER_PAGE,
        )
        return read_page(answer.content())

    def read_changes(self, mailbox: Mailbox, link: str) -> DeltaPage:
        """The page behind a link of an earlier page."""
        answer = self._client.follow(
            link,
            lambda graph, config: (
                graph.users.by_user_id(mailbox.oid).calendar_view.delta.with_url(link).get(config)
            ),
            mailbox=mailbox,
            prefer=CHANGES_PER_PAGE,
        )
        return read_page(answer.content())

    def immutable_id(
        self, mailbox: Mailbox, item_id: str, *, caller: Caller | None = None
    ) -> str | None:
        """By reading the item, else by asking Exchange to translate it."""
        return self._ids.immutable_id(mailbox, item_id, caller)

    def _is_listed(self, mailbox: Mailbox, event: CalendarEvent) -> bool:
        # Wider than the event: a whole day lies otherwise in each zone, and one without length is in no span.
        when = self._when_to_look(event)
        margin = _A_DAY if when.is_all_day else timedelta(minutes=1)
        start, end = when.starts_at - margin, when.ends_at + margin
        items = self._view(mailbox, start, end, ["id", "type", "seriesMasterId"])
        return any(
            event.event_id in {clean(item.get("id")), clean(item.get("seriesMasterId"))}
            for item in map(record, items)
        )

    def _when_to_look(self, event: CalendarEvent) -> When:
        """The time of the event; of a series that of its next occurrence, or of its first when none is left."""
        if event.recurrence is None:
            return event.when
        after = max(self._now(), event.when.starts_at)
        return next(held_between(event, after, after + _AHEAD), event.when)

    def _view(
        self,
        mailbox: Mailbox,
        start: datetime,
        end: datetime,
        select: list[str],
        caller: Caller | None = None,
    ) -> Iterator[Any]:
        answer = self._client.call(
            lambda graph, config: graph.users.by_user_id(mailbox.oid).calendar_view.get(config),
            mailbox=mailbox,
            caller=caller,
            query=ViewQuery(
                start_date_time=utc_text(start),
                end_date_time=utc_text(end),
                select=select,
                top=PAGE_SIZE,
            ),
        )
        return all_items(self._client, answer, mailbox, caller)


def _is_gone(answer: Answer) -> bool:
    """Whether Outlook says that just this item does not exist; only that may count for a removal."""
    if answer.is_success or answer.failure.is_missing_item:
        return not answer.is_success
    raise error_of(answer.failure)


def _calendar_place(calendar: Any) -> CalendarPlace:
    fields = record(calendar)
    if fields.get("isDefaultCalendar") is True:
        return CalendarPlace.DEFAULT
    is_fixed = fields.get("canEdit") is False and fields.get("isRemovable") is False
    return CalendarPlace.NONE if is_fixed or not fields.get("id") else CalendarPlace.OTHER
