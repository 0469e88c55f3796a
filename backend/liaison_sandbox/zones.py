"""Time zones under the two names Graph accepts, and its way of writing a moment."""

import re
from datetime import UTC, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from tzlocal.windows_tz import tz_win, win_tz

_WRITTEN = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$")


@cache
def find_zone(name: str) -> ZoneInfo | None:
    """Knows Windows names and IANA names, as Graph does; everything else is None."""
    if name in win_tz:
        return ZoneInfo(win_tz[name])
    return ZoneInfo(name) if name in available_timezones() else None


def windows_name(name: str) -> str:
    """Exchange keeps the Windows name, whichever form was sent."""
    if name in win_tz or name == "UTC":
        return name
    return str(tz_win.get(name, name))


def write_moment(moment: datetime, zone: tzinfo | None) -> str:
    """A dateTime value: no offset, seven fractional digits."""
    local = moment.astimezone(zone or UTC).replace(tzinfo=None)
    return local.isoformat(timespec="microseconds") + "0"


def write_instant(moment: datetime) -> str:
    """A DateTimeOffset value such as lastModifiedDateTime."""
    return write_moment(moment, UTC) + "Z"


def read_moment(text: str) -> datetime | None:
    """A date-time as a client writes it: naive unless it carries an offset; None if it is none."""
    match = _WRITTEN.match(text)
    if match is None:
        return None
    whole, fraction, offset = match.groups()
    try:
        moment = datetime.fromisoformat(whole + (offset or ""))
    except ValueError:
        return None
    return moment.replace(microsecond=int((fraction or "0").ljust(6, "0")[:6]))
