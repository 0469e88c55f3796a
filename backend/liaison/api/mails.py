"""How many people Outlook would mail, told before somebody does something to an activity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.access import may_see
from liaison.api.caller import caller, user
from liaison.api.routes import Routes
from liaison.api.schemas.mails import MailsPreviewAnswer, MailsQuery
from liaison.api.services import services
from liaison.api.viewer import viewer
from liaison.calendar.linking.private_guests import has_hidden_guests, read_guests
from liaison.calendar.linking.resuming import foresee_resumption
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is known without Outlook. `addresses`: who would get mail; `hidden_of`: the link whose guests are not stored."""

    activity: Activity
    link: Link | None
    policy: Policy
    internal_domains: frozenset[str]
    addresses: frozenset[str]
    hidden_of: Link | None


@mails.get("/api/activities/<uuid:activity_id>/mails")
@mails.asks(MailsQuery)
@mails.answers(MailsPreviewAnswer)
def preview(query: dict[str, Any], activity_id: UUID) -> dict[str, Any]:
    """How many people, and how many of them outside, would get mail; and whether an administrator would be asked.

    Guests of whom the CRM does not know (of a private meeting of which only the times are stored, of occurrences that
    the activity leaves out) are counted for its organizer only; for others, and while his calendar cannot be read, the
    numbers are null.
    """
    with services().database.transaction() as session:
        asked = _ask(session, activity_id, query["by"])
    if query["by"] == "resume":
        return _answer(asked, _told_by_resuming(asked.link))
    if asked.hidden_of is None:
        return _answer(asked, asked.addresses)
    hidden = read_guests(services().tools, user(), asked.hidden_of)
    return _answer(asked, None if hidden is None else asked.addresses | hidden)


def _ask(session: Session, activity_id: UUID, by: str) -> _Asked:
    activity = services().crm.find_activities(session, [activity_id]).get(activity_id)
    if activity is None or not may_see(activity, viewer()):
        raise NotFound
    stored, now = read_policy(session), services().clock.now()
    link = find_link_of_activity(session, activity.id)
    told = _told(activity, link, by, stored.policy, now)
    domains = internal_domains(session, stored)
    is_hidden = link is not None and told is not None and has_hidden_guests(link)
    addresses = told or frozenset()
    return _Asked(activity, link, stored.policy, domains, addresses, link if is_hidden else None)


def _told_by_resuming(link: Link | None) -> frozenset[str] | None:
    if link is None:
        return frozenset()
    foreseen = foresee_resumption(services().tools, caller(), link.id)
    return foreseen.people if foreseen else None


def _answer(asked: _Asked, addresses: frozenset[str] | None) -> dict[str, Any]:
    """`addresses` is None where it is not known who would get mail."""
    people = mailing((one.address for one in asked.activity.participants), asked.internal_domains)
    known = {"budget": asked.policy.mail_budget_per_action, "outside": sorted(people.outsiders)}
    if addresses is None:
        return {"people": None, "outsiders": None, "will_be_held": None, **known}
    found = mailing(addresses, asked.internal_domains)
    return {
        "people": len(found.people),
        "outsiders": len(found.outsiders),
        "will_be_held": is_too_much(len(found.outsiders), asked.policy),
        **known,
    }


def _told(
    activity: Activity, link: Link | None, by: str, policy: Policy, now: datetime
) -> frozenset[str] | None:
    """Who is known to get mail; None where nothing is written to Outlook."""
    is_made = link is not None and not link.awaits_event
    if is_past(activity, now) or is_made == (by == "transfer"):
        return None
    if not is_made or link is None:
        return guests_to_invite(activity) if by == "transfer" else None
    if by in CANCELS:
        return None if leaves_meeting(link, policy) else _invited(link)
    organizes = any(copy.is_organizer and copy.is_followed for copy in link.copies)
    return _invited(link) | guests_to_invite(activity) if organizes else None


def _invited(link: Link) -> frozenset[str]:
    """Those in the meeting and in single occurrences of it, as both sides last agreed."""
    agreed = link.baseline
    if agreed is None:
        return frozenset()
    people = [(one.address, one.role, one.response) for one in agreed.participants]
    people += [
        (person.get("address", ""), person.get("role"), person.get("response"))
        for one in (agreed.recurrence.exceptions if agreed.recurrence else ())
        for person in one.fields.get("participants", ())
    ]
    return frozenset(
        address
        for address, role, response in people
        if address and response != synced.ORGANIZER and role != Role.RESOURCE
    )
