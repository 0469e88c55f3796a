"""infra/backup.py and infra/restore.py, as an operator runs them."""

import os
import subprocess
import sys
from uuid import uuid4

import psycopg
import pytest

from house.tracked_files import PROJECT
from liaison.crm.embedded import companies
from liaison.db.embedded import EmbeddedPostgres
from liaison.db.migrate import upgrade
from liaison.db.session import Database


@pytest.fixture
def data_dir(postgres_folder):
    return postgres_folder / f"saved-{uuid4().hex[:8]}"


@pytest.fixture
def server(data_dir):
    server = EmbeddedPostgres(data_dir, durable=False)
    server.start()
    upgrade(server.url)
    yield server
    server.stop()


def run(program, *arguments, data_dir, folder):
    return subprocess.run(
        [sys.executable, PROJECT / "infra" / program, *arguments],
        env=os.environ | {"LIAISON_DATA_DIR": str(data_dir)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def names(server):
    with psycopg.connect(server.url) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM companies ORDER BY name")]


def add_company(server, name):
    database = Database(server.url)
    with database.transaction() as session:
        companies.create_company(session, {"name": name, "kind": "customer", "domains": []})
    database.close()


def test_a_backup_brings_back_what_was_there(server, data_dir, tmp_path):
    at = {"data_dir": data_dir, "folder": tmp_path}
    add_company(server, "Contoso")

    saved = run("backup.py", "liaison.sql.gz", **at)
    add_company(server, "Later")
    restored = run("restore.py", "liaison.sql.gz", "--replace", **at)

    assert (saved.returncode, restored.returncode) == (0, 0), saved.stderr + restored.stderr
    assert names(server) == ["Contoso"]
    assert (tmp_path / "liaison.sql.gz").stat().st_mode & 0o077 == 0


def test_a_cut_off_backup_changes_nothing(server, data_dir, tmp_path):
    at = {"data_dir": data_dir, "folder": tmp_path}
    add_company(server, "Fabrikam")
    before = names(server)
    run("backup.py", "whole.gz", **at)
    whole = (tmp_path / "whole.gz").read_bytes()
    (tmp_path / "half.gz").write_bytes(whole[: len(whole) // 2])

    restored = run("restore.py", "half.gz", "--replace", **at)

    assert restored.returncode == 1
    assert "is no whole backup" in restored.stderr
    assert names(server) == before


def test_a_restore_asks_for_the_word(tmp_path, postgres_folder):
    refused = run("restore.py", "any.gz", data_dir=postgres_folder / "saved", folder=tmp_path)

    assert refused.returncode == 1
    assert "--replace" in refused.stderr
