"""Whose mailboxes an initial sync reads, and whom applying its plan activates. No network here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.mailbox_switch import representative_switched
from liaison.calendar.stores import initial_runs, mailboxes
from liaison.errors import InvalidRequest, NotFound
from liaison.people.model import Representative
from liaison.people.representatives import (
    change_representative,
    find_representatives,
    list_representatives,
)

NOBODY = "Names nobody whose mailbox could be read."


def choose_owners(
    session: Session, ids: Sequence[UUID] | None, *, dry_run: bool, active_only: bool
) -> list[Representative]:
    """The people with these ids; None: everybody. Raises `NotFound`, `InvalidRequest`."""
    if ids is not None:
        chosen = _named(session, ids)
    else:
        chosen = list_everybody(session, dry_run=dry_run, active_only=active_only)
    if not chosen:
        raise InvalidRequest(errors={"representativeIds": [NOBODY]})
    return chosen


def list_everybody(
    session: Session, *, dry_run: bool, active_only: bool = False
) -> list[Representative]:
    """Everybody who is active, and in a dry run who is not active yet, unless `active_only`.

    Whom an administrator switched off is only taken by name.
    """
    complete = [one for one in list_representatives(session) if one.is_complete]
    active = [one for one in complete if one.is_synced]
    if active_only or not dry_run:
        return active
    ever_followed = mailboxes.find_known(session, [one.id for one in complete])
    return [one for one in complete if one.is_synced or _is_not_active_yet(one, ever_followed)]


def list_to_activate(session: Session, run_id: UUID) -> list[Representative]:
    """Whom applying this plan would activate now. Who changed since the plan was made is left as he is."""
    versions = {
        one.mailbox_id: one.activates
        for one in initial_runs.list_mailboxes(session, run_id)
        if one.activates is not None and not one.is_done
    }
    owners = find_representatives(session, versions)
    return [
        owner for key, owner in sorted(owners.items()) if _may_be_activated(owner, versions[key])
    ]


def activate_people(session: Session, run_id: UUID, *, actor: str, now: datetime) -> int:
    """Switch on whom the plan took for active; how many.

    Their mailboxes are due at once, but no ordinary run looks at them before the plan does. Raises `VersionMismatch`.
    """
    waiting = list_to_activate(session, run_id)
    for one in waiting:
        active = change_representative(
            session, one.id, if_version=one.version, actor=actor, sync_active=True
        )
        representative_switched(session, active, now)
    return len(waiting)


def _may_be_activated(one: Representative, planned_version: int) -> bool:
    is_same = one.version == planned_version
    return is_same and not one.sync_active and one.may_be_synced and one.is_complete


def _named(session: Session, ids: Sequence[UUID]) -> list[Representative]:
    found = find_representatives(session, ids)
    if len(found) < len(set(ids)):
        raise NotFound
    return list(found.values())


def _is_not_active_yet(one: Representative, ever_followed: Collection[UUID]) -> bool:
    return one.may_be_synced and one.id not in ever_followed
