"""What a TZID of the file means: a known zone, the file's own definition, or an offset."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON
from tzlocal.windows_tz import win_tz

from liaison_sandbox.ical.lines import Component

OFFSET = re.compile(r"(?:\(?(?:UTC|GMT)\s*)?([+-])(\d{1,2}):?(\d{2})?\)?(?:\s.*)?", re.IGNORECASE)


class Zones:
    """The zones of one file. `local` is meant by times that name none."""

    def __init__(self, definitions: Iterable[Component], local: str) -> None:
        self.local = local
        self._own = dict(filter(None, map(_definition, definitions)))

    def find(self, name: str) -> tuple[tzinfo, str | None] | None:
        """The rules, and their IANA name where they have one."""
        known = find_known(name)
        if known is not None:
            return ZoneInfo(known), known
        if name in self._own:
            return self._own[name], None
        offset = find_offset(name)
        return None if offset is None else (offset, None)


def find_known(name: str) -> str | None:
    """IANA names, Windows names, and both behind a maker's prefix ("/maker/Europe/Berlin")."""
    parts = name.strip('"/').split("/")
    for first in range(len(parts)):
        candidate = "/".join(parts[first:])
        candidate = str(WINDOWS_TO_OLSON.get(candidate, candidate))
        if _exists(candidate):
            return candidate
        if not name.startswith("/"):
            return None
    return None


def find_twin(rules: tzinfo, local: str, around: datetime) -> str | None:
    """The known zone whose clocks show the same, the local one first."""
    samples = [around.replace(tzinfo=None) + timedelta(days=15 * n) for n in range(50)]
    shown = [rules.utcoffset(one) for one in samples]
    for name in dict.fromkeys([local, *sorted(win_tz.values())]):
        zone = ZoneInfo(name)
        if [zone.utcoffset(one) for one in samples] == shown:
            return str(name)
    return None


def find_offset(name: str) -> timezone | None:
    match = OFFSET.fullmatch(name.strip())
    if match is None or int(match[2]) > 14:  # noqa: PLR2004 - no place on earth is further off
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-offset if match[1] == "-" else offset)


def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _definition(component: Component) -> tuple[str, tzinfo] | None:
    # A name of this reading only: the library remembers every definition by name for ever,
    # and the next file may mean something else by the same name.
    name, lines = "", []
    for line in component.lines:
        if line.upper().startswith("TZID"):
            name = line.partition(":")[2].strip()
        else:
            lines.append(line)
    text = ["BEGIN:VTIMEZONE", f"TZID:{id(component)}-{name}", *lines, "END:VTIMEZONE", ""]
    try:
        return name, Timezone.from_ical("\r\n".join(text)).to_tz(lookup_tzid=False)
    except Exception:  # noqa: BLE001 - whatever the library trips over, the definition is unusable
        return None
