"""The commands that do what the admin page does."""

import io
from dataclasses import replace

import pytest

from liaison.cli import liaison
from liaison.cli.program import run
from liaison.db.audit import list_audit
from liaison.db.session import Database
from liaison.people.representatives import import_people
from people import ANN, BO, TENANT_ID, Listed


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
def imported(database):
    people = [
        Listed(ANN.oid, ANN.name, ANN.address, ANN.aliases),
        replace(Listed(BO.oid, BO.name, BO.address), has_mailbox=False),
    ]
    with database.transaction() as session:
        import_people(session, TENANT_ID, people, actor="test")


def test_the_service_is_stopped_and_started(command):
    assert command("service", "status") == (0, "The sync service is running.\n")
    assert command("service", "stop") == (0, "The sync service is stopped.\n")
    assert command("service", "stop") == (0, "The sync service is stopped.\n")
    assert command("service", "start") == (0, "The sync service is running.\n")
    assert command("service", "restart") == (0, "The sync service is running.\n")


def test_the_sync_user_is_made_ready(command):
    _, delivered = command("sync-user", "status")
    command("sync-user", "unlock")
    _, ready = command("sync-user", "activate")

    assert delivered == "SYNC_MASTER is locked and not active: the sync writes nothing.\n"
    assert ready == "SYNC_MASTER is unlocked and active: the sync may write.\n"


class Terminal(io.StringIO):
    """Somebody who sits there and answers."""

    def isatty(self):
        return True


@pytest.fixture
def active(imported, command):
    command("representative", "activate", ANN.address)


def test_a_preset_says_first_whom_it_concerns_at_once(command, active):
    code, said = command("policy", "preset", "mirror")

    assert code == 0
    lines = said.splitlines()
    assert lines[0] == (
        "This concerns 1 active person, and acts on their calendars at once, since the service runs."
    )
    assert "liaison service stop; liaison policy preset mirror" in lines[1]
    assert "Version 2 is in force." in lines


def test_changed_keys_say_first_whom_they_concern_at_once(command, active):
    code, said = command("policy", "set", "capture=all", "categoryName=To CRM")

    lines = said.splitlines()
    assert (code, lines[-1]) == (0, "Version 2 is in force.")
    assert lines[0].startswith("This concerns 1 active person, and acts on their calendars at once")
    assert "--all --dry-run --set=capture=all '--set=categoryName=To CRM'." in lines[1]
    assert "liaison policy set capture=all 'categoryName=To CRM';" in lines[1]


@pytest.mark.parametrize("wish", ["capture=linked", "push=maybe"])
def test_what_changes_nothing_concerns_nobody(command, active, wish):
    """It differs from nothing, or is refused before anything is asked."""
    assert "This concerns" not in command("policy", "set", wish)[1]


@pytest.mark.parametrize("change", [("preset", "mirror"), ("set", "capture=all")])
def test_a_person_at_a_terminal_may_leave_a_change(command, active, monkeypatch, change):
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))

    code, _ = command("policy", *change)

    assert code == 130
    assert command("policy", "show")[1].endswith("Version 1.\n")


def test_while_the_service_is_stopped_a_preset_waits_for_a_plan(command, active):
    command("service", "stop")

    code, said = command("policy", "preset", "mirror")

    assert code == 0
    assert said.startswith("This concerns 1 active person. The service is stopped: nothing happens")
    assert "liaison initial-sync --all --dry-run" in said.splitlines()[-1]


@pytest.mark.parametrize("act", ["lock", "deactivate"])
def test_the_sync_user_is_held_back(command, act):
    command("sync-user", "unlock")
    command("sync-user", "activate")

    assert "writes nothing" in command("sync-user", act)[1]


def test_the_policy_is_shown_and_set(command):
    code, said = command("policy", "set", "windowPastDays=14", "owners.subject=outlook")

    assert (code, said.splitlines()) == (
        0,
        [
            "Version 2 is in force.",
            "See what it would do, before it does it: liaison initial-sync --all --dry-run.",
        ],
    )

    _, shown = command("policy", "show")
    assert "windowPastDays        14\n" in shown
    assert shown.endswith("Version 2.\n")


def test_a_preset_is_taken(command):
    command("policy", "set", "onCancel=mark")

    code, said = command("policy", "preset", "matched")
    assert (code, said.splitlines()[0]) == (0, "Version 3 is in force.")
    assert "Left as they are, because this version lacks them: " in said
    assert command("policy", "preset", "linked")[1].startswith("Version 4 is in force.")
    assert command("policy", "preset", "linked")[1].startswith("Nothing differs")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["set", "windowPastDays=soon", "nope=1"], "windowPastDays is a whole number"),
        (["set", "tasks=on"], "cannot carry this out yet: tasks. Nothing was changed."),
        (["set", "push=maybe"], 'push is on or off, not "maybe". Nothing was changed.'),
        (["set", "owners=outlook"], 'each by itself, as in owners.subject=crm, not "outlook".'),
        (["set", "owners.foo=crm"], "as in owners.subject=crm, and not of foo. Nothing was ch"),
        (["set", "push=off", "followPast=push"], "followPast waits for notifications"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_with_a_sentence(command, arguments, sentence):
    code, said = command("policy", *arguments)

    assert code == 1
    assert sentence in said


def test_what_is_no_assignment_is_refused(command):
    code, said = command("policy", "set", "push")

    assert code == 2
    assert "KEY=VALUE" in said


def test_people_are_listed_switched_on_and_off(command, imported):
    assert command("representative", "activate", "A.Berg@nordwind.example") == (
        0,
        "Ann Berg is active.\n",
    )
    assert command("representative", "list")[1] == (
        "Ann Berg <ann@nordwind.example>: active\n"
        "Bo Lind <bo@nordwind.example>: not active, without a mailbox\n"
    )
    assert command("representative", "deactivate", ANN.address)[1] == "Ann Berg is not active.\n"


def test_nobody_is_switched_when_one_address_is_unknown(command, imported):
    code, said = command("representative", "activate", ANN.address, "x@nordwind.example")

    assert (code, said) == (1, "No representative has the address x@nordwind.example.\n")
    assert "Ann Berg <ann@nordwind.example>: not active" in command("representative", "list")[1]


def test_an_empty_list_says_how_to_begin(command):
    assert "liaison representative import" in command("representative", "list")[1]


def test_importing_without_a_tenant_is_a_configuration_error(command):
    code, said = command("representative", "import")

    assert code == 2
    assert "LIAISON_TENANT_ID" in said


def test_acts_of_the_command_line_are_audited(command, database_url):
    command("service", "stop")

    database = Database(database_url)
    with database.transaction() as session:
        [entry] = list_audit(session, limit=9)
    database.close()
    assert (entry.actor, entry.action) == ("command line", "service-stopped")
