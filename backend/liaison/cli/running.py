"""Commands that run over mailboxes in this process: the tools, and the words for what came of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

from liaison.bootstrap import worker_tools
from liaison.calendar.reconcile import statement_of
from liaison.calendar.report import RunReport
from liaison.calendar.stores.mailboxes import find_mailbox
from liaison.calendar.stores.reconciles import find_reconcile
from liaison.calendar.tools import Tools
from liaison.cli.database import url_for_command
from liaison.config import read_settings
from liaison.db.migrate import require_current_schema
from liaison.people.model import Representative
from liaison.reasons.registry import find_reason


@contextmanager
def open_tools() -> Iterator[Tools]:
    """The tools of runs, on a database whose schema is that of this version."""
    settings = read_settings()
    require_current_schema(url_for_command(settings))
    with worker_tools(settings) as tools:
        yield tools


def require_known(tools: Tools, owner: Representative) -> None:
    """A mailbox that was never followed has no place of its own yet."""
    with tools.database.transaction() as session:
        known = find_mailbox(session, owner.id)
    if known is None:
        raise click.ClickException(
            f"The mailbox of {owner.name} was never followed: liaison representative activate {owner.address}"
        )


def hindrance_of(report: RunReport | None, owner: Representative) -> str | None:
    """In a sentence what kept a run from its end, None where nothing did."""
    if report is None:
        return f"A worker is looking at the mailbox of {owner.name} at this moment. Try again when it is done."
    if report.stopped_by is None:
        return None
    reason = find_reason(report.stopped_by)
    # A sentence of the log may name a fact, such as the next time, that is not known here.
    return str(report.sentence) if reason is None or "{" in reason.sentence else reason.sentence


def say_counts(counts: Mapping[str, int]) -> None:
    """How often each reason came up, the most frequent first."""
    counted = {code: count for code, count in counts.items() if count}
    if not counted:
        click.echo("Nothing had changed.")
    for code, count in sorted(counted.items(), key=lambda one: (-one[1], one[0])):
        reason = find_reason(code)
        click.echo(f"{count:6}  {code}: {reason.means if reason else ''}".rstrip(": "))


def completeness_of(tools: Tools, owner: Representative) -> str | None:
    """The statement of the last reconcile, in the owner's time, with what was not settled by name."""
    with tools.database.transaction() as session:
        known = find_reconcile(session, owner.id)
    said = statement_of(known, tools.clock.now(), owner.time_zone)
    if known is None or said is None:
        return None
    named = [
        f"  {one['field']} of link {one['linkId']}{'' if one['settled'] else ' (not settled)'}"
        for one in known.differences
    ]
    named += [
        f"  {one['field']} of link {one['linkId']} (each side keeps its own)"
        for one in known.named_apart
    ]
    return "\n".join([f"{said}.", *named])
