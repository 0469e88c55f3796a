"""The program `liaison`: its options, and how an error becomes a sentence and an exit code."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version

import click
from sqlalchemy.exc import InterfaceError, OperationalError

from liaison.errors import ConfigurationError, LiaisonError, TenantNotConfigured
from liaison.telemetry import start_logging

CONFIGURATION_EXIT, OTHER_EXIT, INTERRUPTED_EXIT = 2, 1, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--traceback", is_flag=True, help="Show where an error comes from.")
@click.version_option(version("liaison"), message="Liaison %(version)s")
def liaison(traceback: bool) -> None:  # noqa: FBT001 - click hands options over so
    """Keep Outlook meetings and CRM business activities in step."""
    click.get_current_context().obj = {"traceback": traceback}
    # What a command says is its output; programs that run on start a log of their own.
    start_logging("warning", stream=sys.stderr)


def run(program: click.Group, arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code. The border where errors become sentences."""
    try:
        result = program.main(list(arguments), prog_name="liaison", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED_EXIT
    except Exception as error:  # noqa: BLE001 - nothing lies above this border
        if "--traceback" in arguments:
            traceback.print_exception(error)
        click.echo(_sentence(error), err=True)
        return _exit_code(error)
    return result if isinstance(result, int) else 0


def _sentence(error: Exception) -> str:
    match error:
        case LiaisonError():
            return error.sentence
        case OperationalError() | InterfaceError():
            reason = str(error.orig).strip().splitlines()[0]
            return f"The database does not do what is asked: {reason}"
        case _:
            return f"Something went wrong ({type(error).__name__}). Run it with --traceback to see where."


def _exit_code(error: Exception) -> int:
    configuration = isinstance(error, ConfigurationError | TenantNotConfigured)
    return CONFIGURATION_EXIT if configuration else OTHER_EXIT
