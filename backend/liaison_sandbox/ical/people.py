"""Organizer and attendees."""

import re

from liaison_sandbox.ical.model import FilePerson, Problems
from liaison_sandbox.ical.properties import Properties, Property

ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+|[^@\s<>]+@localhost")
RESPONSES = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
RESOURCES = frozenset({"ROOM", "RESOURCE"})


def read_organizer(event: Properties) -> FilePerson | None:
    value = event.find("ORGANIZER")
    return None if value is None else _person(value)


def read_attendees(event: Properties, problems: Problems) -> tuple[FilePerson, ...]:
    people: dict[str, FilePerson] = {}
    for value in event.all("ATTENDEE"):
        person = _person(value)
        if person is None:
            shown = value.parameters.get("CN") or value.text[:40]
            problems.add(f'attendee "{shown}" has no mail address; left out of the meeting')
        else:
            people.setdefault(person.address.lower(), person)
    return tuple(people.values())


def _person(value: Property) -> FilePerson | None:
    address = _address(value)
    if address is None:
        return None
    parameters = value.parameters
    return FilePerson(
        address=address,
        name=parameters.get("CN", "").strip() or address,
        type=_type(parameters),
        response=RESPONSES.get(parameters.get("PARTSTAT", "").upper(), "none"),
    )


def _address(value: Property) -> str | None:
    """Some programs leave out "mailto:", others put an address of their own and add EMAIL."""
    for text in (value.text, value.parameters.get("EMAIL", "")):
        address = re.sub(r"^mailto:", "", text.strip(), flags=re.IGNORECASE)
        if ADDRESS.fullmatch(address):
            return address
    return None


def _type(parameters: dict[str, str]) -> str:
    if parameters.get("CUTYPE", "").upper() in RESOURCES:
        return "resource"
    return "optional" if parameters.get("ROLE", "").upper() == "OPT-PARTICIPANT" else "required"
