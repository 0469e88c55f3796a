import click
import pytest

from liaison.cli.program import run
from liaison.errors import ConfigurationError, NotFound, TenantNotConfigured


def _program(error):
    @click.group()
    @click.option("--traceback", is_flag=True)
    def program(traceback):
        """A program whose command fails."""

    @program.command()
    def fail():
        raise error

    return program


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (ConfigurationError(["One.", "Two."]), 2, "One.\nTwo.\n"),
        (TenantNotConfigured("No tenant."), 2, "No tenant.\n"),
        (NotFound("No such person."), 1, "No such person.\n"),
        (
            ZeroDivisionError("x"),
            1,
            "Something went wrong (ZeroDivisionError). Run it with --traceback to see where.\n",
        ),
    ],
)
def test_an_error_is_a_sentence_and_an_exit_code(capsys, error, code, sentence):
    assert run(_program(error), ["fail"]) == code

    assert capsys.readouterr().err == sentence


def test_a_traceback_is_shown_when_asked_for(capsys):
    run(_program(NotFound()), ["--traceback", "fail"])

    assert "Traceback" in capsys.readouterr().err


def test_an_unknown_command_is_named(capsys):
    assert run(_program(NotFound()), ["nonsense"]) == 2

    assert "No such command 'nonsense'" in capsys.readouterr().err
