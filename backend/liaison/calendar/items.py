"""Looks at the noted items of a mailbox that are due: one bad item never stops another."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from liaison.calendar.identity import ask_for_round, event_to_look_at
from liaison.calendar.labelling import labelled, labels_after, mark_failed, note_made, put_on
from liaison.calendar.looking_ahead import Glance, take_in_turn
from liaison.calendar.mail_guard import Rest, admit, hold_deferred, mailings_of
from liaison.calendar.model import NotedItem, NoteSource
from liaison.calendar.outgoing import bring_out, is_outgoing
from liaison.calendar.progress import Progress
from liaison.calendar.rules.failures import judge_failure
from liaison.calendar.rules.labels import Labels
from liaison.calendar.rules.reported import as_reported
from liaison.calendar.rules.situation import NotFound, Observation
from liaison.calendar.settle import Settled, settle
from liaison.calendar.stores import links, noted, noted_outcomes
from liaison.calendar.stores.held_mails import SentOrNot, settle_mails
from liaison.calendar.writing import desk_of, write
from liaison.errors import (
    ConsentMissing,
    EventChangedMeanwhile,
    GatewayError,
    GatewayTimeout,
    GatewayUnavailable,
    MailboxUnavailable,
    Throttled,
)

AT_ONCE = 200
# After so many in a row it may not be the items: the mailbox itself is asked whether it answers.
FAILURES_IN_A_ROW = 3
# So often at most is an event looked at in a row because somebody changed it before our write.
LOOKS = 3


def look_at_due_items(run: Progress) -> None:
    """Look at what is due. Raises `GatewayError` for what concerns the mailbox as a whole.

    While something is gathered that would mail people, all that is due is looked at: it is together one action.
    """
    while _look_at(run, _list_due(run)) == AT_ONCE and run.deferred:
        pass


def look_at_few(run: Progress, most: int) -> bool:
    """Look at what is due unless that is more than `most`; whether it was looked at. Raises as `look_at_due_items`."""
    due = _list_due(run)
    if len(due) > most:
        return False
    _look_at(run, due)
    return True


def _list_due(run: Progress) -> list[NotedItem]:
    now, gathered = run.now(), run.gathered
    with run.tools.database.transaction() as session:
        return noted.list_due_items(session, run.row.id, now, AT_ONCE, besides=gathered)


def _look_at(run: Progress, due: Sequence[NotedItem]) -> int:
    """How many they were."""
    failures = 0
    for glance in take_in_turn(run, due):
        failures = 0 if _settle_item(run, glance) else failures + 1
        if failures >= FAILURES_IN_A_ROW:
            run.tools.outlook.directory.probe_mailbox(run.mailbox)
            failures = 0
    return len(due)


def look_at_item(run: Progress, item: NotedItem) -> bool:
    """Whether Microsoft 365 answered. A failure is noted with the item, though it may be the mailbox's as well."""
    return _settle_item(run, Glance(item))


def _settle_item(run: Progress, glance: Glance) -> bool:
    item = glance.item
    try:
        _look(run, item, glance.take())
    except (Throttled, OperationalError):
        raise
    except MailboxUnavailable:
        _note_failure(run, item, run.observer.of_one_item())
    except GatewayError as error:
        if error.is_of_sign_in:
            raise
        if isinstance(error, ConsentMissing):
            # Perhaps only what is written lacks it; where reading does, nothing else need be tried.
            run.tools.outlook.directory.probe_mailbox(run.mailbox)
        _note_failure(run, item, error)
        return not isinstance(error, GatewayTimeout | GatewayUnavailable)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one item, the others go on
        run.quarantine(item.event_id, error, item)
    return True


def _look(run: Progress, item: NotedItem, seen: Observation | None) -> None:
    if seen is not None:
        _look_until_written(run, item, item.event_id, seen)
        return
    if is_outgoing(item):
        bring_out(run, item)
        return
    event_id = event_to_look_at(run, item)
    if event_id is None:
        _pass_over(run, item)
    else:
        _look_until_written(run, item, event_id)


def _pass_over(run: Progress, item: NotedItem) -> None:
    run.counts["not-linked"] += 1
    with run.tools.database.transaction() as session:
        noted_outcomes.finish_item(session, item)


def _look_until_written(
    run: Progress, item: NotedItem, event_id: str, seen: Observation | None = None
) -> None:
    """Somebody may be faster than our write: then look again at once, but not for ever."""
    for left in reversed(range(LOOKS)):
        try:
            fresh = seen or run.observer.observe(event_id, item.seen_absent_at)
            _settle(run, item, _reported(run, item, fresh))
        except EventChangedMeanwhile:
            if not left:
                raise
            seen = None
        else:
            return


def _reported(run: Progress, item: NotedItem, seen: Observation) -> Observation:
    if item.source is not NoteSource.DELTA:
        return seen
    return as_reported(seen, (run.row.window_start, run.row.window_end))


def _settle(run: Progress, item: NotedItem, observation: Observation) -> None:
    """While something is written to Outlook the item waits, so that nothing is lost should we end in between."""
    this = run.this(was_pushed=item.source is not NoteSource.DELTA)
    with run.tools.database.transaction() as session:
        settled = settle(session, run.tools.crm, run.row.id, [observation], run.policy, this)
        run.add(session, settled)
        labels = labels_after(settled, run.tools.public_url)
        rest = _rest(session, run, item, settled)
        if rest is Rest.DONE and not labels:
            noted_outcomes.finish_item(session, item)
        note_made(session, run.row.id, settled, this.now)
    if isinstance(observation, NotFound) and not any(one.link for one, _ in settled.decided):
        ask_for_round(run)
    if rest is None or labels:
        _write(run, item, settled, rest, labels)


def _rest(session: Session, run: Progress, item: NotedItem, settled: Settled) -> Rest | None:
    """None: something is to be written, and may be."""
    if settled.writes:
        return admit(session, run, item, mailings_of(session, run.policy, settled.writes))
    settle_mails(session, settled.activities, SentOrNot.GONE, run.now())
    return Rest.DONE


def _write(
    run: Progress, item: NotedItem, settled: Settled, rest: Rest | None, labels: Sequence[Labels]
) -> None:
    if rest is None:
        write(desk_of(run), settled.writes)
    done = put_on(run.tools, run.mailbox, labels)
    with run.tools.database.transaction() as session:
        run.add(session, labelled(session, run.row.id, done, run.this()))
        if rest is None:
            settle_mails(session, settled.activities, SentOrNot.SENT, run.now())
        if rest is not Rest.WAITS:
            noted_outcomes.finish_item(session, item)


def send_deferred(run: Progress) -> None:
    """What the run gathered is sent now that all of it is known, or waits for an administrator."""
    if not run.deferred or run.gathers:
        return
    with run.tools.database.transaction() as session:
        is_held = hold_deferred(session, run)
    later, run.deferred = run.deferred, []
    if is_held:
        return
    run.is_admitted = True
    for one in later:
        look_at_item(run, one.item)


def _note_failure(run: Progress, item: NotedItem, error: GatewayError) -> None:
    failure = judge_failure(
        error, item.attempts + 1, run.policy.policy, run.now(), run.tools.jitter()
    )
    with run.tools.database.transaction() as session:
        if failure.next_at is None:
            noted_outcomes.bury_item(session, item, error.code)
        else:
            noted_outcomes.postpone_item(session, item, failure.next_at, error=error.code)
        run.log_failure(session, item.event_id, failure.reason, failure.facts)
    if failure.next_at is None and run.policy.policy.mark:
        _mark_failed(run, item.event_id)


def _mark_failed(run: Progress, event_id: str) -> None:
    with run.tools.database.transaction() as session:
        found = links.find_links_by_events(session, run.row.id, [event_id]).get(event_id)
    if found is None or found.awaits_event or found.original_start is not None:
        return
    done = mark_failed(run.tools, run.mailbox, found, event_id)
    with run.tools.database.transaction() as session:
        run.add(session, labelled(session, run.row.id, done, run.this()))
