import ast

from house.tracked_files import list_files, name_of

LONGEST_FILE, LONGEST_FUNCTION = 400, 50
# A migration is one list of statements, read once and never changed.
MIGRATIONS = "versions"


def test_no_file_is_longer_than_one_can_keep_in_mind():
    long = {
        name_of(path): length
        for path in list_files(".py", ".js", ".mjs", ".css")
        if (length := len(path.read_text().splitlines())) > LONGEST_FILE
    }

    assert long == {}


def test_no_function_is_longer_than_a_screen():
    long = {
        f"{name_of(path)}:{function.name}": length
        for path in list_files(".py")
        if path.parent.name != MIGRATIONS
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }

    assert long == {}
