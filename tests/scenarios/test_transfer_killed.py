"""A worker is killed at each step of bringing an activity to Outlook: one event, one invitation, whoever goes on."""

from collections import Counter
from functools import partial
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from databases import new_database
from liaison.db.session import Database
from mortal_stage import finish, mortal_runs
from transfer_stage import INES, KIM, guest, plan


@pytest.fixture
def copy(postgres, database_url):
    """A copy of this test's database as it is now, as often as it is asked for."""
    source = urlsplit(database_url).path.removeprefix("/")
    return partial(new_database, postgres, source)


@pytest.fixture
def story(world, ann):
    """An activity with two guests waits to be brought to Outlook."""
    world.writes_allowed = True
    world.set_policy(push=False, capture="all")
    world.run(ann)
    plan(world, ann, people=[guest(), guest(KIM)])
    return world


def test_killed_at_any_step_one_event_is_made_and_each_guest_invited_once(
    story, ann, sandbox, copy
):
    mailbox_id = story.own(ann).id
    story.database.close()
    reached = []
    with mortal_runs(sandbox, coarse=True) as die_at:
        with copy() as undisturbed:
            steps = int(die_at(0, undisturbed, mailbox_id).removeprefix("finished "))
            forget(sandbox, ann)
        for step in range(1, steps + 1):
            with copy() as url:
                answer = die_at(step, url, mailbox_id)
                assert answer.startswith("killed "), f"step {step}: {answer}"
                reached.append(answer.removeprefix("killed "))
                finish(story, url, ann)
                found = Counter(invitations(sandbox, ann)), in_the_end(url), len(ann.events())
                assert found == EXPECTED, f"killed at step {step}, {reached[-1]}: {found}"
            forget(sandbox, ann)

    assert {"after a call to Graph", "after a commit"} == set(reached)
    assert len(reached) > 10


EXPECTED = ({INES: 1, KIM: 1}, {"activities": 1, "live": 1, "created": 1, "waiting": 0}, 1)


def invitations(sandbox, ann):
    """Who was invited to what is in the calendar now."""
    uids = {event.ical_uid for event in ann.events()}
    sent = sandbox.tenant.mails
    return [mail.recipient for mail in sent if mail.kind == "invitation" and mail.ical_uid in uids]


def in_the_end(url):
    database = Database(url)
    asked = {
        "activities": "SELECT count(*) FROM activities",
        "live": "SELECT count(*) FROM links WHERE state = 'live'",
        "created": "SELECT count(*) FROM decisions WHERE reason = 'event-created'",
        "waiting": "SELECT count(*) FROM noted_items",
    }
    try:
        with database.transaction() as session:
            return {name: session.scalar(text(sql)) for name, sql in asked.items()}
    finally:
        database.close()


def forget(sandbox, ann):
    """The next play begins with an empty calendar."""
    for event in ann.events():
        ann.delete_event(event.id, hard=True)
