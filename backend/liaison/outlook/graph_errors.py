"""What a failed answer of Graph means: (status, code, headers) to one of our errors, or "it is not there". Pure.

Codes are compared without regard to case: documentation and wire differ in it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from liaison.errors import (
    ConsentMissing,
    DeltaExpired,
    EventAccessDenied,
    EventChangedMeanwhile,
    GatewayTimeout,
    GatewayUnavailable,
    InteractionRequired,
    LiaisonError,
    MailboxUnavailable,
    RequestRejected,
    Throttled,
    UnreadableAnswer,
)

ITEM_NOT_FOUND = "erroritemnotfound"
# Such an id is of no item in this mailbox, but it is no proof that a known item was removed.
_UNUSABLE_IDS = frozenset(
    {
        "errorinvalididmalformed",
        "errorinvalidid",
        "errorinvalididempty",
        "errorinvalidmailboxitemid",
    }
)
_MAILBOX_CODES = frozenset(
    {
        "mailboxnotenabledforrestapi",
        "mailboxnotsupportedforrestapi",
        "mailboxinfostale",
        "resourcenotfound",
        "request_resourcenotfound",
        "errorinvaliduser",
        "errornonexistentmailbox",
        "errormailboxmoveinprogress",
        "errormailboxstoreunavailable",
        "erroraccountdisabled",
        "errormailboxfailover",
    }
)
_EXPIRED_CODES = frozenset(
    {"syncstatenotfound", "syncstateinvalid", "resyncrequired", "errorinvalidsyncstatedata"}
)
# Somebody else wrote between our reading and our writing.
_CONFLICT_CODES = frozenset({"errorirresolvableconflict", "errorstaleobject"})
# Throttling is told with other statuses than 429, too.
_BUSY_CODES = frozenset(
    {
        "toomanyrequests",
        "applicationthrottled",
        "mailboxconcurrency",
        "errorserverbusy",
        "errorexceededconnectioncount",
        "errortoomanyobjectsopened",
    }
)
_CONSENT_CODES = frozenset({"authorization_requestdenied", "authorization_identitynotfound"})
_DENIED_CODES = frozenset({"erroraccessdenied", "accessdenied"})
# No pause that Microsoft documents is near it; whoever names a longer one is asked again all the same.
LONGEST_PAUSE_SECONDS = 86_400.0
_SECONDS = re.compile(r"\d{1,9}(\.\d{1,9})?")
_CLAIMS = re.compile(r'claims="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed answer. `headers` have lower-case names."""

    status: int
    code: str
    headers: Mapping[str, str]
    is_delegated: bool = False

    @property
    def is_missing_item(self) -> bool:
        """Whether Outlook says that just this item does not exist."""
        return self.status == HTTPStatus.NOT_FOUND and self.code.casefold() == ITEM_NOT_FOUND

    @property
    def is_unusable_id(self) -> bool:
        """Whether the id is malformed or of another mailbox."""
        return self.code.casefold() in _UNUSABLE_IDS


def error_of(failure: Failure) -> LiaisonError:
    """The error to raise. Says code and status, never what was asked for."""
    code = failure.code.casefold()
    if failure.status == HTTPStatus.GONE or code in _EXPIRED_CODES:
        return DeltaExpired()
    if failure.status == HTTPStatus.TOO_MANY_REQUESTS or _is_busy(failure):
        return Throttled(retry_after(failure.headers))
    if code in _MAILBOX_CODES:
        return MailboxUnavailable(f"The mailbox cannot be read ({failure.code}).")
    if failure.status == HTTPStatus.PRECONDITION_FAILED or code in _CONFLICT_CODES:
        return EventChangedMeanwhile()
    if failure.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _of_server(failure)
    return _of_refusal(failure)


def is_gone_for_writing(failure: Failure) -> bool:
    """Whether there is nothing (any more) that could be written to."""
    return failure.is_missing_item or (
        failure.status in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST} and failure.is_unusable_id
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds to wait, decimals too, at most a day; a date counts from the answer's own date."""
    value = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(value):
        return min(float(value), LONGEST_PAUSE_SECONDS)
    until, now = _http_date(value), _http_date(headers.get("date", ""))
    if until is None or now is None:
        return None
    return min(max(0.0, (until - now).total_seconds()), LONGEST_PAUSE_SECONDS)


def _is_busy(failure: Failure) -> bool:
    is_refusal = failure.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return is_refusal and failure.code.casefold() in _BUSY_CODES


def _of_server(failure: Failure) -> LiaisonError:
    if failure.status == HTTPStatus.GATEWAY_TIMEOUT:
        return GatewayTimeout()
    seconds = retry_after(failure.headers)
    return GatewayUnavailable() if seconds is None else Throttled(seconds)


def _of_refusal(failure: Failure) -> LiaisonError:
    match failure.status:
        case HTTPStatus.UNAUTHORIZED:
            return _of_unauthorized(failure)
        case HTTPStatus.FORBIDDEN:
            return _of_forbidden(failure)
        case HTTPStatus.NOT_FOUND:
            return _of_not_found(failure)
        case HTTPStatus.REQUEST_TIMEOUT:
            return GatewayTimeout()
    code = failure.code or "no code"
    return RequestRejected(f"Microsoft 365 refused the request: {code} ({failure.status}).")


def _of_not_found(failure: Failure) -> LiaisonError:
    if not failure.code:
        return UnreadableAnswer("Something that is not Microsoft 365 answered.")
    if failure.is_delegated:
        return EventAccessDenied()
    return MailboxUnavailable(f"The mailbox cannot be read ({failure.code}).")


def _of_unauthorized(failure: Failure) -> LiaisonError:
    challenge = _CLAIMS.search(failure.headers.get("www-authenticate", ""))
    if failure.is_delegated and challenge:
        return InteractionRequired(claims=_decoded(challenge[1]))
    return GatewayUnavailable("Microsoft 365 did not accept our token.", system="login")


def _of_forbidden(failure: Failure) -> LiaisonError:
    if failure.code.casefold() in _CONSENT_CODES:
        return ConsentMissing()
    if failure.is_delegated:
        return EventAccessDenied()
    if not failure.code:
        return UnreadableAnswer("Something that is not Microsoft 365 answered.")
    if failure.code.casefold() in _DENIED_CODES:
        return MailboxUnavailable(f"The mailbox cannot be read ({failure.code}).")
    return RequestRejected(f"Microsoft 365 forbids the request: {failure.code}.")


def _decoded(claims: str) -> str:
    """The claims as the sign-in library takes them; Graph sends them in base64."""
    try:
        return base64.b64decode(claims + "=" * (-len(claims) % 4), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return claims


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
