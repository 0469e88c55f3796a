from collections.abc import Iterable
from datetime import datetime

from liaison_sandbox.ical.lines import Component, ForeignFile, read_components
from liaison_sandbox.ical.model import FileEvent, LeftOut, Problems
from liaison_sandbox.ical.people import read_attendees, read_organizer
from liaison_sandbox.ical.properties import Properties
from liaison_sandbox.ical.repeating import original_of, read_repetition
from liaison_sandbox.ical.shelf import Shelf
from liaison_sandbox.ical.times import read_span
from liaison_sandbox.ical.zones import Zones, find_known

WANTED = frozenset(
    [
        "UID",
        "SEQUENCE",
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DURATION",
        "LOCATION",
        "DESCRIPTION",
        "ORGANIZER",
        "ATTENDEE",
        "CLASS",
        "CATEGORIES",
        "STATUS",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
    ],
)
SENSITIVITIES = {"PRIVATE": "private", "CONFIDENTIAL": "confidential"}


def read_calendar(
    data: bytes, *, now: datetime, time_zone: str = "UTC"
) -> tuple[list[FileEvent], list[str]]:
    """The sound events of the file, and one sentence for each thing that is not sound.

    Never raises for what a file contains. Times without a zone are meant in the file's own
    X-WR-TIMEZONE, else in `time_zone`.
    """
    try:
        components = read_components(data)
    except ForeignFile as foreign:
        return [], [str(foreign)]
    zones = Zones(_named("VTIMEZONE", components), _local_zone(components, time_zone))
    events, sentences = _read_events(_named("VEVENT", components), zones, now)
    return events, [*sentences, *_remarks(components, bool(events or sentences))]


def _named(name: str, components: Iterable[Component]) -> list[Component]:
    return [component for component in components if component.name == name]


def _local_zone(components: list[Component], default: str) -> str:
    for calendar in _named("VCALENDAR", components):
        said = Properties(calendar.lines, frozenset({"X-WR-TIMEZONE"})).text("X-WR-TIMEZONE")
        known = find_known(said) if said else None
        if known is not None:
            return known
    return default


def _read_events(
    components: list[Component], zones: Zones, now: datetime
) -> tuple[list[FileEvent], list[str]]:
    shelf = Shelf()
    told: list[Problems] = []
    for number, component in enumerate(components, start=1):
        properties = Properties(component.lines, WANTED)
        problems = Problems(_label(number, properties.text("SUMMARY")))
        told.append(problems)
        try:
            if _cancels(component, properties):
                _cancel(shelf, properties, zones)
            event = _read_event(component, properties, problems, zones, now)
            original = original_of(properties, zones, problems)
            if original is None:
                shelf.put(number, read_repetition(event, properties, zones, problems), problems)
            else:
                shelf.put_changed(number, event, original, problems)
        except LeftOut as reason:
            problems.add(f"{reason}; left out")
    events = shelf.empty()
    return events, [sentence for problems in told for sentence in problems.sentences]


def _cancel(shelf: Shelf, properties: Properties, zones: Zones) -> None:
    """The whole meeting, or of a series the one that RECURRENCE-ID names."""
    if "RECURRENCE-ID" not in properties:
        shelf.cancel(properties.text("UID"), None)
        raise LeftOut("it is cancelled")
    original = original_of(properties, zones, Problems(""))
    if original is not None:
        shelf.cancel(properties.text("UID"), original)
    raise LeftOut("this one meeting of the series is cancelled")


def _label(number: int, subject: str) -> str:
    shown = subject if len(subject) <= 60 else subject[:59] + "…"  # noqa: PLR2004 - one line
    return f'Event {number} ("{shown}")' if shown else f"Event {number}"


def _read_event(
    component: Component, properties: Properties, problems: Problems, zones: Zones, now: datetime
) -> FileEvent:
    if not component.complete:
        raise LeftOut("the file breaks off in the middle of it")
    for line in properties.unreadable:
        problems.add(f'the line "{line[:40]}" cannot be read and is ignored')
    span = read_span(properties, zones, problems, now)
    return FileEvent(
        subject=properties.text("SUMMARY"),
        start=span.start,
        end=span.end,
        all_day=span.all_day,
        time_zone=span.time_zone,
        uid=properties.text("UID") or None,
        sequence=_number(properties.text("SEQUENCE")),
        location=properties.text("LOCATION"),
        body=properties.text("DESCRIPTION"),
        organizer=read_organizer(properties),
        attendees=read_attendees(properties, problems),
        sensitivity=SENSITIVITIES.get(properties.text("CLASS").upper(), "normal"),
        categories=_categories(properties),
    )


def _cancels(component: Component, properties: Properties) -> bool:
    return component.method == "CANCEL" or properties.text("STATUS").upper() == "CANCELLED"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _categories(properties: Properties) -> tuple[str, ...]:
    texts = [value.text for value in properties.all("CATEGORIES")]
    return tuple(part.strip() for text in texts for part in text.split(",") if part.strip())


def _remarks(components: list[Component], any_event: bool) -> list[str]:  # noqa: FBT001 - private
    remarks = []
    if not any_event:
        remarks.append("The calendar has no events.")
    tasks = len(_named("VTODO", components))
    if tasks:
        remarks.append(f"{tasks} tasks are left out; only meetings are loaded.")
    return remarks
