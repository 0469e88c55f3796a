import re

from house.tracked_files import PROJECT, list_files, name_of

# Migrations are applied by themselves, before anything else works on the database.
MAY_COMMIT = {"session.py", "migrate.py", "queue_schema.py"}


def test_only_the_session_commits():
    committing = [
        name_of(path)
        for path in list_files(".py")
        if PROJECT / "backend" / "liaison" in path.parents
        and re.search(r"\.(?:commit|begin)\(", path.read_text())
        and not (path.parent.name == "db" and path.name in MAY_COMMIT)
    ]

    assert committing == []
