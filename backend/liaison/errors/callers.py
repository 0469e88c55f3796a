"""Who asks, and what he may."""

from __future__ import annotations

from http import HTTPStatus

from liaison.errors.model import LiaisonError


class NotSignedIn(LiaisonError):
    """Sign in first: the request carries no valid token."""

    code = "not-signed-in"
    status = HTTPStatus.UNAUTHORIZED


class InteractionRequired(LiaisonError):
    """Microsoft asks you to confirm your sign-in."""

    code = "interaction-required"
    status = HTTPStatus.UNAUTHORIZED


class Forbidden(LiaisonError):
    """You may not do this."""

    code = "forbidden"
    status = HTTPStatus.FORBIDDEN


class NotAUser(LiaisonError):
    """You were not imported into Liaison yet. Ask your administrator."""

    code = "not-a-user"
    status = HTTPStatus.FORBIDDEN
