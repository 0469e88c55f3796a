"""From bytes to the lines of each component, however broken the file is."""

import codecs
import re
from dataclasses import dataclass, field

LARGEST = 32 * 1024 * 1024
FOLD = re.compile(rb"\r?\n[ \t]")
FOREIGN = (
    (b"%PDF", "This is a PDF, not an exported calendar (.ics)."),
    (b"PK\x03\x04", "This is a ZIP archive; unpack it and give one of the .ics files in it."),
    (b"{", "This looks like JSON, not like an exported calendar (.ics)."),
    (b"[", "This looks like JSON, not like an exported calendar (.ics)."),
    (b"<", "This looks like a web page or XML, not like an exported calendar (.ics)."),
    (b"BEGIN:VCARD", "This is an address book (vCard), not an exported calendar (.ics)."),
)
TOP_LEVEL = frozenset({"VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"})
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class ForeignFile(Exception):
    """The file is no calendar at all."""


@dataclass(slots=True)
class Component:
    name: str
    lines: list[str] = field(default_factory=list)
    method: str = ""
    complete: bool = False


def read_components(data: bytes) -> list[Component]:
    """The components of all calendars in the file, one after the other; a VCALENDAR holds only
    its own lines. One that the file never ends is marked as not complete."""
    splitter = _Splitter()
    for line in _unfolded_lines(data):
        splitter.take(line)
    return splitter.components


def _unfolded_lines(data: bytes) -> list[str]:
    if not data.strip():
        raise ForeignFile("The file is empty.")
    if len(data) > LARGEST:
        raise ForeignFile(f"The file is larger than {LARGEST // 1024 // 1024} MB.")
    plain = _as_single_bytes(data)
    for beginning, sentence in FOREIGN:
        if plain.lstrip().upper().startswith(beginning):
            raise ForeignFile(sentence)
    # Some writers fold within a character of several bytes, so bytes are unfolded, not text.
    text = _decoded(FOLD.sub(b"", plain)).replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.strip("\x00") for line in text.split("\n")]
    if not any(line.strip().upper() == "BEGIN:VCALENDAR" for line in lines):
        raise ForeignFile("This is no exported calendar (.ics): no line says BEGIN:VCALENDAR.")
    return lines


def _as_single_bytes(data: bytes) -> bytes:
    if data.startswith(UTF_16):
        return data.decode("utf-16", "replace").encode()
    if data[:16].count(0) >= len(data[:16]) // 2:
        order = "utf-16-be" if data[0] == 0 else "utf-16-le"
        return data.decode(order, "replace").encode()
    return data.removeprefix(codecs.BOM_UTF8)


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


class _Splitter:
    """Goes through the lines of a file and cuts it into its components."""

    def __init__(self) -> None:
        self.components: list[Component] = []
        self._calendar = Component("VCALENDAR")
        self._open: Component | None = None
        self._nested = 0

    def take(self, line: str) -> None:
        word, _, value = line.partition(":")
        word, value = word.strip().upper(), value.strip().upper()
        if word == "BEGIN" and value in TOP_LEVEL:
            self._begin(value)
        elif self._open is not None:
            self._within(self._open, word, value, line)
        elif word == "METHOD":
            self._calendar.method = value
        elif line.strip():
            self._calendar.lines.append(line)

    def _begin(self, name: str) -> None:
        """Also where the one before was never ended: it stays marked as incomplete."""
        component = Component(name, method=self._calendar.method)
        if name == "VCALENDAR":
            self._calendar, self._open = Component(name), None
            component = self._calendar
        else:
            self._open, self._nested = component, 0
        self.components.append(component)

    def _within(self, component: Component, word: str, value: str, line: str) -> None:
        if word == "END" and value in TOP_LEVEL:
            component.complete = value == component.name
            self._open = None
            return
        self._nested += word == "BEGIN"
        # What stands in an alarm belongs to the alarm; the parts of a time zone are its rules.
        if line.strip() and (not self._nested or component.name == "VTIMEZONE"):
            component.lines.append(line)
        self._nested -= word == "END" and self._nested > 0
