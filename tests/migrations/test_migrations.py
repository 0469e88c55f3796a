import importlib
import pkgutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

import liaison
from liaison.db.connections import create_database_engine
from liaison.db.migrate import downgrade, is_ours, list_missing, upgrade
from liaison.db.queue_schema import RECORD
from liaison.db.tables import Table


@pytest.fixture
def connect():
    engines = []

    def connect(url):
        engines.append(create_database_engine(url))
        return engines[-1].connect()

    yield connect
    for engine in engines:
        engine.dispose()


def test_an_empty_database_misses_everything(empty_database_url, connect):
    with connect(empty_database_url) as connection:
        missing = list_missing(connection)

    assert len(missing) > 1


def test_an_upgraded_database_misses_nothing(database_url, connect):
    with connect(database_url) as connection:
        missing = list_missing(connection)

    assert missing == []


def test_the_head_equals_the_models(database_url, connect):
    for module in pkgutil.walk_packages(liaison.__path__, "liaison."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)

    with connect(database_url) as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": is_ours, "compare_server_default": True}
        )
        difference = compare_metadata(context, Table.metadata)

    assert difference == []


def test_every_migration_can_be_taken_back_and_made_again(empty_database_url, connect):
    upgrade(empty_database_url)

    downgrade(empty_database_url, "base")

    with connect(empty_database_url) as connection:
        left = [
            name for name in inspect(connection).get_table_names() if is_ours(name, "table", {})
        ]
    assert left == ["alembic_version"]
    upgrade(empty_database_url)


def test_two_upgrades_at_once_follow_one_another(empty_database_url, connect):
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(upgrade, empty_database_url) for _ in range(2)]:
            done.result()

    with connect(empty_database_url) as connection:
        assert list_missing(connection) == []


def test_a_newer_queue_library_brings_its_changes(database_url, connect):
    with connect(database_url) as connection:
        newest = connection.scalar(text(f"SELECT max(name) FROM {RECORD}"))
        connection.execute(text(f"DELETE FROM {RECORD} WHERE name = :name"), {"name": newest})
        connection.commit()

        assert list_missing(connection) == [newest]
