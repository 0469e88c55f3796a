"""The proof: every live link of a mailbox against Outlook, baseline, activity and remembered copies.

What differs is named in the log and settled by the ordinary rules. An interrupted round goes on behind what it has
looked at, and only one that came to its end states anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from liaison.calendar.differing import name_of, settle_looks
from liaison.calendar.items import look_at_due_items
from liaison.calendar.model import Link, NoteSource
from liaison.calendar.progress import Progress
from liaison.calendar.returning import look_for_returned
from liaison.calendar.rules import completeness
from liaison.calendar.rules.spans import Group, group_links, may_govern
from liaison.calendar.second_looks import Look, find_by_meeting, look_at, tolerating
from liaison.calendar.stores import decisions, links, noted, reconciles
from liaison.calendar.stores.reconciles import Named, Reconcile

BATCH = 100
# So many links at most are looked at in one run; the next one goes on at once, after others had their turn.
MOST_IN_A_RUN = 1000
MOST_LOST = 200

log = structlog.get_logger(__name__)


@dataclass
class _Round:
    """One reconcile as far as it is. What changed after `since` has come while we look, and is no difference."""

    run: Progress
    since: datetime
    found: list[Named] = field(default_factory=list)

    def save(self, session: Session, link_ids: Sequence[UUID]) -> None:
        reconciles.save_checked(session, self.run.row.id, link_ids, self.found)


def is_reconcile_due(run: Progress) -> bool:
    """Whether one is due now or has not come to its end. A mailbox that never had one gets its time here."""
    now, policy = run.now(), run.policy.policy
    with run.tools.database.transaction() as session:
        known = reconciles.find_reconcile(session, run.row.id)
        if known is None or completeness.is_too_late(policy, known.next_at, now):
            at = completeness.first_at(policy, now, run.tools.jitter())
            reconciles.schedule(session, run.row.id, at)
            return False
    return known.next_at <= now


def reconcile(run: Progress, since: datetime, *, to_its_end: bool) -> None:
    """Look at every live link, or at as many as one run may. Raises `GatewayError`; the next run goes on from there.

    `since`: when the run began to read what changed.
    """
    present = _take_up(run, since)
    looked = 0
    while batch := _unchecked(run):
        for group in group_links(batch):
            _compare(present, group)
            # Notifications do not wait for the end of the proof.
            look_at_due_items(run)
        looked += len(batch)
        if looked >= MOST_IN_A_RUN and not to_its_end:
            return
    _look_for_lost(present)
    look_for_returned(run)
    _finish(present)


def _take_up(run: Progress, since: datetime) -> _Round:
    now = run.now()
    with run.tools.database.transaction() as session:
        known = reconciles.find_reconcile(session, run.row.id)
        if known and known.began_at and completeness.still_counts(known.began_at, now):
            return _Round(run, since, list(known.found))
        reconciles.begin_reconcile(session, run.row.id, now)
    return _Round(run, since)


def _unchecked(run: Progress) -> list[Link]:
    with run.tools.database.transaction() as session:
        ids = reconciles.list_unchecked(session, run.row.id, run.now(), BATCH)
        found = {link.id: link for link in links.list_links(session, ids)}
    return [found[link_id] for link_id in ids]


def _compare(present: _Round, group: Group) -> None:
    _settle(present, list(look_at(present.run, group)))


def _settle(present: _Round, looks: Sequence[Look]) -> None:
    """All in one transaction; when that fails each by itself, so that one bad link stops nobody else."""
    try:
        _settle_together(present, looks)
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one link
        log.warning("reconcile-page-failed", error=type(error).__name__, run=str(present.run.id))
        for look in looks:
            _settle_alone(present, look)


def _settle_alone(present: _Round, look: Look) -> None:
    try:
        _settle_together(present, [look])
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with this link
        copy = look.link.copy_of(present.run.row.id)
        if copy:
            present.run.quarantine(copy.event_id, error)
        with present.run.tools.database.transaction() as session:
            _name_unlooked(session, present, look)


def _settle_together(present: _Round, looks: Sequence[Look]) -> None:
    run = present.run
    before = len(present.found)
    try:
        with run.tools.database.transaction() as session:
            seen = [look for look in looks if look.observation]
            present.found += settle_looks(session, run, seen, present.since)
            for look in looks:
                if look.error:
                    _name_unlooked(session, present, look)
            present.save(session, [look.link.id for look in looks])
    except Exception:
        del present.found[before:]
        raise


def _name_unlooked(session: Session, present: _Round, look: Look) -> None:
    """What could not be looked at is never stated as agreed; it is noted, to be tried again by itself."""
    run, copy = present.run, look.link.copy_of(present.run.row.id)
    if copy and look.error:
        noted.note_events(session, run.row.id, [copy.event_id], NoteSource.DELTA, run.now())
    present.found.append(name_of(look.link, "meeting", is_settled=False))
    present.save(session, [look.link.id])


def _look_for_lost(present: _Round) -> None:
    """Links that should have a copy in this mailbox and remember none."""
    run = present.run
    with run.tools.database.transaction() as session:
        addresses = run.representative.addresses
        ids = reconciles.list_lost(session, run.row.id, addresses, MOST_LOST)
        lost = links.list_links(session, ids)
    for link in lost:
        look = tolerating(link, partial(find_by_meeting, run, link), run.observer)
        if look.observation or look.error:
            _settle(present, [look])
        else:
            _name_lost(present, link)


def _name_lost(present: _Round, link: Link) -> None:
    run = present.run
    facts = {
        "why": "no copy of the meeting could be found in this mailbox",
        "foundBy": "reconcile",
        "differences": [{"field": "copy", "outlook": None, "crm": None}],
    }
    entry = run.this().entry(
        "failed-permanent",
        "look-again",
        mailbox_id=run.row.id,
        link_id=link.id,
        activity_id=link.activity_id,
        facts=facts,
    )
    with run.tools.database.transaction() as session:
        decisions.log_decisions(session, [entry])
        present.found.append(name_of(link, "copy", is_settled=False))
        present.save(session, [])


def _finish(present: _Round) -> None:
    run, now = present.run, present.run.now()
    is_settled = all(one["settled"] for one in present.found)
    at = completeness.next_at(run.policy.policy, now, run.tools.jitter(), is_settled=is_settled)
    with run.tools.database.transaction() as session:
        live = links.list_links(session, reconciles.list_live(session, run.row.id))
        count = sum(may_govern(link, run.row.id) for link in live)
        reconciles.finish(session, run.row.id, now, at, count, present.found)
    unsettled = sum(not one["settled"] for one in present.found)
    apart = sum("apart" in one for one in present.found)
    log.info(
        "reconciled",
        mailbox=str(run.row.id),
        run=str(run.id),
        links=count,
        differences=len(present.found) - apart,
        unsettled=unsettled,
        apart=apart,
    )


def statement_of(known: Reconcile | None, now: datetime, zone: str) -> str | None:
    """What the last reconcile of a mailbox stated; None where none came to its end yet."""
    if known is None or known.ended_at is None:
        return None
    return completeness.statement(
        known.links or 0,
        known.different or 0,
        known.unsettled or 0,
        known.apart or 0,
        at=known.ended_at,
        now=now,
        zone=zone,
    )
