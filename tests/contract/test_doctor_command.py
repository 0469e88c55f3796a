"""`liaison doctor` as a whole, and what it says about the database, the switches and the workers."""

from dataclasses import replace

import pytest

from fakes.outlook_worlds import settings_for
from liaison.bootstrap import worker_tools
from liaison.cli import liaison
from liaison.cli.program import run
from liaison.people import service_switch, sync_user
from worker_office import Office


@pytest.fixture
def office(sandbox, database_url, tmp_path):
    with worker_tools(replace(settings_for(sandbox), database_url=database_url)) as tools:
        office = Office.open(sandbox, tools, tmp_path)
        yield office
        office.end_all()


@pytest.fixture
def doctor(office, tmp_path, monkeypatch, capsys):
    """Its exit code, and its verdicts by subject. `settings` differ from those of the office."""
    monkeypatch.chdir(tmp_path)
    usual = office.sandbox.environment() | {"LIAISON_DATABASE_URL": office.tools.database.url}

    def doctor(**settings):
        for name, value in (usual | settings).items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        code = run(liaison, ["doctor"])
        said = capsys.readouterr().out
        assert office.sandbox.client_secret not in said
        lines = [line.split(maxsplit=1) for line in said.splitlines()]
        return code, {text.split(":")[0]: verdict for verdict, text in lines}

    return doctor


def change(office, switch):
    with office.tools.database.transaction() as session:
        switch(session, "test")


def test_what_is_well_is_ok_and_what_is_not_fails_the_command(doctor):
    code, found = doctor()

    # Neither a web server nor a worker runs here.
    assert code == 1
    assert {name for name, verdict in found.items() if verdict == "failed"} == {
        "workers",
        "manifest",
        "pane",
        "webhook",
    }
    assert found["configuration"] == found["database"] == found["sync user"] == "ok"
    assert found["mailboxes"] == found["permissions"] == found["on-behalf-of"] == "ok"


def test_with_web_server_and_worker_all_is_well(office, doctor):
    office.start_worker()
    address = office.start_web().replace("127.0.0.1", "localhost")

    code, found = doctor(LIAISON_PUBLIC_URL=address)

    assert code == 0
    assert {name for name, verdict in found.items() if verdict != "ok"} == {"public address"}


def test_wrong_settings_are_all_told_and_end_it(doctor):
    code, found = doctor(LIAISON_PORT="x", LIAISON_LOG_LEVEL="loud")

    assert (code, found) == (1, {"configuration": "failed"})


def test_a_database_that_cannot_be_reached_fails_and_hinders_no_other_check(doctor):
    _, found = doctor(LIAISON_DATABASE_URL="postgresql://nobody@localhost:1/nothing")

    assert found["database"] == "failed"
    assert found["tenant"] == "ok"
    assert "workers" not in found


def test_a_database_without_migrations_fails(doctor, empty_database_url):
    assert doctor(LIAISON_DATABASE_URL=empty_database_url)[1]["database"] == "failed"


def test_without_a_tenant_it_says_what_to_set(doctor):
    _, found = doctor(LIAISON_CLIENT_ID="", LIAISON_TENANT_ID="")

    assert found["tenant"] == "failed"
    assert "mailboxes" not in found


def test_a_locked_sync_user_fails_and_a_stopped_service_is_a_warning(office, doctor):
    change(office, sync_user.lock)
    change(office, service_switch.stop)

    _, found = doctor()

    assert (found["sync user"], found["service"]) == ("failed", "warning")
