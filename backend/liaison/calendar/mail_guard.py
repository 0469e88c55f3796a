"""Asks an administrator before one action mails many people outside: what is too much waits, all of it. No network here.

An action is what one request of a person causes. What a run sends without such a request is together one action, so
it is gathered first, and sent or held when all of it is known. What waited when the service, the mailbox or another
policy began is of that action, whoever had asked for it before (`NoteSource.BEGINNING`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.model import NotedItem, NoteSource
from liaison.calendar.passes import Decided
from liaison.calendar.progress import Deferred, Progress
from liaison.calendar.rules.mail_budget import (
    Mailing,
    disguised,
    is_too_much,
    mailed_by,
    mailing,
    together,
)
from liaison.calendar.stores import decisions, held_mails, links, noted_outcomes
from liaison.calendar.stores.held_mails import HeldMail, SentOrNot
from liaison.calendar.stores.holds import Mailed
from liaison.db.installation import installation_key
from liaison.people import representatives
from liaison.policy.store import StoredPolicy

Mailings = Mapping[UUID, Mailing]
REQUESTS = {NoteSource.PERSON, NoteSource.CRM}


class Rest(Enum):
    """Nothing is written now: the item is done with, or it waits for the rest of what the run sends."""

    DONE = auto()
    WAITS = auto()


def admit(session: Session, run: Progress, item: NotedItem, mailings: Mailings) -> Rest | None:
    """None: go on and write. Otherwise it is held, or gathered with what the run sends."""
    whole = together(mailings.values())
    if not whole.outsiders or _is_admitted(run, whole):
        return None
    held = held_mails.read_held_mails(session, mailings)
    if held:
        return _admit_held(session, run, item, mailings, held)
    if item.source in REQUESTS:
        if not is_too_much(len(whole.outsiders), run.policy.policy):
            return None
        hold(session, run, f"item:{item.hint}", mailings)
        return Rest.DONE
    # It stays due: should the run end before it sent what it gathered, the next one gathers all of it again.
    run.deferred.append(Deferred(item, mailings))
    return Rest.WAITS


def hold_deferred(session: Session, run: Progress) -> bool:
    """Whether what the run gathered is too much; then all of it waits."""
    whole = together(one for later in run.deferred for one in later.mailings.values())
    outside = run.spent | disguised(whole.outsiders, installation_key(session))
    if not is_too_much(len(outside), run.policy.policy):
        run.mailed = whole
        return False
    mailings = {key: one for later in run.deferred for key, one in later.mailings.items()}
    hold(session, run, f"run:{run.id}", mailings)
    for later in run.deferred:
        noted_outcomes.finish_item(session, later.item)
    return True


def hold(session: Session, run: Progress, action: str, mailings: Mailings) -> None:
    """Let all of this action wait for an administrator."""
    mailed = _as_held(session, mailings)
    held_mails.hold_mails(session, run.row.id, action, mailed, run.now())
    count = len(together(mailings.values()).outsiders)
    tied = links.find_links_of_activities(session, mailings)
    entries = [
        run.this().entry(
            held_mails.REASON,
            "hold-mail",
            mailbox_id=run.row.id,
            link_id=tied[key].id if key in tied else None,
            activity_id=key,
            facts={"count": count},
        )
        for key in mailings
    ]
    decisions.log_decisions(session, entries)
    run.counts[held_mails.REASON] += len(entries)


def mailings_of(session: Session, policy: StoredPolicy, writes: list[Decided]) -> Mailings:
    """Whom each of these writes mails, by activity."""
    domains = internal_domains(session, policy)
    return {
        situation.link.activity_id: mailing(mailed_by(situation, decision), domains)
        for situation, decision in writes
        if situation.link
    }


def internal_domains(session: Session, policy: StoredPolicy) -> frozenset[str]:
    """Whose addresses are our own."""
    named = policy.policy.internal_domains
    return frozenset(representatives.list_domains(session) if named is None else named)


def _is_admitted(run: Progress, whole: Mailing) -> bool:
    """What a person added since it was gathered was not counted; of a plan only what was planned is carried out."""
    is_counted = run.permits is not None or whole.outsiders <= run.mailed.outsiders
    return run.is_admitted and is_counted


def _admit_held(
    session: Session,
    run: Progress,
    item: NotedItem,
    mailings: Mailings,
    held: Mapping[UUID, HeldMail],
) -> Rest | None:
    """What was approved goes, unless somebody outside would get mail by now of whom the administrator was not told."""
    wanted = _as_held(session, mailings)
    if all(key in held and _is_covered(held[key], one) for key, one in wanted.items()):
        return None
    waiting = {key: one for key, one in held.items() if not one.is_approved}
    for key, one in waiting.items():
        held_mails.update_held(session, one, key, wanted[key])
    others = {key: one for key, one in mailings.items() if key not in waiting}
    if others:
        held_mails.settle_mails(session, list(others), SentOrNot.GONE, run.now())
        hold(session, run, f"item:{item.hint}", others)
    return Rest.DONE


def _is_covered(held: HeldMail, wanted: Mailed) -> bool:
    return held.is_approved and wanted.outside <= held.mailed.outside


def _as_held(session: Session, mailings: Mailings) -> dict[UUID, Mailed]:
    """What is kept of whom they mail: numbers, and by what the same people are known again."""
    key = installation_key(session)
    return {
        activity_id: Mailed(len(one.people), len(one.outsiders), disguised(one.outsiders, key))
        for activity_id, one in mailings.items()
    }
