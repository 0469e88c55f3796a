"""A worker is killed at each step of a first sync, and another one goes on: no meeting is missed, and none comes twice."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

import pytest

from capture_stage import captures
from databases import new_database
from mortal_stage import finish, mortal_runs

KIM = ("Kim Sato", "kim@fabrikam.example")


@pytest.fixture
def copy(postgres, database_url):
    """A copy of this test's database as it is now, as often as it is asked for."""
    source = urlsplit(database_url).path.removeprefix("/")
    return partial(new_database, postgres, source)


@pytest.fixture
def story(world, ann, bo, sandbox):
    """Meetings of every kind that nobody linked: own ones, a colleague's, an outsider's, a known one."""
    captures(world, "all", push=False)
    start = world.tomorrow()
    ann.create_event(subject="Own", start=start, attendees=[KIM])
    ann.create_event(subject="Known", start=start)
    world.activity(ann, "Known", when=world.activity(ann, "Other").when)
    bo.create_event(subject="Of Bo", start=start, attendees=[ann.address])
    sandbox.tenant.outside.invite(KIM, [ann.address, bo.address], subject="Of Kim", start=start)
    world.run(bo)
    return world


def test_killed_at_any_step_of_a_first_sync_the_end_is_the_same(story, ann, sandbox, copy):
    """pains 11: what timed out, or died, is never made twice."""
    mailbox_id = story.own(ann).id
    story.database.close()
    reached = []
    with mortal_runs(sandbox, coarse=True) as die_at:
        with copy() as undisturbed:
            steps = int(die_at(0, undisturbed, mailbox_id).removeprefix("finished "))
            expected = finish(story, undisturbed, ann)
        for step in range(1, steps + 1):
            with copy() as url:
                reached.append(die_at(step, url, mailbox_id))
                assert finish(story, url, ann) == expected, f"step {step}, {reached[-1]}"

    assert len(reached) == steps > 10
    assert all(answer.startswith("killed ") for answer in reached)
