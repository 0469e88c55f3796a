"""The decision log: what was decided, why, with both values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from operator import attrgetter
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, delete, func, select, update
from sqlalchemy.orm import Session

from liaison.calendar.model import LoggedDecision
from liaison.calendar.rules.ended import REMOVAL_REASONS
from liaison.calendar.stores import plan_items
from liaison.calendar.stores.tables import DecisionRow
from liaison.db.copying import copy_rows
from liaison.db.tables import new_id
from liaison.reasons.model import Outcome

GUARDED_PERIOD = timedelta(hours=24)
# Carried out, but not on the activity itself.
_BESIDES = ("marked", "participants-matched")
_MEMBERS = tuple(one.name for one in fields(LoggedDecision))
_values = attrgetter(*_MEMBERS)


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision of the log with its id."""

    id: UUID
    decision: LoggedDecision


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which decisions are wanted; None asks for nothing. `is_news`: only what changed something, waits or failed."""

    mailbox_id: UUID | None = None
    link_id: UUID | None = None
    activity_id: UUID | None = None
    event_id: str | None = None
    reason: str | None = None
    outcome: Outcome | None = None
    since: datetime | None = None
    run_id: UUID | None = None
    is_news: bool = False


def log_decisions(session: Session, decisions: Sequence[LoggedDecision]) -> None:
    """Add these to the log."""
    if not decisions:
        return
    rows = ((new_id(), *_values(decision)) for decision in decisions)
    copy_rows(session, DecisionRow, ("id", *_MEMBERS), rows)


def list_decisions(
    session: Session, wanted: LogFilter, *, limit: int, before: UUID | None = None
) -> list[StoredDecision]:
    """The newest decisions first; `before` continues a list after its last id."""
    statement = select(DecisionRow).order_by(DecisionRow.id.desc()).limit(limit)
    for name in ("mailbox_id", "link_id", "activity_id", "event_id", "reason", "run_id"):
        value = getattr(wanted, name)
        if value is not None:
            statement = statement.where(getattr(DecisionRow, name) == value)
    if wanted.outcome is not None:
        statement = statement.where(DecisionRow.outcome == wanted.outcome.value)
    if wanted.is_news:
        is_idle = DecisionRow.outcome == Outcome.SKIPPED.value
        statement = statement.where(~is_idle, DecisionRow.reason.not_in(_BESIDES))
    if wanted.since is not None:
        statement = statement.where(DecisionRow.at >= wanted.since)
    if before is not None:
        statement = statement.where(DecisionRow.id < before)
    return [StoredDecision(row.id, _to_decision(row)) for row in session.scalars(statement)]


def list_told(
    session: Session,
    link_id: UUID,
    activity_id: UUID | None,
    *,
    limit: int,
    before: UUID | None = None,
) -> list[StoredDecision]:
    """The newest first: what was decided about a link, and about this activity also before it had the link."""
    wanted = [LogFilter(link_id=link_id)]
    if activity_id:
        wanted.append(LogFilter(activity_id=activity_id))
    # Each is read by its own index; one question with "or" might be answered by going through the log.
    lists = [list_decisions(session, one, limit=limit, before=before) for one in wanted]
    found = {one.id: one for listed in lists for one in listed}
    return sorted(found.values(), key=lambda one: one.id, reverse=True)[:limit]


def last_reason(session: Session, activity_id: UUID) -> str | None:
    """Why something was done, or not, the last time that anything was said about this activity."""
    return session.scalar(
        select(DecisionRow.reason)
        .where(DecisionRow.activity_id == activity_id)
        .order_by(DecisionRow.id.desc())
        .limit(1)
    )


def list_journal(session: Session, run_ids: Collection[UUID]) -> list[LoggedDecision]:
    """What these runs wrote, the first first."""
    statement = (
        select(DecisionRow)
        .where(DecisionRow.run_id.in_(run_ids), DecisionRow.undo.is_not(None))
        .order_by(DecisionRow.id)
    )
    return [_to_decision(row) for row in session.scalars(statement)]


def count_removals(
    session: Session, mailbox_id: UUID, until: datetime, after: datetime | None = None
) -> int:
    """How many removals of this mailbox were carried out unasked within 24 hours, and `after` this moment."""
    counted = select(func.count()).select_from(DecisionRow)
    return session.scalar(counted.where(*_removals(mailbox_id, until, after))) or 0


def list_removed_links(
    session: Session, mailbox_id: UUID, until: datetime, after: datetime | None = None
) -> list[UUID]:
    """The links of those removals."""
    listed = select(DecisionRow.link_id).distinct()
    found = session.scalars(listed.where(*_removals(mailbox_id, until, after)))
    return [link_id for link_id in found if link_id]


def _removals(
    mailbox_id: UUID, until: datetime, after: datetime | None
) -> list[ColumnElement[bool]]:
    since = until - GUARDED_PERIOD
    return [
        DecisionRow.mailbox_id == mailbox_id,
        DecisionRow.action == "remove-activity",
        DecisionRow.reason.in_(REMOVAL_REASONS),
        DecisionRow.outcome == Outcome.APPLIED.value,
        DecisionRow.at > (max(since, after) if after else since),
        DecisionRow.at <= until,
        ~DecisionRow.facts.has_key("approved"),
    ]


def erase_values(session: Session, link_id: UUID, activity_id: UUID) -> None:
    """Erase all values of one link and its activity from the log and from plans; codes and times stay (retraction)."""
    plan_items.erase_values(session, link_id)
    session.execute(
        update(DecisionRow)
        .where((DecisionRow.link_id == link_id) | (DecisionRow.activity_id == activity_id))
        .values(before={}, after={}, facts={}, undo=None)
        .execution_options(synchronize_session=False)
    )


def erase_occurrence(session: Session, link_ids: Collection[UUID], start: str) -> None:
    """Erase what the log of series tells of one occurrence, as what it held and within how they repeat."""
    of_series, name = DecisionRow.link_id.in_(link_ids), cast("recurrence", Text)
    session.execute(
        update(DecisionRow)
        .where(of_series, DecisionRow.facts["originalStart"].astext == start)
        .values(facts={})
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(DecisionRow)
        .where(of_series, DecisionRow.after.has_key("recurrence"))
        .values(
            before=DecisionRow.before.op("-")(name),
            after=DecisionRow.after.op("-")(name),
            undo=None,
        )
        .execution_options(synchronize_session=False)
    )


def erase_older_than(session: Session, before: datetime) -> None:
    """Forget decisions that retention does not keep any longer."""
    session.execute(delete(DecisionRow).where(DecisionRow.at < before))


def _to_decision(row: DecisionRow) -> LoggedDecision:
    return LoggedDecision(
        reason=row.reason,
        action=row.action,
        outcome=Outcome(row.outcome),
        actor=row.actor,
        policy_version=row.policy_version,
        at=row.at,
        mailbox_id=row.mailbox_id,
        event_id=row.event_id,
        link_id=row.link_id,
        activity_id=row.activity_id,
        run_id=row.run_id,
        trace_id=row.trace_id,
        before=row.before,
        after=row.after,
        facts=row.facts,
        activity_version=row.activity_version,
        undo=row.undo,
    )
