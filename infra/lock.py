"""Writes requirements.lock: exact versions of everything that Liaison and its tests need.

The versions are those installed in .venv. No hashes: they would have to name the files of every
platform and Python version, while this only knows the ones installed here.
"""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path(__file__).parent.parent / "requirements.lock"
HEAD = "# Written by `make lock`: what Liaison and its tests need, at exact versions.\n"


def main() -> None:
    """Follow the requirements from the package itself, with those of development."""
    found: dict[str, str] = {}
    _follow("liaison", {"", "dev"}, found)
    del found["liaison"]
    LOCK.write_text(HEAD + "".join(f"{name}=={found[name]}\n" for name in sorted(found)))


def _follow(name: str, extras: set[str], found: dict[str, str]) -> None:
    package = distribution(name)
    found[canonicalize_name(name)] = package.version
    for text in package.requires or ():
        requirement = Requirement(text)
        if requirement.marker and not any(
            requirement.marker.evaluate({"extra": extra}) for extra in extras
        ):
            continue
        if canonicalize_name(requirement.name) not in found or requirement.extras:
            _follow(requirement.name, {"", *requirement.extras}, found)


if __name__ == "__main__":
    main()
