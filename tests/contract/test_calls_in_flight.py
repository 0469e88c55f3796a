"""Many processes at one mailbox: Microsoft allows it four calls at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from fakes.outlook_worlds import settings_for
from liaison.bootstrap import worker_tools
from worker_office import Office, wait_for

WORKERS, WEB_SERVERS, MEETINGS, LOOKS = 4, 2, 15, 24


@pytest.fixture
def office(sandbox, database_url, tmp_path):
    settings = replace(settings_for(sandbox), database_url=database_url)
    with worker_tools(settings) as tools:
        office = Office.open(sandbox, tools, tmp_path)
        yield office
        office.end_all()


def look(office, url, event_id):
    """What the pane of somebody who looks at this meeting asks."""
    token = office.sandbox.token_for(office.ann.address)
    asked = Request(
        f"{url}/api/meeting?itemId={quote(event_id, safe='')}",
        headers={"Authorization": f"Bearer {token}"},
    )
    with urlopen(asked, timeout=60) as answer:
        return answer.status


def test_four_workers_and_two_web_servers_keep_within_four_calls_of_one_mailbox(office):
    start = office.tools.clock.now() + timedelta(days=1)
    events = [office.ann.create_event(subject=f"Talk {n}", start=start) for n in range(MEETINGS)]
    for _ in range(WORKERS):
        office.start_worker()
    wait_for(lambda: office.row().last_success_at)
    servers = [office.start_web() for _ in range(WEB_SERVERS)]
    # It would refuse the fifth; here it only counts.
    office.sandbox.settings.calls_in_flight_per_mailbox = 1_000
    office.sandbox.settings.answer_delay_ms = 20
    before = len(office.sandbox.log)

    for event_id in events:
        office.note(office.ann.event(event_id).immutable_id)
    with ThreadPoolExecutor(LOOKS) as people:
        looks = [
            people.submit(look, office, servers[n % WEB_SERVERS], events[n % MEETINGS])
            for n in range(LOOKS)
        ]
    wait_for(lambda: office.waiting() == 0)

    assert {one.result() for one in looks} == {200}
    assert len(office.sandbox.log) - before >= MEETINGS + LOOKS
    assert office.sandbox.max_in_flight(office.ann.oid) <= 4
