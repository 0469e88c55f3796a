"""`liaison explain`: why things are as they are with one event, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import click

from liaison.bootstrap import worker_tools
from liaison.calendar.looking import find_link, foresee
from liaison.calendar.model import Link, LoggedDecision
from liaison.calendar.stores import links
from liaison.calendar.stores.decisions import (
    LogFilter,
    StoredDecision,
    list_decisions,
    list_told,
)
from liaison.calendar.tools import Tools
from liaison.cli.database import url_for_command
from liaison.cli.owner import get_owner
from liaison.config import read_settings
from liaison.db.migrate import require_current_schema
from liaison.errors import GatewayError, TenantNotConfigured
from liaison.outlook.model import Mailbox
from liaison.people.model import Representative
from liaison.reasons.explain import explain as in_words

MOST = 200


@click.command()
@click.argument("address")
@click.argument("event")
def explain(address: str, event: str) -> None:
    """Say what was decided about an EVENT (its id, in any form) of the mailbox with this ADDRESS."""
    settings = read_settings()
    require_current_schema(url_for_command(settings))
    with worker_tools(settings) as tools:
        owner = get_owner(tools, address)
        event_id = _find_id(tools, owner, event)
        decided = _list_decisions(tools, owner, event_id or event)
        for one in _without_secrets(tools, decided):
            at = one.at.astimezone(ZoneInfo(owner.time_zone))
            click.echo(f"{at:%Y-%m-%d %H:%M}  {in_words(one, owner.time_zone)}")
        if not decided:
            click.echo("Nothing was decided about it.")
            click.echo(_what_would_be(tools, owner, event_id))


def _without_secrets(tools: Tools, stored: Sequence[StoredDecision]) -> list[LoggedDecision]:
    """Of confidential activities, and of the time when they were, only what was done and not with what."""
    decided = [one.decision for one in stored]
    ids = {one.activity_id for one in decided if one.activity_id}
    with tools.database.transaction() as session:
        activities = tools.crm.find_activities(session, sorted(ids))
    closed = {activity.id for activity in activities.values() if activity.confidential}
    return [
        replace(one, before={}, after={}, facts={})
        if one.activity_id in closed or one.facts.get("confidential")
        else one
        for one in decided
    ]


def _find_id(tools: Tools, owner: Representative, event: str) -> str | None:
    """The id that the log has. None: the mailbox has no such event, or not any more."""
    mailbox = Mailbox(owner.tenant_id, owner.oid)
    try:
        return tools.outlook.calendars.immutable_id(mailbox, event)
    except (GatewayError, TenantNotConfigured):
        # The log can be read all the same, if it was the immutable id.
        return event


def _what_would_be(tools: Tools, owner: Representative, event_id: str | None) -> str:
    if event_id is None:
        return f"The mailbox of {owner.name} has no event with this id."
    return in_words(foresee(tools, owner, event_id), owner.time_zone)


def _find_link(tools: Tools, owner: Representative, event_id: str) -> Link | None:
    try:
        return find_link(tools, owner, event_id)
    except (GatewayError, TenantNotConfigured):
        # What became of the event itself can be read all the same.
        with tools.database.transaction() as session:
            return links.find_links_by_events(session, owner.id, [event_id]).get(event_id)


def _list_decisions(tools: Tools, owner: Representative, event_id: str) -> list[StoredDecision]:
    """The oldest first; of a linked meeting also what was decided on other people's copies, and before it was linked."""
    link = _find_link(tools, owner, event_id)
    with tools.database.transaction() as session:
        if link:
            return list_told(session, link.id, link.activity_id, limit=MOST)[::-1]
        wanted = LogFilter(mailbox_id=owner.id, event_id=event_id)
        return list_decisions(session, wanted, limit=MOST)[::-1]
