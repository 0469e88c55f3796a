"""Has a link that undoing froze follow its meeting again, and tells beforehand whom that mails."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.crm_changes import governing_copy
from liaison.calendar.linking.link import pass_of
from liaison.calendar.linking.meetings import own_representative
from liaison.calendar.linking.rights import get_link_to_act_on
from liaison.calendar.linking.values import Person
from liaison.calendar.mail_guard import mailings_of
from liaison.calendar.model import FrozenReason, Link, LinkState
from liaison.calendar.observe import Observer
from liaison.calendar.rules.endings import whose
from liaison.calendar.rules.mail_budget import NOBODY, Mailing, together
from liaison.calendar.settle import settle
from liaison.calendar.stores import decisions, links
from liaison.calendar.tools import Tools
from liaison.errors import GatewayError, NotFound
from liaison.outlook.model import Mailbox
from liaison.people.representatives import get_representative
from liaison.policy.store import read_policy


def resume_undone(session: Session, tools: Tools, person: Person, link: Link) -> None:
    """What a run did was taken back; only a person has the link follow its meeting again."""
    if link.frozen_reason is not FrozenReason.UNDONE:
        return
    own = own_representative(person)
    this = pass_of(tools, own, read_policy(session))
    links.save_links(session, [(link, {"state": LinkState.LIVE, "frozen_reason": None})])
    entry = this.entry("link-resumed", "resume-link", **whose(link, own.id))
    decisions.log_decisions(session, [entry])


def foresee_resumption(tools: Tools, person: Person, link_id: UUID) -> Mailing | None:
    """Whom resuming it would mail, as the guard will count them: it is rehearsed. None: the meeting cannot be read now.

    Raises `NotFound`, `Forbidden`, `InteractionRequired`, `GatewayError` where this person may not act on it.
    """
    link = get_link_to_act_on(tools, person, link_id)
    copy = governing_copy(link)
    if link.frozen_reason is not FrozenReason.UNDONE or copy is None:
        return NOBODY
    with tools.database.transaction() as session:
        owner = get_representative(session, copy.mailbox_id)
    mailbox = Mailbox(owner.tenant_id, owner.oid)
    try:
        seen = Observer(tools.outlook, mailbox).observe(copy.event_id)
    except GatewayError:
        return None
    with tools.database.rehearsal() as session:
        policy, crm = read_policy(session), tools.crm.rehearse(session)
        frozen = links.find_link(session, link_id, lock=True)
        if frozen is None:
            raise NotFound
        resume_undone(session, tools, person, frozen)
        this = pass_of(tools, own_representative(person), policy)
        settled = settle(session, crm, copy.mailbox_id, [seen], policy, this)
        return together(mailings_of(session, policy, settled.writes).values())
