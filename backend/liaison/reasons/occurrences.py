"""Which occurrence of a series is meant, and what became of it, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from liaison.reasons.changes import join
from liaison.reasons.moments import day_words, moment_words, read_moment, span_words

Facts = Mapping[str, Any]


def occurrence_words(facts: Facts, zone: ZoneInfo, year: int) -> dict[str, str]:
    """The occurrence by its day: the occurrence of Tue 24 Nov; and how it differs: moved to Wed 25 Nov 10:00."""
    meant = _moment(facts, "originalStart", zone)
    name = f"the occurrence of {day_words(meant, year)}" if meant else "an occurrence"
    changes = [*_time(facts, meant, zone, year), *_others(facts)]
    return {"occurrence": name, "occurrence_changes": join(changes) or "changed"}


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
    return found


def _moment(facts: Facts, name: str, zone: ZoneInfo) -> datetime | date | None:
    text = facts.get(name)
    return read_moment(text, zone) if text else None
