"""What failed answers of Graph mean."""

from __future__ import annotations

import pytest

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
from liaison.outlook.graph_errors import Failure, error_of, retry_after


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (404, "MailboxNotEnabledForRESTAPI", MailboxUnavailable),
        (404, "ResourceNotFound", MailboxUnavailable),
        (404, "Request_ResourceNotFound", MailboxUnavailable),
        (404, "ErrorInvalidUser", MailboxUnavailable),
        (404, "SomethingNew", MailboxUnavailable),
        (404, "", UnreadableAnswer),
        (503, "ErrorMailboxMoveInProgress", MailboxUnavailable),
        (500, "ErrorMailboxStoreUnavailable", MailboxUnavailable),
        (403, "ErrorAccessDenied", MailboxUnavailable),
        (403, "Authorization_RequestDenied", ConsentMissing),
        (403, "AccessDenied", MailboxUnavailable),
        (403, "", UnreadableAnswer),
        (403, "ExtensionError", RequestRejected),
        (410, "SyncStateNotFound", DeltaExpired),
        (410, "", DeltaExpired),
        (400, "syncStateInvalid", DeltaExpired),
        (404, "SYNCSTATENOTFOUND", DeltaExpired),
        (409, "resyncRequired", DeltaExpired),
        (429, "ApplicationThrottled", Throttled),
        (403, "TooManyRequests", Throttled),
        (403, "ApplicationThrottled", Throttled),
        (400, "ErrorServerBusy", Throttled),
        (409, "ErrorExceededConnectionCount", Throttled),
        (503, "", GatewayUnavailable),
        (500, "", GatewayUnavailable),
        (504, "UnknownError", GatewayTimeout),
        (408, "", GatewayTimeout),
        (401, "InvalidAuthenticationToken", GatewayUnavailable),
        (400, "ErrorInvalidIdMalformed", RequestRejected),
        (412, "ErrorIrresolvableConflict", EventChangedMeanwhile),
        (412, "", EventChangedMeanwhile),
        (409, "ErrorIrresolvableConflict", EventChangedMeanwhile),
        (302, "", RequestRejected),
    ],
)
def test_a_failure_of_the_applications_call(
    status: int, code: str, error: type[LiaisonError]
) -> None:
    assert type(error_of(Failure(status, code, {}))) is error


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (403, "ErrorAccessDenied", EventAccessDenied),
        (403, "SomethingNew", EventAccessDenied),
        (404, "SomethingNew", EventAccessDenied),
        (404, "ErrorInvalidUser", MailboxUnavailable),
        (403, "Authorization_RequestDenied", ConsentMissing),
        (401, "", GatewayUnavailable),
    ],
)
def test_a_failure_of_a_callers_call(status: int, code: str, error: type[LiaisonError]) -> None:
    assert type(error_of(Failure(status, code, {}, is_delegated=True))) is error


def test_a_claims_challenge_is_for_the_caller() -> None:
    headers = {"www-authenticate": 'Bearer realm="", claims="eyJhIjoxfQ"'}
    error = error_of(Failure(401, "", headers, is_delegated=True))
    assert isinstance(error, InteractionRequired)
    assert error.facts == {"claims": '{"a":1}'}


def test_only_the_item_itself_counts_as_missing() -> None:
    assert Failure(404, "errorItemNotFound", {}).is_missing_item
    assert not Failure(404, "MailboxNotEnabledForRESTAPI", {}).is_missing_item
    assert not Failure(404, "", {}).is_missing_item
    assert not Failure(400, "ErrorInvalidIdMalformed", {}).is_missing_item


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("2.128", 2.128),
        ("0", 0.0),
        ("300", 300.0),
        ("-5", None),
        ("inf", None),
        ("", None),
        ("soon", None),
        ("Fri, 20 Nov 2026 10:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 09:00:00 GMT", 0.0),
        ("Fri, 20 Nov 2026 10:00:30 -0000", 30.0),
        ("Fri Nov 20 10:00:30 2026", 30.0),
        ("999999999", 86400.0),
        ("Sun, 20 Nov 2050 10:00:00 GMT", 86400.0),
    ],
)
def test_the_pause_that_is_asked_for(value: str, seconds: float | None) -> None:
    headers = {"retry-after": value, "date": "Fri, 20 Nov 2026 10:00:00 GMT"}
    assert retry_after(headers) == seconds


@pytest.mark.parametrize("status", [429, 503])
def test_being_throttled_carries_decimals(status: int) -> None:
    error = error_of(Failure(status, "", {"retry-after": "2.128"}))
    assert isinstance(error, Throttled)
    assert error.retry_after == 2.128
