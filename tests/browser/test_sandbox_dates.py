"""The page's reckoning with days and zones, run in the browser that will run it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from liaison_sandbox.pages import create_pages
from liaison_sandbox.tenant import Tenant
from liaison_sandbox.wsgi_server import WsgiServer

Run = Callable[[str, str], Any]


@pytest.fixture
def run(page: Page) -> Iterator[Run]:
    """Evaluates an expression in which `m` is the module of that name."""
    app = create_pages(Tenant.create(), token_for=lambda address, **_: address)
    server = WsgiServer(app.wsgi_app, 0)
    server.start()
    page.goto(f"http://localhost:{server.server_port}/static/icon.svg")
    yield lambda module, expression: page.evaluate(
        f"import('/static/{module}').then((m) => ({expression}))"
    )
    server.stop()


@pytest.mark.parametrize(
    ("day", "minutes", "instant"),
    [
        ("2026-11-24", 600, "2026-11-24T09:00:00Z"),
        ("2026-07-01", 600, "2026-07-01T08:00:00Z"),
        ("2026-03-29", 180, "2026-03-29T01:00:00Z"),
        ("2026-10-25", 240, "2026-10-25T03:00:00Z"),
        ("2026-10-25", 0, "2026-10-24T22:00:00Z"),
    ],
)
def test_a_time_on_the_wall_is_an_instant_also_when_the_clock_changes(
    run: Run, day: str, minutes: int, instant: str
):
    there = run("lib/dates.js", f"m.instantOf('{day}', {minutes}, 'Europe/Berlin')")
    back = run("lib/dates.js", f"m.wallClock('{instant}', 'Europe/Berlin')")

    assert there == instant
    assert back == {"day": day, "minutes": minutes}


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026-11-26", "2026-11-23"),
        ("2026-11-27", "2026-11-30"),
        ("2026-11-29", "2026-11-30"),
    ],
)
def test_from_friday_on_the_coming_week_is_shown(run: Run, day: str, monday: str):
    assert run("lib/dates.js", f"m.weekToShow('{day}')") == monday


def test_a_moved_meeting_keeps_its_length_over_midnight(run: Run):
    wall = "{startDay: '2026-11-24', startMinutes: 1380, endDay: '2026-11-24', endMinutes: 1410}"

    moved = run("lib/meetings.js", f"m.shifted({wall}, 1, 45)")

    assert moved == {
        "startDay": "2026-11-25",
        "startMinutes": 1425,
        "endDay": "2026-11-26",
        "endMinutes": 15,
    }


def test_meetings_at_the_same_time_stand_side_by_side(run: Run):
    meetings = """[
        {id: 1, start: '2026-11-24T09:00:00Z', end: '2026-11-24T11:00:00Z'},
        {id: 2, start: '2026-11-24T09:30:00Z', end: '2026-11-24T10:00:00Z'},
        {id: 3, start: '2026-11-24T10:00:00Z', end: '2026-11-24T10:30:00Z'},
        {id: 4, start: '2026-11-24T11:00:00Z', end: '2026-11-24T12:00:00Z'},
    ]"""

    pieces = run("lib/meetings.js", f"m.piecesOf('2026-11-24', {meetings}, 'UTC')")

    lanes = {piece["meeting"]["id"]: (piece["lane"], piece["lanes"]) for piece in pieces}
    assert lanes == {1: (0, 2), 2: (1, 2), 3: (1, 2), 4: (0, 1)}


def test_text_becomes_markup_only_when_it_was_written_as_markup(run: Run):
    markup = run("lib/html.js", "m.html`<b>${'<i>\"&'}</b>${[m.html`<u></u>`, null, false]}`.text")

    assert markup == "<b>&lt;i&gt;&quot;&amp;</b><u></u>"
