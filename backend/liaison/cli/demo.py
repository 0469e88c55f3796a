"""`liaison demo`: everything in one, with a stand-in Microsoft 365 tenant. Nothing of it outlives its end.

The tenant lives in memory and is a new one at each start, so the demo's database begins anew as well. Both have a
folder of their own, so that whatever else is kept in LIAISON_DATA_DIR is not touched.
"""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click

from liaison.cli.demo_children import Children, told_to_end
from liaison.cli.demo_world import open_empty_database, tell_story
from liaison.cli.serve import require_free_port
from liaison.config import DEFAULT_PORT, Settings, read_settings
from liaison.errors import ConfigurationError

TENANT_PORT = 8081
PORTS_TO_TRY = 50


@click.command()
@click.option(
    "--calendar",
    type=click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path),
    help="An exported calendar (iCalendar file) for one of the mailboxes.",
)
@click.option(
    "--tenant-port",
    type=click.IntRange(1, 65535),
    help=f"Of the page to open.  [default: {TENANT_PORT}, or the next free one]",
)
def demo(calendar: Path | None, tenant_port: int | None) -> None:
    """Try Liaison with a stand-in Microsoft 365 tenant; Ctrl-C ends everything."""
    settings = read_settings()
    folder = (settings.data_dir / "demo").resolve()
    port = _choose_port(settings)
    page_port = tenant_port or _free_port(settings.host, TENANT_PORT, port)
    web = {"LIAISON_PORT": str(port), "LIAISON_PUBLIC_URL": f"http://localhost:{port}"}
    with (
        _alone(folder),
        told_to_end() as ended,
        open_empty_database(folder) as database_url,
        Children(folder, ended) as children,
    ):
        environment = web | _start_tenant(children, folder, page_port, web, calendar)
        environment["LIAISON_DATABASE_URL"] = database_url
        page = environment.pop("pages_url")
        _write_environment(folder, environment)
        os.environ.update(environment)
        tell_story(read_settings())
        _serve(children, settings.host, port)
        click.echo(f"Open {page}/ in a browser. Ctrl-C ends the demo.")
        click.echo(f"For commands beside it, in another terminal: {_beside(folder)}")
        children.watch()


def _start_tenant(
    children: Children, folder: Path, port: int, web: Mapping[str, str], calendar: Path | None
) -> dict[str, str]:
    """The settings under which the product finds the tenant, and the address of its page."""
    state_file = folder / "tenant" / "state.json"
    state_file.parent.mkdir(exist_ok=True)
    state_file.unlink(missing_ok=True)
    command = [
        str(Path(sys.executable).with_name("liaison-sandbox")),
        f"--port={port}",
        f"--state-file={state_file}",
        f"--pane-url={web['LIAISON_PUBLIC_URL']}/panel",
        *([f"--calendar={calendar}"] if calendar else []),
    ]
    children.start("stand-in tenant", command)
    children.wait_until(state_file.exists)
    return dict(json.loads(state_file.read_text()))


def _serve(children: Children, host: str, port: int) -> None:
    liaison = [sys.executable, "-m", "liaison"]
    children.start("web server", [*liaison, "serve"])
    children.wait_until(lambda: _answers(f"http://{host}:{port}/healthz"))
    # After the web server: to subscribe, Microsoft asks it whether the address is ours.
    children.start("worker", [*liaison, "worker"], again=True)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)  # noqa: PLR2004 - the well-known number
    except (URLError, OSError):
        return False


def _choose_port(settings: Settings) -> int:
    """The one that was chosen in the settings must be free; else the next free one does as well."""
    if settings.port == DEFAULT_PORT:
        return _free_port(settings.host, DEFAULT_PORT, TENANT_PORT)
    require_free_port(settings)
    return settings.port


def _free_port(host: str, first: int, taken: int) -> int:
    for port in range(first, first + PORTS_TO_TRY):
        if port != taken and _is_free(host, port):
            return port
    raise ConfigurationError([f"No port from {first} to {first + PORTS_TO_TRY - 1} is free."])


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex((host, port)) != 0


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two demos in one folder would empty each other's database."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            problem = f"A demo runs already in {folder}. End it, or set LIAISON_DATA_DIR."
            raise ConfigurationError([problem]) from None
        yield


def _beside(folder: Path) -> str:
    environment = os.path.relpath(folder / "environment")
    program = os.path.relpath(Path(sys.executable).with_name("liaison"))
    return f"(set -a; . {shlex.quote(environment)}; {shlex.quote(program)} policy show)"


def _write_environment(folder: Path, environment: Mapping[str, str]) -> None:
    """For other commands beside the running demo: `set -a; . .data/demo/environment; liaison explain …`."""
    file = folder / "environment"
    file.touch(mode=0o600)
    lines = [f"{name}={value!r}\n" for name, value in environment.items()]
    file.write_text("".join(lines))
