"""Which activities may be the meeting that somebody looks at. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from liaison.crm.model import Activity, PersonKind
from liaison.times import When

NEAR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sought:
    """The meeting: its people's addresses, the contacts and companies behind them, and its time."""

    viewer_id: UUID
    addresses: frozenset[str]
    contact_ids: frozenset[UUID]
    company_ids: frozenset[UUID]
    when: When


def rank(candidates: Iterable[Activity], sought: Sought, limit: int) -> list[tuple[Activity, str]]:
    """The best first, each with why; what only happens to be near in time is none."""
    judged = [(activity, *_judge(activity, sought)) for activity in candidates]
    best = sorted(
        (one for one in judged if one[1]),
        key=lambda one: (-one[1], _distance(one[0], sought.when), one[0].id),
    )
    return [(activity, why) for activity, _, why in best[:limit]]


def _judge(activity: Activity, sought: Sought) -> tuple[int, str]:
    distance = _distance(activity, sought.when)
    if distance > NEAR:
        return 0, ""
    overlapping = not distance
    people = _shares_people(activity, sought)
    company = activity.company_id in sought.company_ids
    for score, why, is_so in (
        (6, "same people, same time", people and overlapping),
        (5, "same people, same day", people and _same_day(activity, sought.when)),
        (4, "same company, same time", company and overlapping),
        (3, "same time", overlapping and _is_of(activity, sought.viewer_id)),
        (2, "same people", people),
        (1, "same company", company),
    ):
        if is_so:
            return score, why
    return 0, ""


def _shares_people(activity: Activity, sought: Sought) -> bool:
    """Colleagues meet each other all day long, so they tell nothing: only people from outside count."""
    return any(
        one.address in sought.addresses or one.id in sought.contact_ids
        for one in activity.participants
        if one.kind is not PersonKind.REPRESENTATIVE
    )


def _is_of(activity: Activity, viewer_id: UUID) -> bool:
    return activity.owner_id == viewer_id or any(
        _is_viewer(one.kind, one.id, viewer_id) for one in activity.participants
    )


def _is_viewer(kind: PersonKind, person_id: UUID | None, viewer_id: UUID) -> bool:
    return kind is PersonKind.REPRESENTATIVE and person_id == viewer_id


def _distance(activity: Activity, when: When) -> timedelta:
    own = activity.when
    apart = max(own.starts_at - when.ends_at, when.starts_at - own.ends_at)
    touching = own.starts_at < when.ends_at and when.starts_at < own.ends_at
    return timedelta(0) if touching else max(apart, timedelta(seconds=1))


def _same_day(activity: Activity, when: When) -> bool:
    """On the calendar that the meeting is written in."""
    zone = ZoneInfo(when.time_zone)
    return activity.when.starts_at.astimezone(zone).date() == when.starts_at.astimezone(zone).date()


def lower(addresses: Collection[str]) -> frozenset[str]:
    """The usable ones, lower-case."""
    return frozenset(address.lower() for address in addresses if address)
