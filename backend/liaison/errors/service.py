"""What the state of the service stands against."""

from __future__ import annotations

from http import HTTPStatus

from liaison.errors.model import LiaisonError


class TenantNotConfigured(LiaisonError):
    """Liaison is not connected to a Microsoft 365 tenant yet."""

    code = "tenant-not-configured"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class ServiceStopped(LiaisonError):
    """The sync service is stopped."""

    code = "service-stopped"
    status = HTTPStatus.CONFLICT


class SyncUserLocked(LiaisonError):
    """The sync user SYNC_MASTER is locked or not activated. An administrator unlocks and activates it."""

    code = "sync-user-locked"
    status = HTTPStatus.CONFLICT


class RepresentativeInactive(LiaisonError):
    """The representative is not active in Liaison."""

    code = "representative-inactive"
    status = HTTPStatus.CONFLICT


class HoldSettled(LiaisonError):
    """This does not wait any more: it was decided already, or the meetings are back."""

    code = "hold-settled"
    status = HTTPStatus.CONFLICT


class RunActive(LiaisonError):
    """An initial sync of one of these mailboxes is under way. Wait until it is done."""

    code = "run-active"
    status = HTTPStatus.CONFLICT


class PlanStale(LiaisonError):
    """The policy was changed after this plan was made, so it is not true any more. Make another dry run."""

    code = "plan-stale"
    status = HTTPStatus.CONFLICT


class RunNotReady(LiaisonError):
    """This run is not in a state in which that can be done."""

    code = "run-not-ready"
    status = HTTPStatus.CONFLICT
