"""The files of the front end: where they are, and what the server fills into them."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from liaison.config import Settings
from liaison.errors import ConfigurationError

CHECKOUT = Path(__file__).parents[3] / "addin"
INSTALLED = Path(sys.prefix) / "share" / "liaison" / "addin"


def find_addin_folder() -> Path:
    """In a checkout beside the backend, else where the installed package puts it."""
    for folder in (CHECKOUT, INSTALLED):
        if (folder / "static").is_dir():
            return folder
    raise ConfigurationError([f"The files of the add-in are missing: {INSTALLED} does not exist."])


class PageFiles:
    """Reads pages and the manifest. `asset_version` changes with every change of a file.

    Module imports carry no hash of their own, so the version stands in the path of all static files.
    """

    def __init__(self, folder: Path, settings: Settings, product_version: str) -> None:
        """`folder` holds `static/` and `manifest.xml`."""
        self.static = folder / "static"
        self.asset_version = f"{product_version}-{_digest(self.static)}"
        self._manifest = folder / "manifest.xml"
        self._settings = settings
        self._product_version = product_version

    def page(self, name: str, root: str) -> str:
        """An HTML page; `root` is the path prefix under which the server is reached."""
        text = (self.static / f"{name}.html").read_text(encoding="utf-8")
        return text.replace("/static/{{version}}/", f"{root}/static/{self.asset_version}/")

    def manifest(self) -> str:
        """The manifest with this installation's own addresses, which come from the settings only."""
        return _fill(
            self._manifest.read_text(encoding="utf-8"),
            {
                "addin_id": self._settings.addin_id,
                "version": f"{self._product_version}.0",
                "public_url": self._settings.public_url,
            },
        )


def _fill(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace("{{" + name + "}}", escape(value, {'"': "&quot;"}))
    return text


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
