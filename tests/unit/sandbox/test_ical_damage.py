"""Whatever happened to a file on its way: no crash, and each event is loaded or named."""

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_sandbox.ical import read_calendar

CALENDARS = Path(__file__).parent / "calendars"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SOUND = (CALENDARS / "team_week.ics").read_bytes()
ZONES = (CALENDARS / "time_zones.ics").read_bytes()
SERIES = (CALENDARS / "series.ics").read_bytes()


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from([SOUND, ZONES, SERIES]),
    st.integers(0, len(SOUND)),
    st.integers(0, 60),
    st.binary(max_size=12),
)
def test_a_damaged_file_never_stops_the_reading(content: bytes, at: int, lost: int, put: bytes):
    damaged = content[:at] + put + content[at + lost :]

    events, problems = read_calendar(damaged, now=NOW)

    assert events or problems
    assert all(event.start <= event.end for event in events)
    assert all(sentence.endswith(".") for sentence in problems)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_a_file_of_anything_gives_a_sentence(content: bytes):
    events, problems = read_calendar(content, now=NOW)

    assert events == []
    assert len(problems) == 1


@settings(deadline=None)
@given(st.integers(0, len(SOUND)))
def test_a_file_cut_off_anywhere_loses_only_its_end(length: int):
    whole, _ = read_calendar(SOUND, now=NOW)
    events, _ = read_calendar(SOUND[:length], now=NOW)

    assert events == whole[: len(events)]
