"""Puts the Microsoft 365 side together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from liaison.clock import Clock, SystemClock
from liaison.config import Settings
from liaison.outlook.categories import GraphCategories
from liaison.outlook.client import GraphClient, without_slots
from liaison.outlook.events import GraphCalendars
from liaison.outlook.slots import Lane, MailboxSlots
from liaison.outlook.subscriptions import GraphSubscriptions
from liaison.outlook.tokens import MsalTokens
from liaison.outlook.trust import login_session, ssl_context
from liaison.outlook.users import GraphDirectory
from liaison.outlook.writer import GraphEventWriter


@dataclass(frozen=True, slots=True)
class OutlookGateway:
    """The port `Outlook` on Microsoft Graph. For the life of a process; `close` ends its connections."""

    calendars: GraphCalendars
    writer: GraphEventWriter
    subscriptions: GraphSubscriptions
    directory: GraphDirectory
    close: Callable[[], None]


def connect_outlook(
    settings: Settings,
    *,
    lane: Lane,
    in_transaction: Callable[[], bool],
    engine: Engine | None = None,
    clock: Clock | None = None,
) -> OutlookGateway:
    """The gateway for these settings; nothing is asked of the network yet.

    `in_transaction` tells whether this thread has a database transaction open: no call is made then. Without an
    `engine` the calls in flight per mailbox are not counted; without a `clock` the computer's is read. Where the tenant is not configured, each call raises
    `TenantNotConfigured`.
    """
    trust = ssl_context(settings.ca_file)
    session = login_session(trust)
    slots = MailboxSlots(engine, lane) if engine is not None else None
    client = GraphClient(
        settings.graph_url,
        trust,
        MsalTokens(settings, session),
        in_transaction=in_transaction,
        slots=slots.taken if slots else without_slots,
    )
    if lane == "worker":
        client.get_ready()

    def close() -> None:
        client.close()
        session.close()
        if slots is not None:
            slots.close()

    calendars = GraphCalendars(client, (clock or SystemClock()).now)
    return OutlookGateway(
        calendars,
        GraphEventWriter(client, calendars, GraphCategories(client)),
        GraphSubscriptions(client, settings.public_url),
        GraphDirectory(client),
        close,
    )
