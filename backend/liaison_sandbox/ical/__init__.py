"""Reads exported calendars (iCalendar, RFC 5545) as people's programs really write them."""

from liaison_sandbox.ical.model import FileEvent, FilePerson
from liaison_sandbox.ical.reading import read_calendar

__all__ = ["FileEvent", "FilePerson", "read_calendar"]
