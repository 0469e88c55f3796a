import os
import re

import pytest
from dotenv import dotenv_values

from house.tracked_files import PROJECT
from liaison.config import Settings, read_settings
from liaison.documentation import PAGES


@pytest.mark.parametrize("path", PAGES)
def test_a_generated_page_says_what_the_code_says(path):
    assert (PROJECT / path).read_text() == PAGES[path]()


def test_the_example_of_the_environment_names_every_setting_once():
    names = re.findall(r"^#LIAISON_(\w+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE)

    assert sorted(names) == sorted(name.upper() for name in Settings.__dataclass_fields__)


def test_the_example_of_the_environment_can_be_used_as_it_is(tmp_path):
    example = (PROJECT / ".env.example").read_text()
    lines = [line[1:] for line in example.splitlines() if re.match(r"#LIAISON_\w+=", line)]
    usable = [line for line in lines if "/" not in line.partition("=")[2] or "https" in line]
    (tmp_path / ".env").write_text("\n".join(usable))

    settings = read_settings(tmp_path / ".env")

    assert settings.graph_url == dotenv_values(tmp_path / ".env")["LIAISON_GRAPH_URL"]


def test_no_setting_is_read_past_the_settings():
    readers = [
        path
        for path in (PROJECT / "backend" / "liaison").rglob("*.py")
        if re.search(r"environ(?:\[|\.get\()['\"]LIAISON_|getenv\(['\"]LIAISON_", path.read_text())
    ]

    assert readers == []


def test_the_tests_see_no_setting_of_the_machine():
    assert [name for name in os.environ if name.startswith("LIAISON_")] == []
