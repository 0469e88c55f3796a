"""Which occurrence of a series is meant, and what became of it, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from liaison.reasons.lists import join
from liaison.reasons.moments import day_words, moment_words, read_moment, span_words

Facts = Mapping[str, Any]

MOST_NAMED = 3


def occurrence_words(facts: Facts, zone: ZoneInfo, year: int) -> dict[str, str]:
    """The occurrence by its day: the occurrence of Tue 24 Nov; and how it differs: moved to Wed 25 Nov 10:00."""
    meant = _moment(facts, "originalStart", zone)
    name = f"the occurrence of {day_words(meant, year)}" if meant else "an occurrence"
    changes = [*_time(facts, meant, zone, year), *_others(facts)]
    return {"occurrence": name, "occurrence_changes": join(changes) or "changed"}


def exception_phrases(before: Facts, after: Facts, zone: ZoneInfo, year: int) -> list[str]:
    """Of a series that repeats as it did: which occurrences differ now, and how; of many only their number."""
    known = before.get("exceptions") or ()
    fresh = [one for one in after.get("exceptions") or () if one not in known]
    if not fresh:
        return ["single occurrences changed"]
    if len(fresh) > MOST_NAMED:
        return [f"{len(fresh)} single occurrences changed"]
    return [_exception(one, zone, year) for one in fresh]


def _exception(exception: Facts, zone: ZoneInfo, year: int) -> str:
    facts = {"originalStart": exception.get("originalStart"), **(exception.get("fields") or {})}
    words = occurrence_words(facts, zone, year)
    if exception.get("kind") == "cancelled":
        return f"{words['occurrence']} cancelled"
    moved = _time(facts, _moment(facts, "originalStart", zone), zone, year)
    return f"{words['occurrence']} {join(moved) or words['occurrence_changes']}"


def _time(facts: Facts, meant: date | None, zone: ZoneInfo, year: int) -> list[str]:
    start = _moment(facts, "start", zone)
    if start is None:
        return []
    end = facts.get("end")
    span = (
        span_words(facts["start"], end, zone, year)
        if end
        else moment_words(facts["start"], zone, year)
    )
    return [f"moved to {span}" if start != meant else f"changed to {span}"]


def _others(facts: Facts) -> list[str]:
    found = []
    if "subject" in facts:
        found.append(f'renamed to "{facts["subject"]}"')
    if "location" in facts:
        place = facts["location"]
        found.append(f'given the place "{place}"' if place else "left without a place")
    if "notes" in facts:
        found.append("given other notes")
    if "participants" in facts:
        found.append("given other people or answers")
    if "answers" in facts:
        found.append("given other answers")
    return found


def _moment(facts: Facts, name: str, zone: ZoneInfo) -> datetime | date | None:
    text = facts.get(name)
    return read_moment(text, zone) if text else None
