"""The commands of `liaison`: a file per noun, each registered here."""

from __future__ import annotations

from liaison.cli import (
    db,
    demo,
    doctor,
    explain,
    held,
    initial_sync,
    policy,
    representative,
    serve,
    service,
    sync,
    sync_user,
    worker,
)
from liaison.cli.program import liaison

for command in (
    db.db,
    demo.demo,
    doctor.doctor,
    explain.explain,
    held.held,
    initial_sync.initial_sync,
    policy.policy,
    representative.representative,
    serve.serve,
    service.service,
    sync.sync,
    sync_user.sync_user,
    worker.worker,
):
    liaison.add_command(command)

__all__ = ["liaison"]
