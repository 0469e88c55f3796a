"""Looks at one event and decides about it without writing anything."""

from __future__ import annotations

from sqlalchemy.orm import Session

from liaison.calendar.log_lines import action_name
from liaison.calendar.model import Link, LoggedDecision
from liaison.calendar.observe import Observer
from liaison.calendar.passes import Pass
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Leave
from liaison.calendar.rules.run_level import find_obstacle
from liaison.calendar.rules.situation import Seen
from liaison.calendar.situations import gather
from liaison.calendar.stores import links
from liaison.calendar.tools import Tools
from liaison.crm.model import SYNC_MASTER
from liaison.outlook.model import CalendarEvent, Mailbox
from liaison.people import service_switch, sync_user
from liaison.people.model import Representative
from liaison.policy.store import StoredPolicy, read_policy
from liaison.policy.values import Capture


def find_link(tools: Tools, owner: Representative, event_id: str) -> Link | None:
    """The link that an event of this mailbox has; an occurrence its own, else that of its series. Raises `GatewayError`."""
    mailbox = Mailbox(owner.tenant_id, owner.oid)
    identity = tools.outlook.calendars.read_identity(mailbox, event_id)
    wanted = identity.series_master_id if identity and identity.series_master_id else event_id
    start = identity.original_start if identity else None
    with tools.database.transaction() as session:
        tied = links.find_links_of_events(session, owner.id, [wanted]).get(wanted, [])
    fitting = [link for link in tied if link.original_start in {None, start}]
    return max(fitting, key=lambda link: link.original_start is not None, default=None)


def foresee(tools: Tools, owner: Representative, event_id: str) -> LoggedDecision:
    """What a run would decide about this event now, as the log would have it. Raises `GatewayError`."""
    with tools.database.transaction() as session:
        policy = read_policy(session)
        obstacle = find_obstacle(
            service_switch.read_service(session), sync_user.read_sync_user(session), owner
        )
    this = Pass(SYNC_MASTER, policy.version, tools.clock.now())
    if obstacle:
        return this.entry(obstacle, "stop-run")
    observation = Observer(tools.outlook, Mailbox(owner.tenant_id, owner.oid)).observe(
        event_id, None
    )
    with tools.database.transaction() as session:
        situations = gather(session, tools.crm, owner.id, [observation], policy, this.now)
    decision = decide(min(situations, key=lambda one: bool(one.link and one.link.original_start)))
    return this.entry(
        decision.reason,
        action_name(decision.action),
        outcome=decision.outcome,
        facts=decision.facts,
    )


def why_not_captured(
    session: Session,
    tools: Tools,
    owner: Representative,
    event: CalendarEvent,
    policy: StoredPolicy,
) -> LoggedDecision | None:
    """Of a meeting without a link why it has none, under a policy that captures; None where the next run makes one."""
    if policy.policy.capture is Capture.LINKED:
        return None
    now = tools.clock.now()
    situations = gather(session, tools.crm, owner.id, [Seen(event)], policy, now)
    unlinked = next((one for one in situations if one.link is None), None)
    decision = decide(unlinked) if unlinked else None
    if decision is None or not isinstance(decision.action, Leave):
        return None
    return Pass(SYNC_MASTER, policy.version, now).entry(
        decision.reason,
        action_name(decision.action),
        outcome=decision.outcome,
        mailbox_id=owner.id,
        event_id=event.event_id,
        facts=decision.facts,
    )
