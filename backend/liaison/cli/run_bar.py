"""The progress of a run over several mailboxes: a bar on the terminal, lines about the mailboxes on stdout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from liaison.calendar.report import RunReport
from liaison.calendar.tools import Tools
from liaison.cli.running import completeness_of, hindrance_of
from liaison.people.model import Representative
from liaison.worker.initial_runs import Listener

BUSY = "A worker is looking at this mailbox at this moment, and goes on with this when it is done."


class RunBar:
    """Says what came of each mailbox; `failed` counts those that could not be read to the end."""

    def __init__(
        self, tools: Tools, owners: Sequence[Representative], *, says: bool = True
    ) -> None:
        """`says`: also a line about each mailbox."""
        self.failed = 0
        self._tools = tools
        self._owners = {one.id: one for one in owners}
        self._says = says
        console = Console()
        self._bar = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.description}"),
            TextColumn("{task.fields[looked]} decisions"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=len(owners), looked=0)
        self._looked = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self._bar.stop()

    def listener(self) -> Listener:
        """Hears of the run."""
        return Listener(self._tell, self._came)

    def _tell(self, decisions: int) -> None:
        self._looked += decisions
        self._bar.update(self._task, looked=self._looked)

    def _came(self, mailbox_id: UUID, report: RunReport | None) -> None:
        owner = self._owners[mailbox_id]
        self._bar.update(self._task, description=owner.name)
        self._bar.advance(self._task)
        if not self._says:
            return
        hindrance = hindrance_of(report, owner) if report else BUSY
        self.failed += hindrance is not None
        said = hindrance or self._said(owner, report)
        self._bar.console.print(
            f"{owner.name}: {said}", markup=False, highlight=False, soft_wrap=True
        )

    def _said(self, owner: Representative, report: RunReport | None) -> str:
        counts = report.counts if report else {}
        told = ", ".join(f"{count} {code}" for code, count in sorted(counts.items()) if count)
        return f"{told or 'nothing to do'}. {completeness_of(self._tools, owner) or ''}".strip()
