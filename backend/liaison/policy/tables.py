"""The table of the policy: every version that was ever in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from liaison.db.tables import Table


class PolicyRow(Table):
    """The policy from this version on. Version 1 is the one delivered and is never stored."""

    __tablename__ = "policies"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    keys: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    changed_by: Mapped[str]
