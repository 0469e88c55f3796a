"""The pane's first paint in Chromium."""

from __future__ import annotations

import os
import statistics

from playwright.sync_api import Browser, sync_playwright

from bench.stage import open_stage
from bench.table import Line, milliseconds

PAINTED = """() => new Promise(resolve => {
    const found = () => performance.getEntriesByName("first-contentful-paint")[0];
    const look = () => found() ? resolve(found().startTime) : setTimeout(look, 5);
    look();
})"""


def first_paint(template: str, times: int) -> list[Line]:
    """With nothing in the browser's cache, and again with it."""
    with open_stage(template) as stage, stage.web() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            # As `make bench` finds it; without one that of playwright itself.
            executable_path=os.environ.get("CHROMIUM"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        pairs = [_paints(browser, f"{address}/panel?host=frame") for _ in range(times + 1)][1:]
        browser.close()
    cold, warm = (statistics.median(each) for each in zip(*pairs, strict=True))
    figure = f"{milliseconds(cold)} with an empty cache, {milliseconds(warm)} after that"
    return [Line("the pane's first paint", figure, "500 ms")]


def _paints(browser: Browser, address: str) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    seconds = []
    for _ in range(2):
        page.goto(address)
        seconds.append(page.evaluate(PAINTED) / 1000)
    context.close()
    return seconds[0], seconds[1]
