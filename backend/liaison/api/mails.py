"""How many people Outlook would mail, told before somebody does something to an activity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.access import may_see
from liaison.api.routes import Routes
from liaison.api.schemas.mails import MailsPreviewAnswer, MailsQuery
from liaison.api.services import services
from liaison.api.viewer import viewer
from liaison.calendar.mail_guard import internal_domains
from liaison.calendar.model import Link
from liaison.calendar.rules import synced
from liaison.calendar.rules.mail_budget import guests_to_invite, is_too_much, mailing
from liaison.calendar.rules.outgoing import is_past, leaves_meeting
from liaison.calendar.stores.links import find_link_of_activity
from liaison.crm.model import Activity
from liaison.errors import NotFound
from liaison.outlook.model import Role
from liaison.policy.settings import Policy
from liaison.policy.store import read_policy

mails = Routes("Mails beforehand", __name__, "Whom Outlook would mail.")

CANCELS = {"cancel", "delete"}


@mails.get("/api/activities/<uuid:activity_id>/mails")
@mails.asks(MailsQuery)
@mails.answers(MailsPreviewAnswer)
def preview(query: dict[str, Any], activity_id: UUID) -> dict[str, Any]:
    """How many people, and how many of them outside, would get mail; and whether an administrator would be asked."""
    with services().database.transaction() as session:
        activity = services().crm.find_activities(session, [activity_id]).get(activity_id)
        if activity is None or not may_see(activity, viewer()):
            raise NotFound
        return _preview(session, activity, query["by"])


def _preview(session: Session, activity: Activity, by: str) -> dict[str, Any]:
    stored, now = read_policy(session), services().clock.now()
    link = find_link_of_activity(session, activity.id)
    addresses = _mailed(activity, link, by, stored.policy, now)
    domains = internal_domains(session, stored)
    found = mailing(addresses, domains)
    people = mailing((one.address for one in activity.participants), domains)
    return {
        "people": len(found.people),
        "outsiders": len(found.outsiders),
        "budget": stored.policy.mail_budget_per_action,
        "will_be_held": is_too_much(len(found.outsiders), stored.policy),
        "outside": sorted(people.outsiders),
    }


def _mailed(
    activity: Activity, link: Link | None, by: str, policy: Policy, now: datetime
) -> Iterable[str]:
    is_made = link is not None and not link.awaits_event
    if is_past(activity, now) or is_made == (by == "transfer"):
        return ()
    if not is_made or link is None:
        return guests_to_invite(activity) if by == "transfer" else ()
    if by in CANCELS:
        return () if leaves_meeting(link, policy) else _invited(link)
    organizes = any(copy.is_organizer and copy.is_followed for copy in link.copies)
    return {*_invited(link), *guests_to_invite(activity)} if organizes else ()


def _invited(link: Link) -> set[str]:
    """Those in the meeting, as both sides last agreed."""
    people = link.baseline.participants if link.baseline else ()
    return {
        one.address
        for one in people
        if one.response != synced.ORGANIZER and one.role != Role.RESOURCE
    }
