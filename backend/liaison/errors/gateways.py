"""Another system did not do what was asked."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from liaison.errors.model import LiaisonError


class GatewayError(LiaisonError):
    """Another system did not do what was asked.

    `permanent` says that the same call will never succeed, so that trying again does not help.
    """

    code = "gateway-error"
    status = HTTPStatus.BAD_GATEWAY
    permanent: ClassVar[bool] = False

    def __init__(
        self, sentence: str | None = None, *, system: str = "outlook", **facts: Any
    ) -> None:
        """`system`: outlook, login or crm."""
        self.system = system
        super().__init__(sentence, **facts)

    @property
    def is_of_sign_in(self) -> bool:
        """Whether Liaison got no token, whatever the call was about."""
        return self.system == "login"


class Throttled(GatewayError):
    """Microsoft 365 asks to slow down."""

    code = "throttled"
    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, retry_after: float | None = None, **facts: Any) -> None:
        """`retry_after`: seconds, decimals possible; None where the answer named none."""
        self.retry_after = retry_after
        super().__init__(None, retryAfter=retry_after, **facts)


class GatewayTimeout(GatewayError):
    """Microsoft 365 did not answer in time."""

    code = "gateway-timeout"
    status = HTTPStatus.GATEWAY_TIMEOUT


class GatewayUnavailable(GatewayError):
    """Microsoft 365 cannot be reached right now."""

    code = "gateway-unavailable"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class ConsentMissing(GatewayError):
    """Liaison lacks a permission in the tenant. An administrator grants it in Entra ID."""

    code = "consent-missing"
    permanent = True


class MailboxUnavailable(GatewayError):
    """The mailbox cannot be read: unlicensed, moved or denied."""

    code = "mailbox-unavailable"


class EventNotShown(GatewayError):
    """Microsoft 365 does not show this meeting, though the mailbox answers."""

    code = "event-not-shown"


class EventAccessDenied(GatewayError):
    """Outlook does not show you this meeting."""

    code = "event-access-denied"
    status = HTTPStatus.FORBIDDEN
    permanent = True


class RequestRejected(GatewayError):
    """Microsoft 365 refused the request as it is."""

    code = "request-rejected"
    permanent = True


class EventChangedMeanwhile(GatewayError):
    """The meeting was changed in Outlook since it was looked at."""

    code = "event-changed-meanwhile"
    status = HTTPStatus.CONFLICT


class UnreadableAnswer(GatewayError):
    """Microsoft 365 answered with something that cannot be read."""

    code = "unreadable-answer"


class DeltaExpired(GatewayError):
    """The place in the list of changes is no longer known; everything is read again."""

    code = "delta-expired"


class MeetingNotSeenYet(GatewayError):
    """The organizer's mailbox does not show this meeting (yet)."""

    code = "meeting-not-seen-yet"
