"""`liaison held`: the same decisions for scripts."""

import re

import pytest

from builders import a_new_activity
from calendar_builders import a_copy, a_link
from liaison.calendar.model import LinkState
from liaison.calendar.stores import copies, held_removals, holds, links, noted
from liaison.calendar.stores.mailboxes import follow_mailbox
from liaison.cli import liaison
from liaison.cli.program import run
from liaison.clock import SystemClock
from liaison.crm.embedded.adapter import EmbeddedCrm
from liaison.crm.model import ActivityStatus
from liaison.db.audit import list_audit
from liaison.db.tables import new_id
from liaison.people.representatives import find_by_addresses, import_people
from people import ANN, TENANT_ID, Listed, acting


@pytest.fixture
def command(database_url, tmp_path, monkeypatch, capsys):
    """Run a command line and give back its exit code and what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIAISON_DATABASE_URL", database_url)

    def command(*arguments):
        code = run(liaison, arguments)
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


@pytest.fixture
def held(database):
    """Ann's mailbox with one removal that waits; the link, and the id by which it is decided."""
    now = SystemClock().now()
    with database.transaction() as session:
        people = [Listed(ANN.oid, ANN.name, ANN.address, ANN.aliases)]
        import_people(session, TENANT_ID, people, actor="test", time_zone="Europe/Berlin")
        own = find_by_addresses(session, [ANN.address])[ANN.address]
        follow_mailbox(session, own.id, now)
        crm = EmbeddedCrm(SystemClock())
        [activity] = crm.create_activities(session, [a_new_activity()], acting(ANN))
        wanted = a_link(id=new_id(), activity_id=activity.id)
        link = links.reserve_link(session, wanted, now)
        links.save_links(session, [(link, {"state": LinkState.LIVE})])
        copy = a_copy(own.id, event_id="AAMk-ann", is_organizer=True)
        copies.save_copies(session, [(link.id, copy)], None)
        held_removals.hold_links(session, own.id, {link.id: "AAMk-ann"}, now)
        [hold] = holds.list_open_holds(session, limit=5)
    return link, str(hold.id)


def test_nothing_waits_at_first(command):
    assert command("held", "list") == (0, "Nothing waits.\n")


def test_what_waits_is_listed_by_mailbox(command, held):
    _, said = command("held", "list")

    assert re.fullmatch(
        rf"{held[1]}  {re.escape(ANN.address)}: 1 removal since [-\d]+ [:\d]+ \(Europe/Berlin\)\n",
        said,
    )


def test_what_waits_is_approved_and_may_be_again(command, held, database):
    for _ in range(2):
        assert command("held", "approve", held[1]) == (
            0,
            "1 removal approved; each meeting is looked up again.\n",
        )

    with database.transaction() as session:
        hold = holds.find_hold(session, held[1])
        due = noted.list_due_items(session, hold.mailbox_id, SystemClock().now(), 5)
        acts = [act.action for act in list_audit(session, limit=5)]
    assert [item.event_id for item in due] == ["AAMk-ann"]
    assert acts.count("held-approved") == 1


def test_what_waits_is_discarded(command, held, database):
    assert command("held", "discard", held[1]) == (
        0,
        "1 removal discarded; the activities stay and their links ended.\n",
    )

    with database.transaction() as session:
        link = links.find_link(session, held[0].id)
        activity = EmbeddedCrm(SystemClock()).find_activities(session, [link.activity_id])
    assert (link.state, link.ended_by) == (LinkState.ENDED, "command line")
    assert activity[link.activity_id].status is ActivityStatus.PLANNED
    assert command("held", "list") == (0, "Nothing waits.\n")


def test_what_was_decided_otherwise_is_refused_in_a_sentence(command, held):
    command("held", "approve", held[1])

    code, said = command("held", "discard", held[1])

    assert code == 1
    assert said.startswith("This does not wait any more")


def test_an_id_that_nobody_knows_is_refused(command, database):
    assert command("held", "approve", str(new_id()))[0] == 1
    assert command("held", "approve", "no-id")[0] != 0
