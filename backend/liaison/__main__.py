"""`liaison` and `python -m liaison`."""

from __future__ import annotations

import sys

from liaison.cli import liaison
from liaison.cli.program import run


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(liaison, sys.argv[1:]))


if __name__ == "__main__":
    main()
