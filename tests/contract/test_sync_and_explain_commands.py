"""What `liaison sync` and `liaison explain` say about a mailbox and its meetings."""

from dataclasses import replace

import pytest

from fakes.outlook_worlds import settings_for
from liaison.bootstrap import worker_tools
from liaison.calendar.linking.create import create_from_meeting
from liaison.calendar.linking.values import MeetingQuery
from liaison.calendar.model import NoteSource, Scope
from liaison.calendar.passes import Pass
from liaison.calendar.stores import decisions, mailboxes, noted
from liaison.cli import liaison
from liaison.cli.program import run
from liaison.crm.model import Actor
from liaison.people import representatives, service_switch
from liaison.worker.leases import lease
from scenario_world import SignedIn
from worker_office import Office


@pytest.fixture
def office(sandbox, database_url, tmp_path):
    with worker_tools(replace(settings_for(sandbox), database_url=database_url)) as tools:
        yield Office.open(sandbox, tools, tmp_path)


@pytest.fixture
def command(office, tmp_path, monkeypatch, capsys):
    """Run a command line and give back its exit code and what it said."""
    monkeypatch.chdir(tmp_path)
    settings = office.sandbox.environment() | {"LIAISON_DATABASE_URL": office.tools.database.url}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    def command(*arguments):
        capsys.readouterr()
        code = run(liaison, arguments)
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def meet(office, **fields):
    event_id = office.ann.create_event(
        **{"subject": "Review", "start": office.tools.clock.now(), **fields}
    )
    return office.ann.event(event_id)


def link_it(office, meeting):
    """As Ann does it in the pane."""
    with office.tools.database.transaction() as session:
        own = representatives.get_representative(session, office.mailbox_id)
    token = office.sandbox.token_for(office.ann.address)
    ann = SignedIn(office.ann.oid, office.sandbox.tenant_id, token, own)
    query = MeetingQuery(item_id=meeting.id)
    return create_from_meeting(office.tools, ann, query, Scope.SINGLE, {})


def test_sync_tells_what_came_of_it_by_reason(office, command):
    office.sandbox.settings.delta_repeats_items = False
    for _ in range(2):
        meet(office)
    meet(office, sensitivity="private")

    code, said = command("sync", office.ann.address)

    assert code == 0
    *told, completeness = said.splitlines()
    assert completeness.startswith("0 links, 0 differences at ")
    assert told == [
        "The mailbox of Ann Berg was looked at.",
        "     2  not-linked: The policy captures linked meetings only, and this one has no link.",
        (
            "     1  private: The governing copy is private or confidential: the policy skips it (a link"
            " is frozen), keeps its times only, or shows the activity to its people only."
        ),
    ]


def test_sync_succeeds_also_when_a_single_item_fails(office, command):
    with office.tools.database.transaction() as session:
        now = office.tools.clock.now()
        noted.note_events(session, office.mailbox_id, ["ical-uid:none"], NoteSource.LINK, now)

    code, said = command("sync", office.ann.address)

    assert code == 0
    assert "     1  retry-later: " in said


def test_sync_says_when_nothing_had_changed(office, command):
    command("sync", office.ann.address)

    assert command("sync", office.ann.address)[1].splitlines()[1] == "Nothing had changed."


def test_sync_says_when_a_worker_is_at_it(office, command):
    with lease(office.tools.database)(office.mailbox_id):
        code, said = command("sync", office.ann.address)

    assert code == 1
    assert said.startswith("Error: A worker is looking at the mailbox of Ann Berg at this moment.")


def test_sync_says_that_the_service_is_stopped(office, command):
    with office.tools.database.transaction() as session:
        service_switch.stop(session, "test")

    assert command("sync", office.ann.address) == (
        1,
        "Error: Nothing was looked at, because the sync service is stopped.\n",
    )


def test_sync_says_in_whole_words_that_microsoft_365_asked_to_slow_down(office, command):
    office.sandbox.faults.add(path_regex="/calendarView", status=429, times=-1, retry_after="1")

    code, said = command("sync", office.ann.address)

    assert (code, said.splitlines()[-1]) == (1, "Error: Microsoft 365 asks to slow down.")


def test_sync_does_not_know_strangers(command):
    assert command("sync", "kim@fabrikam.example") == (
        1,
        "No representative has the address kim@fabrikam.example.\n",
    )


def test_sync_says_how_to_follow_a_mailbox_that_never_was(office, command):
    office.sandbox.tenant.add_person("Dev Patel", "dev@nordwind.example")
    command("representative", "import", "dev@nordwind.example")

    code, said = command("sync", "dev@nordwind.example")

    assert code == 1
    assert said.endswith(
        "was never followed: liaison representative activate dev@nordwind.example\n"
    )


@pytest.mark.parametrize("form", ["immutable_id", "id"])
def test_explain_tells_why_an_unlinked_meeting_is_not_followed(office, command, form):
    meeting = meet(office)

    assert command("explain", office.ann.address, getattr(meeting, form)) == (
        0,
        (
            "Nothing was decided about it.\n"
            "The meeting is not followed, because nobody linked it to an activity.\n"
        ),
    )


def test_explain_tells_what_was_decided_about_a_linked_meeting_the_oldest_first(office, command):
    meeting = meet(office)
    link_it(office, meeting)
    office.ann.change_event(meeting.id, subject="Review of the year")
    command("sync", office.ann.address)

    code, said = command("explain", office.ann.address, meeting.id)

    people, first, *_ = said.splitlines()
    assert code == 0
    assert "was found in the CRM by address" in people
    assert "The activity was created" in first
    assert "the meeting was changed in Outlook" in said


def test_explain_tells_also_what_was_decided_before_there_was_a_link(office, command):
    """As the activity's page and the pane do."""
    meeting = meet(office)
    linked = link_it(office, meeting)
    refusal = Pass(Actor("Ann Berg", "person"), 1, office.tools.clock.now()).entry(
        "organizer-not-active",
        "leave",
        activity_id=linked.activity.id,
        facts={"organizer": "Ann Berg"},
    )
    with office.tools.database.transaction() as session:
        decisions.log_decisions(session, [refusal])

    _, said = command("explain", office.ann.address, meeting.id)

    assert "because the organizer, Ann Berg, is not active in Liaison" in said
    assert "The activity was created" in said


def test_explain_tells_of_confidential_activities_what_was_done_and_not_with_what(office, command):
    command("policy", "set", "private=owner-only")
    meeting = meet(office, sensitivity="private", subject="Canary")
    link_it(office, meeting)
    office.ann.change_event(meeting.id, sensitivity="normal", subject="Open day")
    command("sync", office.ann.address)

    _, said = command("explain", office.ann.address, meeting.id)

    assert "The activity was created" in said
    assert "Canary" not in said
    assert office.ann.address not in said


def test_explain_takes_the_id_as_outlook_shows_it_and_writes_nothing(office, command):
    meeting = meet(office, sensitivity="private")
    before = office.row()

    _, said = command("explain", office.ann.address, to_ews(meeting.id))

    assert said.endswith("Nothing was carried over, because the meeting is private.\n")
    assert office.row() == before
    assert office.runs() == []


def test_explain_says_that_an_unknown_event_is_not_there(office, command):
    assert command("explain", office.ann.address, "nonsense") == (
        0,
        "Nothing was decided about it.\nThe mailbox of Ann Berg has no event with this id.\n",
    )


def test_explain_says_what_stops_the_whole_mailbox(office, command):
    meeting = meet(office)
    with office.tools.database.transaction() as session:
        service_switch.stop(session, "test")

    _, said = command("explain", office.ann.address, meeting.id)

    assert said.endswith("Nothing was looked at, because the sync service is stopped.\n")


def test_commands_wake_the_workers(office, command):
    with office.tools.database.transaction() as session:
        mailboxes.save_mailbox(session, office.mailbox_id, {"due_at": None})

    command("service", "restart")

    assert office.jobs() == ["todo"]
    assert office.row().due_at is not None


def to_ews(item_id):
    return item_id.replace("-", "/").replace("_", "+")
