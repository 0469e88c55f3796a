"""Writes the pages of docs/ that say what the code says: `python -m liaison.documentation`.

With --check nothing is written; the pages that are out of date are named.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import click

from liaison.cli import liaison
from liaison.config import Settings, variable
from liaison.policy.keys import policy_reference
from liaison.reasons.document import rules_page
from liaison.reasons.error_document import errors_page

PROJECT = Path(__file__).parents[2]
SETTINGS_HEAD = """\
# Settings

<!-- Written by `make docs` from backend/liaison/config.py and policy/keys.py. -->

## Of the environment

Each program reads these from the environment, and from `.env` in its working folder what the
environment does not name. An empty value counts as not set. A secret may stand in a file of its
own: give the file's path under the same name followed by `_FILE`. Wrong values are all reported
together and stop the start.

| variable | meaning | default |
|---|---|---|
"""
POLICY_HEAD = """
## The policy

One record in the database, changed by an administrator on the page or with `liaison policy`. A
change acts on later decisions only. The default is that of the preset `linked`.

| key | values | meaning | default |
|---|---|---|---|
"""
COMMANDS_HEAD = """\
# Commands

<!-- Written by `make docs` from the commands themselves. -->

Errors end in one sentence and an exit code: 2 for the configuration, 1 for anything else;
`liaison --traceback ...` shows where one comes from. Each command explains itself with `--help`.

| command | does |
|---|---|
"""
ENV_HEAD = """\
# Settings of Liaison; docs/settings.md tells more. Copy to .env and uncomment what differs.
# A value shown behind a # is the default, or an example where there is none.
"""


def settings_page() -> str:
    """docs/settings.md."""
    rows = [
        f"| `{variable(each.name)}`{' (secret)' if each.metadata['secret'] else ''} "
        f"| {each.metadata['meaning']} | {_default(each.name)} |\n"
        for each in fields(Settings)
    ]
    policy = [
        f"| `{key}` | {values.replace('|', ', ')} | {meaning} | {default} |\n"
        for key, values, meaning, default in policy_reference()
    ]
    return "".join((SETTINGS_HEAD, *rows, POLICY_HEAD, *policy))


def env_example() -> str:
    """.env.example."""
    parts = [ENV_HEAD]
    for each in fields(Settings):
        example, default = each.metadata["example"], _plain(each.default)
        kind = "Example:" if example else "Default:" if default else "Not set by default."
        line = f"#{variable(each.name)}={example or default}"
        parts.append(f"\n# {each.metadata['meaning']} {kind}\n{line}\n")
    return "".join(parts)


def commands_page() -> str:
    """docs/commands.md."""
    return COMMANDS_HEAD + "".join(_command_rows(liaison, "liaison"))


def _command_rows(command: click.Command, path: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        for name, each in sorted(command.commands.items()):
            yield from _command_rows(each, f"{path} {name}")
        return
    pieces = command.collect_usage_pieces(click.Context(command))
    usage = " ".join([path, *(piece for piece in pieces if piece != "[OPTIONS]")])
    options = [each.opts[0] for each in command.params if isinstance(each, click.Option)]
    also = f" Options: {', '.join(f'`{option}`' for option in options)}." if options else ""
    yield f"| `{usage.replace('|', '/')}` | {' '.join((command.help or '').split())}{also} |\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/settings.md": settings_page,
    "docs/commands.md": commands_page,
    "docs/rules.md": rules_page,
    "docs/errors.md": errors_page,
    ".env.example": env_example,
}


def main() -> None:
    """Write the pages, or check them."""
    outdated = [path for path, page in PAGES.items() if _read(PROJECT / path) != page()]
    if "--check" in sys.argv[1:]:
        if outdated:
            sys.exit(f"Out of date: {', '.join(outdated)}. Run make docs.")
        return
    for path in outdated:
        (PROJECT / path).write_text(PAGES[path](), encoding="utf-8")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _default(name: str) -> str:
    field = next(each for each in fields(Settings) if each.name == name)
    plain = _plain(field.default)
    return field.metadata["default_text"] or (f"`{plain}`" if plain else "not set")


def _plain(default: object) -> str:
    return " ".join(default) if isinstance(default, tuple) else str(default or "")


if __name__ == "__main__":
    main()
