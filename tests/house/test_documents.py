"""What people read names only what there is."""

import json
import re

import click
import pytest

from house.tracked_files import PROJECT, list_files, name_of
from liaison.cli import liaison
from liaison.reasons.registry import REASONS

DOCUMENTS = list_files(".md")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)|src=\"(?!https?:)([^\"]+)\"")
FILE = re.compile(r"(?<![\w./-])(?:infra|docs|tests|addin|backend)/[\w./-]*\w")
OUR_COMMAND = re.compile(r"(?:^ {4}|`)(?:\.venv/bin/)?liaison ((?:[a-z][a-z-]+ ?)+)", re.MULTILINE)
TARGET = re.compile(r"(?:^ {4}|`)make ([a-z]+)", re.MULTILINE)


def paths_of(path):
    """Files that it names; what is a pattern, or made by the tools, is no file."""
    text = path.read_text()
    found = [first or second for first, second in LINK.findall(text)]
    yield from ((path.parent / one).resolve() for one in found)
    yield from (PROJECT / one for one in FILE.findall(text))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_document_names_files_that_are_there(document):
    secrets = PROJECT / "infra" / "secrets"

    missing = [str(one) for one in paths_of(document) if not one.exists() and one != secrets]

    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_document_names_commands_that_there_are(document):
    unknown = [
        words
        for words in OUR_COMMAND.findall(document.read_text())
        if words.split()[0] != "demo" and not is_command(words.split())
    ]

    assert unknown == []


def is_command(words):
    command = liaison
    for word in words:
        if not isinstance(command, click.Group):
            return True
        if word not in command.commands:
            return False
        command = command.commands[word]
    return True


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_document_names_targets_of_make_that_there_are(document):
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))

    assert set(TARGET.findall(document.read_text())) <= targets


def test_the_guide_explains_reasons_that_there_are():
    guide = (PROJECT / "docs" / "operations.md").read_text()
    rows = guide.partition("By reason code")[2]
    codes = {code for row in re.findall(r"^\| (`[^|]+) \|", rows, re.MULTILINE) for code in re.findall(r"`([a-z-]+)`", row)}  # fmt: skip

    assert codes
    assert codes <= {reason.code for reason in REASONS}


FIGURE = re.compile(r"liaison_(\w+?)(?:_count|_bucket|_total)?\b")
# A package.
NO_FIGURES = {"sandbox"}


@pytest.mark.parametrize("path", ["infra/grafana-dashboard.json", "docs/operations.md"])
def test_figures_are_those_that_there_are(path):
    named = set(FIGURE.findall((PROJECT / path).read_text())) - NO_FIGURES

    sources = "".join(one.read_text() for one in list_files(".py") if "backend" in one.parts)
    assert named
    assert [one for one in named if not re.search(rf'"(?:liaison_)?{one}"', sources)] == []


def test_the_dashboard_can_be_read():
    dashboard = json.loads((PROJECT / "infra" / "grafana-dashboard.json").read_text())
    places = [(one["gridPos"]["x"], one["gridPos"]["y"]) for one in dashboard["panels"]]

    assert len(set(places)) == len(places)
