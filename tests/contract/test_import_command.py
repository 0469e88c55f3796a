"""People come from the tenant to the CRM by one command."""

import pytest

from liaison.cli import liaison
from liaison.cli.program import run
from liaison.people.representatives import list_representatives


@pytest.fixture
def command(sandbox, database_url, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, value in sandbox.environment().items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("LIAISON_DATABASE_URL", database_url)
    sandbox.tenant.add_person(
        "Ann Berg", "ann@nordwind.example", aliases=["a.berg@nordwind.example"]
    )
    sandbox.tenant.add_person("Bo Lind", "bo@nordwind.example")

    def command(*arguments):
        code = run(liaison, ["representative", *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def test_everybody_is_imported_and_the_import_may_be_repeated(command, database, sandbox):
    assert command("import") == (0, "2 added, 0 updated, 0 unchanged.\n")
    assert command("import") == (0, "0 added, 0 updated, 2 unchanged.\n")

    with database.transaction() as session:
        ann, _ = list_representatives(session)
    assert (ann.name, ann.aliases) == ("Ann Berg", ("a.berg@nordwind.example",))
    assert ann.tenant_id == sandbox.tenant_id


def test_some_are_imported_by_any_of_their_addresses(command):
    assert command("import", "A.Berg@nordwind.example") == (0, "1 added, 0 updated, 0 unchanged.\n")


def test_an_address_that_nobody_of_the_tenant_has_imports_nobody(command):
    code, said = command("import", "ann@nordwind.example", "x@nordwind.example")

    assert (code, said) == (1, "Nobody of the tenant has the address x@nordwind.example.\n")
    assert "Nobody was imported yet" in command("list")[1]
