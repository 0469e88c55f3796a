"""Plays an initial sync within one transaction that is rolled back: the very decisions of a real one, nothing written.

What single events look like is not known before the play asks for them; it is then read, and the play begun anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from liaison.calendar.departing import Way, depart
from liaison.calendar.freezing import resume_mailbox
from liaison.calendar.initial_sync.play import Play, kept
from liaison.calendar.initial_sync.reading import Reading, Window, look_at
from liaison.calendar.marked_round import note_unlinked
from liaison.calendar.model import NotedItem, NoteSource
from liaison.calendar.outgoing import activity_of, is_outgoing, note_waiting
from liaison.calendar.progress import Progress
from liaison.calendar.rounds import settle_page
from liaison.calendar.rules.outgoing import Step
from liaison.calendar.rules.plan import PlannedItem, planned_event
from liaison.calendar.rules.situation import Observation
from liaison.calendar.settle import settle
from liaison.calendar.stores import mailboxes, noted, noted_outcomes, reconciles, unlinked_copies
from liaison.calendar.stores.hold_tables import HeldLinkRow, HeldMailRow, HoldRow
from liaison.calendar.stores.tables import (
    CopyRow,
    LinkRow,
    MailboxRow,
    NotedItemRow,
    UnlinkedCopyRow,
)
from liaison.calendar.tools import Tools
from liaison.crm.port import Crm
from liaison.db.shadows import cast_shadows
from liaison.outlook.model import DeltaItem, DeltaPage
from liaison.people.representatives import change_representative, get_representative
from liaison.people.tables import RepresentativeRow

# What webhooks, people's edits and other runs write at any moment, and what refers to it.
WRITTEN = (
    RepresentativeRow,
    MailboxRow,
    NotedItemRow,
    UnlinkedCopyRow,
    LinkRow,
    CopyRow,
    HoldRow,
    HeldLinkRow,
    HeldMailRow,
)
AT_ONCE = 200
# Looking at one event may ask for another one; whatever asks without end is no plan.
PLAYS = 6
TURNS = 20

log = structlog.get_logger(__name__)


def rehearse(tools: Tools, readings: Sequence[Reading], window: Window, actor: str) -> Play:
    """What an initial sync over these mailboxes would do. Nothing is written, no cursor moves, nobody is woken."""
    play = _play(tools, readings, window, actor)
    for _ in range(PLAYS):
        if not play.wanted:
            break
        for reading, item in play.wanted:
            look_at(reading, item)
        play = _play(tools, readings, window, actor)
    return play


def _play(tools: Tools, readings: Sequence[Reading], window: Window, actor: str) -> Play:
    play = Play()
    with tools.database.rehearsal() as session:
        cast_shadows(session, WRITTEN)
        crm = tools.crm.rehearse(session)
        for reading in readings:
            _make_active(session, reading, actor, play)
        runs = [(reading, _begin(session, reading, crm, window, play)) for reading in readings]
        for reading, run in runs:
            _read_round(session, reading.pages(), run)
        for _ in range(TURNS):
            looked = [_look_at_due(session, reading, run, play) for reading, run in runs]
            if not any(looked):
                break
        for _, run in runs:
            play.counts += run.counts
    play.items = kept(play.items)
    # Counted is what is listed, and what has no item of its own.
    play.counts += Counter(one.reason for one in play.items)
    play.counts -= play.told
    return play


def foresee_event(session: Session, run: Progress, item: NotedItem) -> PlannedItem | None:
    """The event that would be made of the activity that waits; None where nothing is made of it."""
    way = depart(session, run, activity_of(item))
    if not isinstance(way, Way) or way.step is not Step.CREATE or way.draft is None:
        return None
    [activity] = run.tools.crm.find_activities(session, [way.activity_id]).values()
    return planned_event(run.row.id, item.event_id, activity, way.draft)


def _make_active(session: Session, reading: Reading, actor: str, play: Play) -> None:
    """As if everybody were active, whoever is not yet."""
    owner = get_representative(session, reading.run.row.id)
    if not owner.sync_active:
        play.activates[owner.id] = owner.version
        change_representative(
            session, owner.id, if_version=owner.version, actor=actor, sync_active=True
        )
    mailboxes.follow_mailbox(session, owner.id, reading.run.now())


def _begin(session: Session, reading: Reading, crm: Crm, window: Window, play: Play) -> Progress:
    """A run of the play: on a full round over the window, its links resumed where the mailbox was lost."""
    start, end = window
    known = reading.run
    now = known.now()
    epoch = {"window_start": start, "window_end": end, "epoch_at": now, "is_followed": True}
    mailboxes.save_mailbox(session, known.row.id, epoch | {"unavailable_since": None})
    # Categories mail nobody and are no part of a plan: no event is read for their sake.
    policy = replace(known.policy, policy=replace(known.policy.policy, mark=False))
    run = replace(
        known,
        tools=replace(known.tools, crm=crm),
        policy=policy,
        row=mailboxes.get_mailbox(session, known.row.id),
        epoch=now,
        covered=set(),
        counts=Counter(),
        ages=[],
        hear=play.hear,
    )
    if run.row.resumed_at or known.row.unavailable_since:
        run.counts["link-resumed"] += resume_mailbox(session, run.row.id, run.this())
    return run


def _read_round(session: Session, pages: Iterable[DeltaPage], run: Progress) -> None:
    """The round, and then the links that it did not return."""
    if run.markers:
        note_unlinked(session, run, run.markers)
    for page in pages:
        if not _goes_well(session, partial(settle_page, session, run, page)):
            for item in page.items:
                _settle_alone(session, run, item)
    now, mailbox_id = run.now(), run.row.id
    linked = unlinked_copies.take_linked(session, mailbox_id)
    noted.note_events(session, mailbox_id, linked, NoteSource.LINK, now)
    note_waiting(session, run)
    unreturned = reconciles.list_unreturned_events(session, mailbox_id, run.epoch)
    noted.note_events(session, mailbox_id, unreturned, NoteSource.DELTA, now)


def _settle_alone(session: Session, run: Progress, item: DeltaItem) -> None:
    """One bad event stops nobody else; it is counted as a run would list it."""
    page = DeltaPage((item,), next_link=None, delta_link=None)
    if not _goes_well(session, partial(settle_page, session, run, page)):
        run.counts["failed-permanent"] += 1


def _look_at_due(session: Session, reading: Reading, run: Progress, play: Play) -> bool:
    """Whether anything was due."""
    due = noted.list_due_items(session, run.row.id, run.now(), AT_ONCE)
    for item in due:
        if is_outgoing(item):
            play.items += [one for one in [foresee_event(session, run, item)] if one]
        elif item.event_id not in reading.looks:
            play.wanted.append((reading, item))
        elif seen := reading.looks[item.event_id]:
            look = partial(_settle_look, session, run, seen, item)
            run.counts["failed-permanent"] += not _goes_well(session, look)
        noted_outcomes.finish_item(session, item)
    return bool(due)


def _settle_look(session: Session, run: Progress, seen: Observation, item: NotedItem) -> None:
    this = run.this(was_pushed=item.source is not NoteSource.DELTA)
    run.add(session, settle(session, run.tools.crm, run.row.id, [seen], run.policy, this))


def _goes_well(session: Session, act: Callable[[], None]) -> bool:
    try:
        with session.begin_nested():
            act()
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one event
        log.warning("rehearsal-failed", error=type(error).__name__)
        return False
    return True
