import re

import pytest

from house.tracked_files import PROJECT, list_files, name_of

# Put together here, so that this file holds none of them itself.
UNFINISHED = re.compile(
    r"\b(?:"
    + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error"])
    + r")\b"
)
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
# Those in brackets are names that html.parser, http.server and webargs ask for.
DOING_NOTHING = re.compile(r"def (?:handle|process|do)_(?!starttag|endtag|data\b|error\b|[A-Z]+\b)")
REGISTRIES = re.compile(
    r"(?:registry\.npmjs|registry\.yarnpkg|files\.pythonhosted|(?:\w+\.)?pypi)\.(?:org|io|com)"
)
DOWNLOADS = re.compile(r"https?://[^\s\"'>]+\.(?:whl|tgz|tar\.gz)\b")
MACHINE_PATHS = re.compile(r"(?:^|[^\w.])/(?:work|farm|root|home)/")
# A word with a space or colon before it; the rule's code has to follow in brackets or after a colon.
SILENCED = re.compile(r"# type: ignore(?!\[)|# noqa(?!:)")
SKIPPED = re.compile(r"pytest\.(?:mark\.)?(?:skip|xfail)|unittest\.skip")
WAITING = re.compile(r"time\.sleep\(")


def _hits(pattern, files):
    own = PROJECT / "tests" / "house" / "test_plain_words.py"
    return [
        f"{name_of(path)}:{number}"
        for path in files
        if path != own
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize(
    ("pattern", "endings"),
    [
        (UNFINISHED, (".py", ".js", ".mjs", ".css", ".html", ".sh")),
        (DOING_NOTHING, (".py",)),
        (SILENCED, (".py",)),
        (REGISTRIES, ()),
        (DOWNLOADS, ()),
        (MACHINE_PATHS, ()),
    ],
    ids=["unfinished", "says-nothing", "silenced", "registry", "download", "machine-path"],
)
def test_no_file_holds(pattern, endings):
    assert _hits(pattern, list_files(*endings)) == []


@pytest.mark.parametrize("pattern", [SKIPPED, WAITING], ids=["skipped", "waiting"])
def test_no_test_is(pattern):
    tests = [path for path in list_files(".py") if PROJECT / "tests" in path.parents]

    assert _hits(pattern, tests) == []


def test_files_and_folders_say_what_they_hold():
    named = {part for path in list_files(".py", ".js") for part in (path.stem, path.parent.name)}

    assert named & SAYS_NOTHING == set()


def test_test_files_have_names_of_their_own():
    names = [path.name for path in list_files(".py") if path.name.startswith("test_")]

    assert sorted(names) == sorted(set(names))


def test_lock_files_hold_no_addresses():
    locks = [PROJECT / "requirements.lock", PROJECT / "addin" / "package-lock.json"]

    assert _hits(re.compile(r"\"resolved\"|@ file|--hash-from|index-url"), locks) == []
