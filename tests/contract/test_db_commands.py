import socket

import pytest
from sqlalchemy import text

from free_ports import free_port
from liaison.cli import liaison
from liaison.cli.program import run
from liaison.db.session import Database


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_db_upgrade_brings_an_empty_database_to_this_version(
    empty_database_url, monkeypatch, capsys
):
    monkeypatch.setenv("LIAISON_DATABASE_URL", empty_database_url)

    assert run(liaison, ["db", "upgrade"]) == 0

    assert capsys.readouterr().out == "The database has the schema of this version.\n"
    database = Database(empty_database_url)
    with database.transaction() as session:
        assert session.scalar(text("SELECT count(*) FROM alembic_version")) is not None
    database.close()


def test_db_stop_says_when_there_is_nothing_to_stop(capsys):
    assert run(liaison, ["db", "stop"]) == 0

    assert capsys.readouterr().out == "No embedded PostgreSQL runs.\n"


def test_a_database_that_cannot_be_reached_is_a_sentence(monkeypatch, capsys):
    monkeypatch.setenv("LIAISON_DATABASE_URL", "postgresql://nobody:s3cret@127.0.0.1:1/none")

    assert run(liaison, ["db", "upgrade"]) == 1

    message = capsys.readouterr().err
    assert message.startswith("The database does not do what is asked: ")
    assert message.count("\n") == 1
    assert "s3cret" not in message


def test_serve_refuses_a_database_without_the_migrations(empty_database_url, monkeypatch, capsys):
    monkeypatch.setenv("LIAISON_DATABASE_URL", empty_database_url)
    monkeypatch.setenv("LIAISON_PORT", str(free_port()))

    assert run(liaison, ["serve"]) == 2

    assert "run liaison db upgrade" in capsys.readouterr().err


def test_serve_says_at_once_that_its_port_is_taken(monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("LIAISON_PORT", str(other.getsockname()[1]))

        assert run(liaison, ["serve"]) == 2

    assert "Address already in use" in capsys.readouterr().err


def test_wrong_settings_stop_every_command(monkeypatch, capsys):
    monkeypatch.setenv("LIAISON_PORT", "x")
    monkeypatch.setenv("LIAISON_TENANT_ID", "y")

    assert run(liaison, ["db", "stop"]) == 2

    assert capsys.readouterr().err.count("\n") == 2


def test_a_command_that_starts_the_embedded_server_says_that_it_goes_on(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("LIAISON_DATA_DIR", str(tmp_path / "data"))
    said = "The embedded PostgreSQL was started for this and goes on running"

    run(liaison, ["doctor"])
    first = capsys.readouterr().err
    run(liaison, ["policy", "show"])
    second = capsys.readouterr().err
    stopped = run(liaison, ["db", "stop"])

    assert said in first
    assert said not in second
    assert (stopped, capsys.readouterr().out) == (0, "The embedded PostgreSQL is stopped.\n")
