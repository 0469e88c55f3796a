"""Names of time zones as Outlook writes them, to IANA names, and back. Pure.

Graph names zones in the Windows way, sometimes in the IANA way, and `tzone://Microsoft/Custom` where a client
defined the rules itself.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from tzlocal.windows_tz import tz_win, win_tz

_UTC_NAMES = ("utc", "etc/utc", "etc/gmt", "gmt", "z", "zulu", "tzone://microsoft/utc")


def iana_name(name: str | None) -> str | None:
    """The IANA name for a zone as Outlook calls it; None for custom and unknown ones."""
    return _names().get((name or "").strip().casefold())


def outlook_name(iana: str) -> str:
    """The Windows name, which Graph takes whichever zone it is; empty for a zone that Windows does not know."""
    return str(tz_win.get(iana) or tz_win.get(_names().get(iana.casefold(), ""), ""))


def kept_name(iana: str) -> str:
    """The IANA name that is read back once Outlook has kept this zone: Vienna's comes back as Berlin's."""
    return iana_name(outlook_name(iana)) or iana


def instant(local: datetime, zone_name: str | None) -> datetime | None:
    """The instant in UTC that a time without offset means in the named zone; None in an unknown zone."""
    if local.tzinfo is not None:
        return local.astimezone(UTC)
    zone = _zone(zone_name)
    return None if zone is None else local.replace(tzinfo=zone).astimezone(UTC)


def _zone(name: str | None) -> tzinfo | None:
    iana = iana_name(name)
    if iana is None:
        return None
    return UTC if iana == "UTC" else ZoneInfo(iana)


@cache
def _names() -> dict[str, str]:
    names = {zone.casefold(): zone for zone in available_timezones()}
    names |= {windows.casefold(): zone for windows, zone in win_tz.items()}
    return names | dict.fromkeys(_UTC_NAMES, "UTC")
