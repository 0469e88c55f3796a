"""Every refusal and failure of Liaison. The docstring of a class is its default sentence.

Translated once on each border (HTTP, CLI, run); between borders nobody catches what they cannot mend.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar


class LiaisonError(Exception):
    """Something went wrong in Liaison."""

    code: ClassVar[str] = "internal-error"
    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, sentence: str | None = None, **facts: Any) -> None:
        """Keep the sentence for people and the facts for the answer's machine-readable members."""
        self.sentence = sentence or (type(self).__doc__ or "").strip().split("\n\n")[0]
        self.facts = facts
        super().__init__(self.sentence)


class ConfigurationError(LiaisonError):
    """The configuration has problems."""

    code = "configuration"

    def __init__(self, problems: list[str]) -> None:
        """`problems`: one sentence each, all of them together."""
        self.problems = problems
        super().__init__("\n".join(problems), problems=problems)


class InvalidRequest(LiaisonError):
    """The request has values that cannot be used."""

    code = "invalid-request"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


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


class NotFound(LiaisonError):
    """There is no such thing, or you may not see it."""

    code = "not-found"
    status = HTTPStatus.NOT_FOUND


class MeetingNotFound(LiaisonError):
    """Outlook does not know this meeting (yet)."""

    code = "meeting-not-found"
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


class AlreadyLinked(LiaisonError):
    """This meeting is already linked to another activity."""

    code = "already-linked"
    status = HTTPStatus.CONFLICT


class ActivityTaken(LiaisonError):
    """This activity is already linked to another meeting."""

    code = "activity-taken"
    status = HTTPStatus.CONFLICT


class OwnedByOutlook(LiaisonError):
    """These fields are changed in Outlook while the activity is linked."""

    code = "owned-by-outlook"
    status = HTTPStatus.CONFLICT


class NotContested(LiaisonError):
    """Nothing is contested here any more."""

    code = "not-contested"
    status = HTTPStatus.CONFLICT


class StillContested(LiaisonError):
    """Both values are still there. Keep one of them; that takes this mark away as well."""

    code = "still-contested"
    status = HTTPStatus.CONFLICT


class SeveralMeetings(LiaisonError):
    """Several meetings fit this description. Open the meeting and try again."""

    code = "several-meetings"
    status = HTTPStatus.CONFLICT


class OccurrenceStaysCancelled(LiaisonError):
    """Outlook cannot bring back an occurrence that was cancelled. Plan an activity of its own for that time."""

    code = "occurrence-stays-cancelled"
    status = HTTPStatus.CONFLICT


class PrivateMeeting(LiaisonError):
    """This meeting is private, and the policy keeps private meetings out of the CRM."""

    code = "private"
    status = HTTPStatus.CONFLICT


class MeetingCancelled(LiaisonError):
    """This meeting is cancelled."""

    code = "meeting-cancelled"
    status = HTTPStatus.CONFLICT


class ScopeMismatch(LiaisonError):
    """This scope does not fit the meeting."""

    code = "scope-mismatch"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class CopiedMeeting(LiaisonError):
    """This meeting is a copy of a linked one."""

    code = "copied"
    status = HTTPStatus.CONFLICT


class LinkFrozen(LiaisonError):
    """The link is frozen and follows nothing until its cause is gone."""

    code = "link-frozen"
    status = HTTPStatus.CONFLICT


class LinkEnded(LiaisonError):
    """This link has ended. Link the meeting again to revive it."""

    code = "link-ended"
    status = HTTPStatus.CONFLICT


class HoldSettled(LiaisonError):
    """This does not wait any more: it was decided already, or the meetings are back."""

    code = "hold-settled"
    status = HTTPStatus.CONFLICT


class ReviewSettled(LiaisonError):
    """This is not marked for editing any more: somebody settled it, or its cause is gone. Nothing was changed."""

    code = "review-settled"
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


class UnsupportedMeeting(LiaisonError):
    """Liaison cannot hold this meeting."""

    code = "unsupported"
    status = HTTPStatus.CONFLICT


class NotAvailableYet(LiaisonError):
    """This version of Liaison cannot carry this out yet."""

    code = "not-available-yet"
    status = HTTPStatus.CONFLICT


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


class IdempotencyKeyReused(LiaisonError):
    """This Idempotency-Key was used for another request."""

    code = "idempotency-key-reused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TenantNotConfigured(LiaisonError):
    """Liaison is not connected to a Microsoft 365 tenant yet."""

    code = "tenant-not-configured"
    status = HTTPStatus.SERVICE_UNAVAILABLE


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
