"""What stops a whole run over one mailbox, and what that means for its links. Pure."""

from __future__ import annotations

from liaison.calendar.model import FrozenReason
from liaison.people.model import Representative, Service, SyncUser

FREEZES = {
    "representative-inactive": FrozenReason.ORGANIZER_INACTIVE,
    "representative-incomplete": FrozenReason.MAILBOX_UNAVAILABLE,
    "mailbox-unavailable": FrozenReason.MAILBOX_UNAVAILABLE,
}


def find_obstacle(
    service: Service, sync_user: SyncUser, representative: Representative
) -> str | None:
    """The reason for which this mailbox is not looked at now, None when it is."""
    if not service.running:
        return "service-stopped"
    if not sync_user.is_ready:
        return "sync-user-locked"
    if not representative.is_synced:
        return "representative-inactive"
    return None if representative.is_complete else "representative-incomplete"


def freeze_cause(reason: str) -> FrozenReason | None:
    """Why the mailbox's links are frozen under this reason, None where they stay as they are."""
    return FREEZES.get(reason)
