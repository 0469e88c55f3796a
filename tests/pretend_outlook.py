"""What a person does on the sandbox's page, for tests in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page

from liaison_sandbox.person import Person
from liaison_sandbox.tenant import Tenant


@dataclass
class Outlook:
    """The page under test, and the tenant behind it."""

    page: Page
    tenant: Tenant

    def at(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    def person(self, name: str) -> Person:
        return self.tenant.person(f"{name}@nordwind.example")

    @property
    def pane(self) -> FrameLocator:
        return self.page.frame_locator('[data-testid="pane-frame"]')

    def become(self, name: str) -> None:
        self.at("field-person").select_option(label=name)

    def drag(self, source: Locator, day: str, minutes: int, *, grab: float = 0.3) -> None:
        """To a time of a day; `grab` says where on the source, in shares of its height."""
        box, column = source.bounding_box(), self.at(f"day-{day}").bounding_box()
        assert box is not None
        assert column is not None
        start = (box["x"] + box["width"] / 2, box["y"] + box["height"] * grab)
        self._mouse(start, column, minutes)

    def drag_free_time(self, day: str, first: int, last: int) -> None:
        column = self.at(f"day-{day}").bounding_box()
        assert column is not None
        start = (column["x"] + column["width"] / 2, column["y"] + column["height"] * first / 1440)
        self._mouse(start, column, last)

    def _mouse(self, start: tuple[float, float], column: Any, minutes: int) -> None:
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        end = column["y"] + column["height"] * minutes / 1440
        mouse.move(column["x"] + column["width"] / 2, end, steps=6)
        mouse.up()
