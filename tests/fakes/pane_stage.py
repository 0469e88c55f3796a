"""Puts the real pages on a stage: hosted by a frame, or by a hand-made Outlook."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import FrameLocator, Page

from fakes.pane_server import OFFICE_JS, PaneServer

HERE = Path(__file__).parent
AXE = HERE.parents[1] / "addin" / "node_modules" / "axe-core" / "axe.min.js"
NARROW = {"width": 320, "height": 720}
# When the stories of `PaneWorld` are told; its meeting lies ahead, in the same year.
NOW = "2026-11-20T09:05:00Z"
ITEM = {
    "mode": "compose",
    "itemId": "AAMkAGI2/1+2=",
    "saved": True,
    "subject": "Quarterly review",
    "start": "2026-11-24T09:00:00Z",
    "end": "2026-11-24T10:00:00Z",
    "organizer": {"name": "Anna Vogt", "address": "anna@nordwind.example"},
    "mailbox": None,
}


def host_in_frame(
    page: Page, server: PaneServer, path: str = "/panel", item: dict[str, Any] | None = ITEM
) -> FrameLocator:
    """The page at `path`, hosted as the frame protocol says."""
    mark = "&" if "?" in path else "?"
    text = (HERE / "pane_host.html").read_text()
    server.host_page = text.replace("__ITEM__", json.dumps(item)).replace(
        "__PATH__", f"{path}{mark}host=frame"
    )
    page.clock.set_fixed_time(NOW)
    page.goto(f"{server.url}/host.html")
    return page.frame_locator("#liaison")


def host_in_outlook(
    page: Page, server: PaneServer, *, bridge: str | None = "works", **wish: Any
) -> None:
    """The pane as Outlook loads it; `bridge` None leaves nested sign-in away, "all" makes it refuse."""
    serve_office(page, nested=bridge is not None, **wish)
    if bridge:
        page.add_init_script((HERE / "nested_sign_in.js").read_text())
        page.add_init_script(f"window.bridgeRefuses = {json.dumps(bridge)}")
    page.set_viewport_size({"width": 320, "height": 720})
    page.clock.set_fixed_time(NOW)
    page.goto(f"{server.url}/panel")


def serve_office(page: Page, **wish: Any) -> None:
    """A hand-made Office object at the address of Microsoft's script."""
    script = (HERE / "office.js").read_text()
    page.route(OFFICE_JS, lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page.add_init_script(f"window.officeWish = {json.dumps({'item': ITEM} | wish)}")


# Controls of Fluent arrive late, and fade between their colours in trees of their own, which the document's list leaves out.
AT_REST = """async () => {
  const unmade = [...document.querySelectorAll(':not(:defined)')];
  await Promise.all(unmade.map((one) => customElements.whenDefined(one.localName)));
  const everything = (root) => [...root.querySelectorAll('*')].flatMap(
    (one) => [one, ...(one.shadowRoot ? everything(one.shadowRoot) : [])]);
  const moving = () => everything(document).flatMap((one) => one.getAnimations()).filter(
    (one) => one.playState === 'running' && one.effect.getComputedTiming().endTime !== Infinity);
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  do {
    await drawn();
    await Promise.allSettled(moving().map((one) => one.finished));
  } while (moving().length);
}"""


def serious_problems(page: Page, frame: str | None = None) -> list[str]:
    """What axe-core calls serious or critical on the page, or in the frame of that address part."""
    place = next(f for f in page.frames if frame in f.url) if frame else page.main_frame
    place.evaluate(AT_REST)
    # The pages forbid foreign scripts; a test runs axe beside them, as a browser extension would.
    place.evaluate(AXE.read_text())
    found = place.evaluate("axe.run(document, {resultTypes: ['violations']})")
    bad = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    return [
        f"{one['id']}: {node['html']} {node['failureSummary']}"
        for one in bad
        for node in one["nodes"]
    ]


def scrolls_sideways(page: Page, frame: str | None = None) -> bool:
    place = next(f for f in page.frames if frame in f.url) if frame else page.main_frame
    return bool(
        place.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
    )
