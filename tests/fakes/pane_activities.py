"""An activity's page on the stage, linked or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import FrameLocator, Page

from fakes.pane_server import PaneServer
from fakes.pane_stage import host_in_frame
from fakes.pane_world import ANNA, an_activity

AHEAD = {"start": "2099-11-24T10:00:00+01:00", "end": "2099-11-24T11:00:00+01:00"}
GUESTS = [
    {"kind": "representative", "id": ANNA["id"], "name": "Anna Vogt", "address": ANNA["address"], "role": "required", "response": "organizer", "invite": None, "outlook": "none"},
    {"kind": "representative", "id": "r2", "name": "Bo Lind", "address": "bo@nordwind.example", "role": "required", "response": "none", "invite": None, "outlook": "none"},
    {"kind": "contact", "id": "c1", "name": "Ines Moreau", "address": "ines@contoso.example", "role": "required", "response": "none", "invite": True, "outlook": "pending"},
    {"kind": "contact", "id": "c2", "name": "Jon Okafor", "address": "jon@contoso.example", "role": "required", "response": "none", "invite": None, "outlook": "none"},
]  # fmt: skip


@contextmanager
def crm_server() -> Iterator[PaneServer]:
    """Nobody is known besides Anna, and what ends in the CRM stays in Outlook."""
    with PaneServer() as server:
        server.world.me["policy"] = {"onCrmDelete": "leave"}
        server.world.lists = {"companies": [], "contacts": [], "representatives": []}
        yield server


def opened(page: Page, server: PaneServer, **changes: Any) -> FrameLocator:
    """The page of an activity that lies ahead."""
    activity = server.world.add(an_activity(**(AHEAD | changes)))
    return host_in_frame(page, server, f"/crm/activities/{activity['id']}")


def linked(page: Page, server: PaneServer, link: dict[str, Any], **changes: Any) -> FrameLocator:
    """The page of an activity that is linked."""
    activity = server.world.add(an_activity(**(AHEAD | changes)))
    server.world.link_with(activity, **link)
    return host_in_frame(page, server, f"/crm/activities/{activity['id']}")
