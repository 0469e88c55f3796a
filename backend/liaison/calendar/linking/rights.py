"""Who may act on a link: whoever has a copy of the meeting, or may read one in his own name."""

from __future__ import annotations

from uuid import UUID

from liaison.calendar.linking.meetings import own_representative
from liaison.calendar.linking.values import Person
from liaison.calendar.model import Copy, Link
from liaison.calendar.stores import links
from liaison.calendar.tools import Tools
from liaison.errors import EventAccessDenied, Forbidden, MailboxUnavailable, NotFound
from liaison.outlook.model import Caller, Mailbox
from liaison.people import representatives


def get_link_to_act_on(tools: Tools, person: Person, link_id: UUID) -> Link:
    """The link, if this person may act on it. Raises `NotFound`, `Forbidden`, `InteractionRequired`, `GatewayError`."""
    own = own_representative(person)
    with tools.database.transaction() as session:
        link = links.find_link(session, link_id)
        if link is None:
            raise NotFound
        if link.copy_of(own.id):
            return link
        people = representatives.find_representatives(
            session, [copy.mailbox_id for copy in link.copies]
        )
    mailbox = Mailbox(own.tenant_id, own.oid)
    if tools.outlook.calendars.list_by_ical_uid(mailbox, link.ical_uid):
        return link
    mailboxes = [(people[copy.mailbox_id], copy) for copy in link.copies]
    if any(
        _may_read(tools, person, Mailbox(one.tenant_id, one.oid), copy) for one, copy in mailboxes
    ):
        return link
    raise Forbidden("Only who takes part in the meeting, or may read it in Outlook, may do this.")


def _may_read(tools: Tools, person: Person, mailbox: Mailbox, copy: Copy) -> bool:
    caller = Caller(person.oid, person.token)
    try:
        return tools.outlook.calendars.find_event(mailbox, copy.event_id, caller=caller) is not None
    except (EventAccessDenied, MailboxUnavailable):
        return False
