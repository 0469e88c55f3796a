"""The policy in the database: one record, every version kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from liaison.db.audit import record_act
from liaison.errors import VersionMismatch
from liaison.policy.changes import changed_policy, preset_wishes, stored_policy
from liaison.policy.keys import policy_as_json
from liaison.policy.presets import DELIVERED
from liaison.policy.settings import Policy
from liaison.policy.tables import PolicyRow


@dataclass(frozen=True, slots=True)
class StoredPolicy:
    """The policy in force since its version was saved."""

    policy: Policy
    version: int
    changed_at: datetime | None = None
    changed_by: str | None = None


FIRST = StoredPolicy(DELIVERED, 1)


def read_policy(session: Session) -> StoredPolicy:
    """The policy in force; version 1 is the one delivered."""
    row = session.scalar(select(PolicyRow).order_by(PolicyRow.version.desc()).limit(1))
    return FIRST if row is None else _stored(row)


def save_policy(
    session: Session, wishes: Mapping[str, Any], *, if_version: int, actor: str
) -> StoredPolicy:
    """Change some keys. Raises `VersionMismatch`, `InvalidRequest`, `NotAvailableYet`; without a change nothing is saved."""
    now = read_policy(session)
    if now.version != if_version:
        raise VersionMismatch(version=now.version)
    policy = wished_policy(session, wishes)
    if policy == now.policy:
        return now
    saved = session.scalar(
        insert(PolicyRow)
        .values(version=now.version + 1, keys=policy_as_json(policy), changed_by=actor)
        .on_conflict_do_nothing()
        .returning(PolicyRow)
    )
    if saved is None:
        raise VersionMismatch
    record_act(
        session, actor, "policy-changed", f"version {saved.version}", _difference(now, saved)
    )
    return _stored(saved)


def wished_policy(session: Session, wishes: Mapping[str, Any]) -> Policy:
    """The policy in force with these keys changed; nothing is saved. Raises `InvalidRequest`, `NotAvailableYet`."""
    today = session.execute(select(func.current_date())).scalar_one()
    return changed_policy(read_policy(session).policy, wishes, today)


def save_preset(session: Session, name: str, *, if_version: int, actor: str) -> StoredPolicy:
    """Take all values of a preset that this version carries out. Raises like `save_policy`."""
    return save_policy(session, preset_wishes(name), if_version=if_version, actor=actor)


def _difference(before: StoredPolicy, saved: PolicyRow) -> dict[str, Any]:
    old = policy_as_json(before.policy)
    return {
        key: {"before": old[key], "after": value}
        for key, value in saved.keys.items()
        if old[key] != value
    }


def _stored(row: PolicyRow) -> StoredPolicy:
    return StoredPolicy(stored_policy(row.keys), row.version, row.changed_at, row.changed_by)
