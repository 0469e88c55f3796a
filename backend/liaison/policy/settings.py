"""The policy: everything an administrator can choose about the sync. Pure.

The keys with their values and meanings stand in `policy/keys.py`, in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from liaison.policy.values import (
    Capture,
    Conflict,
    FollowPast,
    Interval,
    OnCrmDelete,
    OnRemoval,
    OutsideOrganizer,
    Owners,
    Private,
    Transfer,
    UnknownParticipants,
)

# Microsoft 365 lists no more at once.
LONGEST_WINDOW = timedelta(days=1825)
TASK_STATUS_MAP = {
    "open": "notStarted",
    "in-progress": "inProgress",
    "completed": "completed",
    "missed": "deferred",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """One choice for every key. The defaults are those of the preset `linked`."""

    capture: Capture = Capture.LINKED
    category_name: str = "Liaison"
    capture_internal: bool = True
    window_past_days: int = 0
    window_from: date | None = None
    window_future_days: int = 730
    follow_past: FollowPast = FollowPast.ALWAYS
    outside_organizer: OutsideOrganizer = OutsideOrganizer.STUB
    unknown_participants: UnknownParticipants = UnknownParticipants.KEEP
    owners: Owners = field(default=Owners())
    conflict: Conflict = Conflict.OUTLOOK_WINS
    transfer: Transfer = Transfer.FLAGGED
    transfer_types: tuple[str, ...] = ("appointment", "call", "visit", "other")
    on_cancel: OnRemoval = OnRemoval.CANCEL
    on_delete: OnRemoval = OnRemoval.CANCEL
    on_crm_delete: OnCrmDelete = OnCrmDelete.LEAVE
    private: Private = Private.SKIP
    calendar_interval: Interval = field(default=Interval(5, "minute"))
    align_to_clock: bool = False
    push: bool = True
    deep_link: bool = False
    regarding_text: bool = False
    mark: bool = True
    tasks: bool = False
    tasks_interval: Interval = field(default=Interval(10, "minute"))
    task_window_past_days: int = 30
    task_window_future_days: int = 90
    task_status_map: Mapping[str, str] = field(default_factory=lambda: dict(TASK_STATUS_MAP))
    contacts: bool = False
    contacts_interval: Interval = field(default=Interval(1, "hour"))
    contact_folder: str = "Liaison"
    removal_limit: int = 20
    removal_percent: int = 20
    mail_budget_per_action: int = 20
    internal_domains: tuple[str, ...] | None = None
    reconcile_interval: Interval = field(default=Interval(24, "hour"))
    max_attempts: int = 8
    retry_max: Interval = field(default=Interval(6, "hour"))
    log_retention_days: int = 400

    def window(self, now: datetime) -> tuple[datetime, datetime]:
        """From when to when meetings are looked at; a meeting is inside by its end."""
        start = now - timedelta(days=self.window_past_days)
        end = now + timedelta(days=self.window_future_days)
        if self.window_from is not None:
            start = datetime.combine(self.window_from, time(), UTC)
        # A window with a fixed beginning grows day by day.
        return max(start, end - LONGEST_WINDOW), end
