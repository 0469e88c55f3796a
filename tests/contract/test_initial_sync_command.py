"""What `liaison initial-sync` does and says."""

import csv
import shlex
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from fakes.outlook_worlds import settings_for
from liaison.bootstrap import worker_tools
from liaison.calendar.linking.create import create_from_meeting
from liaison.calendar.linking.values import MeetingQuery
from liaison.calendar.model import Scope
from liaison.cli import liaison
from liaison.cli.program import run
from liaison.crm.model import Actor, NewActivity, Participant, PersonKind
from liaison.db.tables import new_id
from liaison.people import representatives
from liaison.times import When
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


def test_an_initial_sync_reads_the_whole_window_again_and_states_what_it_found(office, command):
    office.sandbox.settings.delta_repeats_items = False
    office.ann.create_event(subject="Review", start=office.tools.clock.now() + timedelta(days=1))
    command("sync", office.ann.address)
    began = office.row().epoch_at

    code, said = command("initial-sync", office.ann.address)

    assert code == 0
    assert said.startswith("Ann Berg: 1 not-linked. 0 links, 0 differences at ")
    assert office.row().epoch_at > began


def test_an_initial_sync_of_all_takes_who_is_active(office, command):
    office.sandbox.tenant.add_person("Dev Patel", "dev@nordwind.example")
    command("representative", "import", "dev@nordwind.example")

    code, said = command("initial-sync", "--all")

    assert code == 0
    assert [line.split(":")[0] for line in said.splitlines()] == ["Ann Berg", "Take it back with"]


@pytest.mark.parametrize(
    ("tried", "taken"),
    [
        (["--preset", "mirror"], "preset mirror"),
        (["--set=capture=all", "--set=owners.time=both"], "set capture=all owners.time=both"),
    ],
)
def test_a_policy_that_is_not_in_force_is_looked_at_taken_and_applied(
    office, command, tried, taken
):
    """What is said is what has to be done."""
    start = office.tools.clock.now() + timedelta(days=1)
    office.ann.create_event(subject="Review", start=start)
    before = command("policy", "show")

    code, said = command("initial-sync", "--all", "--dry-run", *tried)

    assert (code, command("policy", "show")) == (0, before)
    assert "1  activity-created: " in said
    assert "in force, which it is not. Nothing was written." in said
    way = said.splitlines()[-1].removeprefix("Carry out exactly this with: ")
    assert way.startswith(f"liaison service stop; liaison policy {taken}")
    steps = [shlex.split(step)[1:] for step in way.split("; ")]
    assert "Take that first, then apply the plan." in command(*steps[-1])[1]
    for step in steps:
        code, said = command(*step)
        assert code == 0
    assert said.startswith("1 applied, 0 left out")


def test_what_resembles_a_captured_meeting_is_linked_instead(office, command):
    start = office.tools.clock.now() + timedelta(days=1)
    office.ann.create_event(subject="Quarterly review Contoso", start=start)
    planned_activity(office, "Quarterly review", start)
    command("policy", "set", "capture=all", "transfer=all")
    said = command("initial-sync", "--all", "--dry-run")[1]
    assert "1 of them can be linked instead: apply the plan with --link-alike." in said

    code, said = command("initial-sync", "--apply", id_after(said, "--apply"), "--link-alike")

    assert (code, said.splitlines()[0]) == (
        0,
        "2 applied, 0 left out because they changed (plan-stale).",
    )
    assert count_activities(office) == 1


def test_a_policy_that_cannot_be_is_not_looked_at(office, command):
    wrong = ["--set=push=maybe", "--set=nope=1"]

    code, said = command("initial-sync", "--all", "--dry-run", *wrong)

    assert code == 1
    assert 'push is on or off, not "maybe"' in said
    assert "nope is no key of the policy." in said


def test_a_policy_is_only_looked_at_in_a_dry_run(office, command):
    code, said = command("initial-sync", "--all", "--preset", "mirror")

    assert code == 2
    assert "--preset is for --dry-run." in said


def test_one_mailbox_that_cannot_be_read_stops_no_other(office, command):
    bo = office.sandbox.tenant.add_person("Bo Lind", "bo@nordwind.example")
    command("representative", "import", bo.address)
    command("representative", "activate", bo.address)
    office.sandbox.faults.add(path_regex=f"users/{office.ann.oid}/", status=429, times=-1)

    code, said = command("initial-sync", "--all")

    assert code == 1
    assert "Ann Berg: " in said
    assert "Bo Lind: nothing to do. 0 links, 0 differences at " in said


def linked(office, subject="Review"):
    """A meeting of Ann's that is linked, and was renamed since."""
    start = office.tools.clock.now() + timedelta(days=1)
    event = office.ann.create_event(subject=subject, start=start)
    made = create(office, event)
    office.ann.change_event(event, subject=f"{subject} 2")
    return made


def planned_activity(office, subject, start):
    """What Ann planned in the CRM."""
    with office.tools.database.transaction() as session:
        own = representatives.get_representative(session, office.mailbox_id)
        organizer = Participant(PersonKind.REPRESENTATIVE, own.id, own.name, own.address)
        when = When(start, start + timedelta(hours=1), "Europe/Berlin")
        given = {"subject": subject, "when": when, "owner_id": own.id, "organizer": organizer}
        actor = Actor(own.name, "crm", own.id)
        office.tools.crm.create_activities(session, [NewActivity(new_id(), given)], actor)


def count_activities(office):
    with office.tools.database.transaction() as session:
        return session.scalar(text("SELECT count(*) FROM activities"))


def create(office, event):
    with office.tools.database.transaction() as session:
        own = representatives.get_representative(session, office.mailbox_id)
    token = office.sandbox.token_for(office.ann.address)
    person = SignedIn(own.oid, own.tenant_id, token, own)
    return create_from_meeting(office.tools, person, MeetingQuery(item_id=event), Scope.SINGLE, {})


def subject_of(office, made):
    with office.tools.database.transaction() as session:
        activity_id = made.link.activity_id
        return office.tools.crm.find_activities(session, [activity_id])[activity_id].subject


def id_after(said, words):
    """The id that a command names to go on with."""
    [line] = [one for one in said.splitlines() if words in one]
    return line.split()[-1]


def test_a_dry_run_shows_the_plan_and_writes_nothing(office, command):
    made = linked(office)

    code, said = command("initial-sync", "--all", "--dry-run")

    assert code == 0
    lines = said.splitlines()
    assert lines[0] == "This would happen. Nothing was written."
    assert lines[1].startswith("     1  activity-updated: ")
    assert "1 of 1 would change something." in lines
    assert "Outlook would mail 0 people, 0 of them outside." in lines
    assert subject_of(office, made) == "Review"


def test_a_plan_is_applied_and_a_run_undone_by_its_id(office, command):
    made = linked(office)
    _, planned = command("initial-sync", office.ann.address, "--dry-run")

    code, applied = command("initial-sync", "--apply", id_after(planned, "--apply"))
    assert (code, subject_of(office, made)) == (0, "Review 2")
    assert applied.startswith("1 applied, 0 left out because they changed (plan-stale).\n")

    code, undone = command("initial-sync", "--undo", id_after(applied, "--undo"))
    assert (code, subject_of(office, made)) == (0, "Review")
    assert undone == (
        "Takes back 1 activity.\n"
        "  1 that it changed holds its old values again; its link rests until somebody syncs it.\n"
        "1 activity was put back, 0 left because something newer happened.\n"
        "Outlook was not touched, and nobody was mailed.\n"
    )


def test_a_plan_that_would_change_nothing_says_so_and_applies_nothing(office, command):
    linked(office)
    command("initial-sync", "--all")

    _, planned = command("initial-sync", "--all", "--dry-run")
    _, applied = command("initial-sync", "--apply", id_after(planned, "--apply"))

    assert "Nothing would change." in planned.splitlines()
    assert applied.startswith("0 applied, 0 left out because they changed (plan-stale).\n")


def test_undoing_says_first_what_is_not_captured_again(office, command):
    """Nobody is surprised by a tombstone."""
    office.ann.create_event(subject="Review", start=office.tools.clock.now() + timedelta(days=1))
    command("policy", "set", "capture=all")
    _, planned = command("initial-sync", "--all", "--dry-run")
    _, applied = command("initial-sync", "--apply", id_after(planned, "--apply"))

    code, undone = command("initial-sync", "--undo", id_after(applied, "--undo"))

    assert code == 0
    assert undone.splitlines()[:2] == [
        "Takes back 1 activity.",
        "  1 that it made is deleted and can be restored; its meeting is not captured again by itself, only when somebody links it.",
    ]


def test_a_plan_is_written_to_a_file_as_a_table(office, command, tmp_path):
    linked(office)

    code, said = command("initial-sync", "--all", "--dry-run", "--csv", "plan.csv")

    assert (code, said.splitlines()[-1]) == (0, "The plan is in plan.csv.")
    with (tmp_path / "plan.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["mailbox"], row["subject"]) == (office.ann.address, "Review 2")


def test_somebody_who_is_not_active_yet_is_planned(office, command):
    dev = office.sandbox.tenant.add_person("Dev Patel", "dev@nordwind.example")
    command("representative", "import", dev.address)

    assert command("initial-sync", dev.address, "--dry-run")[0] == 0


def newcomer(office, command):
    """Dev was imported and is not active yet; he has a meeting."""
    dev = office.sandbox.tenant.add_person("Dev Patel", "dev@nordwind.example")
    command("representative", "import", dev.address)
    dev.create_event(subject="Offer", start=office.tools.clock.now() + timedelta(days=2))
    return dev


def activities(office):
    with office.tools.database.transaction() as session:
        return session.scalar(text("SELECT count(*) FROM activities"))


def test_a_plan_of_all_says_whom_applying_it_activates_and_then_does(office, command):
    newcomer(office, command)
    command("policy", "set", "capture=all")
    _, planned = command("initial-sync", "--all", "--dry-run")
    assert "Applying it activates 1 person: Dev Patel." in planned.splitlines()
    assert "Dev Patel <dev@nordwind.example>: not active" in command("representative", "list")[1]

    code, said = command("initial-sync", "--apply", id_after(planned, "--apply"))

    assert (code, activities(office)) == (0, 1)
    assert said.splitlines()[:2] == [
        "Applying it activates 1 person: Dev Patel.",
        "1 applied, 0 left out because they changed (plan-stale).",
    ]
    assert "Dev Patel <dev@nordwind.example>: active" in command("representative", "list")[1]


def test_a_plan_of_who_is_active_leaves_the_others_out(office, command):
    newcomer(office, command)

    _, said = command("initial-sync", "--all", "--active-only", "--dry-run")

    assert "activates" not in said


def test_whoever_stops_the_service_gets_exactly_what_the_plan_showed(office, command):
    """The way that `liaison policy preset` names."""
    office.ann.create_event(subject="Review", start=office.tools.clock.now() + timedelta(days=1))
    command("service", "stop")
    command("policy", "preset", "mirror")
    _, planned = command("initial-sync", "--all", "--dry-run")

    code, said = command("initial-sync", "--apply", id_after(planned, "--apply"))
    assert (code, activities(office)) == (0, 1)
    assert "The service is stopped." in said
    command("service", "start")
    command("sync", office.ann.address)

    assert activities(office) == 1


def test_a_plan_made_under_another_policy_is_refused_in_a_sentence(office, command):
    linked(office)
    _, planned = command("initial-sync", "--all", "--dry-run")
    command("policy", "set", "onCancel=mark")

    code, said = command("initial-sync", "--apply", id_after(planned, "--apply"))

    assert code == 1
    assert said.startswith("The policy was changed after this plan was made")
    assert said.endswith("Make another dry run.\n")


def test_who_changed_after_the_plan_is_named(office, command):
    dev = newcomer(office, command)
    _, planned = command("initial-sync", "--all", "--dry-run")
    for act in ("activate", "deactivate"):
        command("representative", act, dev.address)

    code, said = command("initial-sync", "--apply", id_after(planned, "--apply"))

    assert code == 1
    assert "Dev Patel: not done (representative-inactive)." in said.splitlines()


def test_a_dry_run_that_could_not_read_a_mailbox_says_so(office, command):
    office.ann.mailbox_state = "unlicensed"

    code, said = command("initial-sync", "--all", "--dry-run")

    assert code == 1
    assert "Ann Berg: not planned (mailbox-unavailable)." in said


def test_a_table_is_made_of_a_plan_only(command):
    assert command("initial-sync", "--all", "--csv", "plan.csv")[0] == 2


def test_no_run_has_an_unknown_id(command):
    nothing = "01a1f895-4c75-7228-813c-8b595264c233"

    assert command("initial-sync", "--apply", nothing)[0] == 1
    assert command("initial-sync", "--undo", nothing)[0] == 1


@pytest.mark.parametrize("arguments", [(), ("--all", "ann@nordwind.example")])
def test_whose_mailboxes_must_be_said_in_one_way(command, arguments):
    code, said = command("initial-sync", *arguments)

    assert code == 2
    assert "Give addresses, or --all, and not both." in said


def test_initial_sync_does_not_know_strangers(command):
    assert command("initial-sync", "kim@fabrikam.example")[0] == 1


def test_a_folder_that_is_not_there_is_told_before_anything_is_planned(command, office):
    code, said = command("initial-sync", "--all", "--dry-run", "--csv", "nowhere/plan.csv")

    assert (code, said.splitlines()[-1]) == (
        2,
        "Error: --csv: nowhere is no folder that can be written.",
    )
    with office.tools.database.transaction() as session:
        assert session.scalar(text("SELECT count(*) FROM initial_runs")) == 0
