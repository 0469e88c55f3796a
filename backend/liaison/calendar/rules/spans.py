"""Which linked meetings lie so close together that one look at the calendar shows them all. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID

from liaison.calendar.model import Link, Scope

# Fewer meetings are cheaper looked up one by one; a longer span may hold more than it saves.
CLOSE_TOGETHER = timedelta(days=28)
LONGEST = timedelta(days=62)
ENOUGH = 3
# Whole days lie otherwise in each zone.
MARGIN = timedelta(days=1)
# So many are looked up one by one before somebody else in the mailbox has his turn.
SINGLES = 10


@dataclass(frozen=True, slots=True)
class Group:
    """Links that are looked at together; without a `span` one by one."""

    links: tuple[Link, ...]
    span: tuple[datetime, datetime] | None = None


def group_links(links: Sequence[Link]) -> list[Group]:
    """Single meetings by the time at which they were last seen; what repeats, or has no known time, by itself."""
    timed: list[tuple[datetime, Link]] = []
    alone = []
    for link in links:
        if link.scope is Scope.SINGLE and link.baseline:
            timed.append((link.baseline.time.starts_at, link))
        else:
            alone.append(link)
    groups = []
    for together in _close_together(timed):
        span = _span(together)
        if len(together) >= ENOUGH and span[1] - span[0] <= LONGEST:
            groups.append(Group(tuple(together), span))
        else:
            alone += together
    starts = range(0, len(alone), SINGLES)
    return groups + [Group(tuple(alone[at : at + SINGLES])) for at in starts]


def may_govern(link: Link, mailbox_id: UUID) -> bool:
    """Whether the activity follows this mailbox's copy, as far as the remembered copies tell."""
    own = link.copy_of(mailbox_id)
    if own is None or own.is_organizer:
        return True
    read = [copy for copy in link.copies if copy.is_present and copy.is_followed]
    if any(copy.is_organizer for copy in read):
        return False
    return mailbox_id == min((copy.mailbox_id for copy in read), default=mailbox_id)


def _close_together(timed: list[tuple[datetime, Link]]) -> Iterator[list[Link]]:
    timed = sorted(timed, key=itemgetter(0))
    while timed:
        end = timed[0][0] + CLOSE_TOGETHER
        yield [link for start, link in timed if start < end]
        timed = [(start, link) for start, link in timed if start >= end]


def _span(links: Sequence[Link]) -> tuple[datetime, datetime]:
    times = [link.baseline.time for link in links if link.baseline]
    return (
        min(one.starts_at for one in times) - MARGIN,
        max(one.ends_at for one in times) + MARGIN,
    )
