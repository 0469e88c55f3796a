"""What cannot be done as it was asked."""

from __future__ import annotations

from http import HTTPStatus

from liaison.errors.model import LiaisonError


class InvalidRequest(LiaisonError):
    """The request has values that cannot be used."""

    code = "invalid-request"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotFound(LiaisonError):
    """There is no such thing, or you may not see it."""

    code = "not-found"
    status = HTTPStatus.NOT_FOUND


class Conflict(LiaisonError):
    """This contradicts what is stored."""

    code = "conflict"
    status = HTTPStatus.CONFLICT


class VersionMismatch(LiaisonError):
    """Somebody changed this meanwhile. Read it again and repeat your change."""

    code = "version-mismatch"
    status = HTTPStatus.CONFLICT


class VersionRequired(LiaisonError):
    """Send the version you read in If-Match."""

    code = "version-required"
    status = HTTPStatus.PRECONDITION_REQUIRED


class IdempotencyKeyReused(LiaisonError):
    """This Idempotency-Key was used for another request."""

    code = "idempotency-key-reused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotAvailableYet(LiaisonError):
    """This version of Liaison cannot carry this out yet."""

    code = "not-available-yet"
    status = HTTPStatus.CONFLICT
