"""Moments as people write them: Mon 23 Nov 10:00. Pure, and the same whatever the machine's language is."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment_words(text: str, zone: ZoneInfo, year: int) -> str:
    """A stored instant or date in words. The year is said where it is another than `year`."""
    moment = read_moment(text, zone)
    clock = f" {moment:%H:%M}" if isinstance(moment, datetime) else ""
    return day_words(moment, year) + clock


def span_words(start: str, end: str, zone: ZoneInfo, year: int) -> str:
    """From when to when: Mon 23 Nov 10:00-11:00, Mon 23 Nov until Wed 25 Nov."""
    first, last = read_moment(start, zone), read_moment(end, zone)
    begin, finish = moment_words(start, zone, year), moment_words(end, zone, year)
    if day_words(first, year) != day_words(last, year):
        return f"{begin} until {finish}"
    return f"{begin}-{last:%H:%M}" if isinstance(last, datetime) else begin


def later_words(text: str, now: datetime, zone: ZoneInfo) -> str:
    """When something will be done: at 10:02, on Mon 23 Nov at 10:02."""
    moment, today = datetime.fromisoformat(text).astimezone(zone), now.astimezone(zone)
    clock = f"at {moment:%H:%M}"
    return clock if moment.date() == today.date() else f"on {day_words(moment, today.year)} {clock}"


def read_moment(text: str, zone: ZoneInfo) -> datetime | date:
    """The stored instant in this zone, or the date."""
    return (
        datetime.fromisoformat(text).astimezone(zone) if "T" in text else date.fromisoformat(text)
    )


def day_words(moment: date, year: int) -> str:
    """A day: Mon 23 Nov. The year is said where it is another than `year`."""
    words = f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]}"
    return words if moment.year == year else f"{words} {moment.year}"
