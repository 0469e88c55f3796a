"""One pass over one mailbox: what is noted first, then the changes, then what they noted. One worker at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError

from liaison.calendar import ending
from liaison.calendar.freezing import resume_mailbox
from liaison.calendar.initial import read_anew
from liaison.calendar.initial_sync.model import PartOf
from liaison.calendar.items import look_at_due_items, look_at_few, send_deferred
from liaison.calendar.observe import Observer
from liaison.calendar.progress import Progress
from liaison.calendar.reconcile import is_reconcile_due, reconcile
from liaison.calendar.report import RunReport
from liaison.calendar.rounds import read_round
from liaison.calendar.rules.run_level import find_obstacle, freeze_cause
from liaison.calendar.rules.schedule import PUSH_RETRY
from liaison.calendar.stores import initial_runs, mailboxes, runs
from liaison.calendar.stores.mailboxes import FollowedMailbox
from liaison.calendar.subscribing import keep_subscribed, unsubscribe
from liaison.calendar.tools import Tools
from liaison.db.tables import new_id
from liaison.errors import GatewayError, MailboxUnavailable, Throttled
from liaison.outlook.model import Mailbox
from liaison.people import representatives, service_switch, sync_user
from liaison.people.model import Service
from liaison.policy.store import read_policy
from liaison.telemetry import tracing

# So many hints at once are cheaper read as one list of changes than one by one.
BURST = 20

log = structlog.get_logger(__name__)


class Extent(Enum):
    """How much one run looks at: what is due; with a reconcile to its end; all anew, as an initial sync does."""

    DUE = auto()
    PROOF = auto()
    INITIAL = auto()


def sync_mailbox(
    tools: Tools,
    mailbox_id: UUID,
    *,
    whole_round: bool = False,
    extent: Extent = Extent.DUE,
    tell: Callable[[int], None] | None = None,
    part_of: PartOf | None = None,
) -> RunReport | None:
    """Run over one mailbox; None when another worker is at it (who sees what is noted meanwhile), or will be with a plan or an initial sync.

    `whole_round`: read the changes now, whatever the interval says. `tell`: as in `Progress`. `part_of`: an initial
    sync of several mailboxes, whose mails are together one action.
    """
    with tools.lease(mailbox_id) as is_ours, tracing():
        if not is_ours or (part_of is None and _awaits_another(tools, mailbox_id)):
            return None
        run, obstacle = begin(tools, mailbox_id, part_of)
        if obstacle is not None:
            return _stop(run, obstacle)
        if tell is not None:
            run.tell = tell
        return _work(run, extent, whole_round=whole_round)


def _awaits_another(tools: Tools, mailbox_id: UUID) -> bool:
    with tools.database.transaction() as session:
        return initial_runs.is_awaiting_run(session, mailbox_id)


def begin(
    tools: Tools,
    mailbox_id: UUID,
    part_of: PartOf | None = None,
    *,
    is_in_background: bool = True,
) -> tuple[Progress, str | None]:
    """A run over this mailbox, and what forbids it, if anything does. What a person asks for needs no running service."""
    with tools.database.transaction() as session:
        row = mailboxes.get_mailbox(session, mailbox_id)
        representative = representatives.get_representative(session, mailbox_id)
        mailbox = Mailbox(representative.tenant_id, representative.oid)
        run = Progress(
            id=new_id(),
            tools=tools,
            row=row,
            representative=representative,
            policy=read_policy(session),
            mailbox=mailbox,
            observer=Observer(tools.outlook, mailbox),
            spent=part_of.outsiders if part_of else frozenset(),
            gathers=part_of is not None and part_of.gathers,
        )
        obstacle = find_obstacle(
            service_switch.read_service(session) if is_in_background else Service(),
            sync_user.read_sync_user(session),
            representative,
        ) or _told_to_wait(row, run.now())
        if obstacle is None:
            runs.begin_run(
                session, run.id, mailbox_id, run.now(), part_of.run_id if part_of else None
            )
    return run, obstacle


def _stop(run: Progress, obstacle: str) -> RunReport:
    """Of a mailbox that is not followed any more Microsoft need not tell us. If it cannot be told so, that ends by itself."""
    if obstacle == Throttled.code:
        return ending.waiting(run)
    if freeze_cause(obstacle):
        try:
            unsubscribe(run.tools, run.row)
        except GatewayError as error:
            log.warning("unsubscribing-failed", mailbox=str(run.row.id), error=error.code)
    return ending.stopped(run, obstacle)


def _told_to_wait(row: FollowedMailbox, now: datetime) -> str | None:
    """Calls that come before the time count as well, so that whoever asks too early waits the longer."""
    is_too_early = row.last_error == Throttled.code and row.due_at is not None and now < row.due_at
    return Throttled.code if is_too_early else None


def _work(run: Progress, extent: Extent, *, whole_round: bool) -> RunReport:
    since = run.now()
    try:
        come_back(run)
        missed = _subscribe(run)
        proves = is_reconcile_due(run) or extent is not Extent.DUE
        if extent is Extent.INITIAL:
            read_anew(run)
        else:
            _look_at_changes(run, whole_round=whole_round or missed or proves)
        if proves:
            reconcile(run, since, to_its_end=extent is not Extent.DUE)
        send_deferred(run)
    except MailboxUnavailable as error:
        return ending.unavailable(run, error)
    except GatewayError as error:
        return ending.postponed(run, error)
    except OperationalError as error:
        # The database went away or two runs stood in each other's way: nothing of it is lost.
        return ending.interrupted(run, error)
    return ending.succeeded(run)


def _look_at_changes(run: Progress, *, whole_round: bool) -> None:
    is_burst = not look_at_few(run, BURST)
    if whole_round or is_burst or _is_round_due(run):
        read_round(run, covers_noted=is_burst)
        look_at_due_items(run)


def come_back(run: Progress) -> None:
    """A mailbox that could not be read, or was not followed, is looked at before its links are trusted again."""
    if run.row.unavailable_since is None and run.row.resumed_at is None:
        return
    run.tools.outlook.directory.probe_mailbox(run.mailbox)
    run.observer.has_answered = True
    with run.tools.database.transaction() as session:
        mailboxes.save_mailbox(
            session, run.row.id, {"is_followed": True, "unavailable_since": None}
        )
        resumed = resume_mailbox(session, run.row.id, run.this())
    run.counts["link-resumed"] += resumed


def _subscribe(run: Progress) -> bool:
    """Whether a new subscription was made. Without one the changes are still read at every interval."""
    try:
        if not run.policy.policy.push:
            unsubscribe(run.tools, run.row)
            return False
        return keep_subscribed(run.tools, run.row, run.mailbox)
    except MailboxUnavailable:
        raise
    except GatewayError as error:
        log.warning("subscription-failed", mailbox=str(run.row.id), error=error.code)
        run.save(subscription_renew_at=run.now() + PUSH_RETRY)
        return False


def _is_round_due(run: Progress) -> bool:
    row = run.row
    if run.wants_round or row.wants_delta or row.next_delta_at is None:
        return True
    return row.next_delta_at <= run.now()
