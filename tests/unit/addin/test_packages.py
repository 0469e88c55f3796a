"""What the pages load from npm is pinned, and the lock file names no place to download from."""

import json
import re
from pathlib import Path

ADDIN = Path(__file__).parents[3] / "addin"


def test_every_package_is_pinned_to_one_version():
    package = json.loads((ADDIN / "package.json").read_text())
    wished = package["dependencies"] | package["devDependencies"]

    assert wished
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wished.values())


def test_the_lock_file_holds_checksums_and_no_addresses():
    text = (ADDIN / "package-lock.json").read_text()
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}

    assert "://" not in text
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())


def test_the_page_itself_asks_nobody_but_our_server_for_scripts_and_styles():
    for page in (ADDIN / "static").glob("*.html"):
        addresses = re.findall(r'(?:src|href)="([^"]+)"', page.read_text())
        assert all(address.startswith("/static/{{version}}/") for address in addresses), page.name
        # The policy of the server forbids code and styles within the page.
        assert not re.search(r"<script(?![^>]*src=)|<style| style=| on\w+=", page.read_text()), (
            page.name
        )
