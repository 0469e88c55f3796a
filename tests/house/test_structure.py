from xml.etree import ElementTree as ET

from alembic.script import ScriptDirectory
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from house.tracked_files import PROJECT
from liaison.db.migrate import alembic_config


def test_the_manifest_is_well_formed():
    ET.parse(PROJECT / "addin" / "manifest.xml")


def test_the_migrations_have_one_head():
    assert len(ScriptDirectory.from_config(alembic_config()).get_heads()) == 1


def test_everybody_imports_downwards_only(monkeypatch):
    monkeypatch.chdir(PROJECT)

    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS
