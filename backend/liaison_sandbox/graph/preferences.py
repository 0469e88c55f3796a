"""The Prefer header. It holds for one request only; Graph keeps nothing of it."""

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from liaison_sandbox.problems import GraphProblem
from liaison_sandbox.zones import find_zone

_PREFERENCE = re.compile(r'([\w.\-]+)\s*=\s*("[^"]*"|[^,;\s]+)')


@dataclass(frozen=True, slots=True)
class Preferences:
    immutable_ids: bool = False
    zone_name: str = "UTC"
    zone: ZoneInfo | None = None
    text_bodies: bool = False
    page_size: int | None = None
    applied: str = ""


def read_preferences(header: str) -> Preferences:
    """Unknown preferences are passed over; an unknown time zone is refused."""
    given = {name.lower(): value.strip('"') for name, value in _PREFERENCE.findall(header)}
    zone_name = given.get("outlook.timezone", "UTC")
    size = given.get("odata.maxpagesize", "")
    return Preferences(
        immutable_ids=given.get("idtype", "").lower() == "immutableid",
        zone_name=zone_name,
        zone=known_zone(zone_name) if zone_name != "UTC" else None,
        text_bodies=given.get("outlook.body-content-type", "").lower() == "text",
        page_size=int(size) if size.isdigit() and int(size) > 0 else None,
        applied=header,
    )


def known_zone(name: str) -> ZoneInfo:
    zone = find_zone(name)
    if zone is None:
        raise GraphProblem(
            400,
            "TimeZoneNotSupportedException",
            "A valid TimeZone value must be specified. The following TimeZone value is not "
            f"supported: '{name}'.",
        )
    return zone
