"""Which items a window holds, by the index and by looking at each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from liaison_sandbox.mailbox import overlaps
from liaison_sandbox.tenant import Tenant

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
HOURS = st.integers(0, 24 * 60)
LENGTHS = st.sampled_from([0, 1, 24, 24 * 7, 24 * 7 + 1, 24 * 30])


@given(st.lists(st.tuples(HOURS, LENGTHS), max_size=12), HOURS, st.integers(1, 24 * 20))
def test_the_index_finds_what_looking_at_each_finds(meetings, begins, length):
    ann = Tenant.create().add_person("Ann Berg", "ann@nordwind.example")
    for number, (start, hours) in enumerate(meetings):
        begun = FIRST + timedelta(hours=start)
        event_id = ann.create_event(subject=str(number), start=FIRST)
        ann.change_event(event_id, start=begun, end=begun + timedelta(hours=hours))
    start, end = FIRST + timedelta(hours=begins), FIRST + timedelta(hours=begins + length)

    found = ann.mailbox.in_window(start, end)

    assert found == [one for one in ann.events() if overlaps(one, start, end)]
