"""What Microsoft 365 says: sign-in, permissions, on-behalf-of, clock, mailboxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from email.utils import parsedate_to_datetime

import httpx

from liaison.api.signing_keys import fetch_from
from liaison.cli.checks.credentials import check_credential, check_roles
from liaison.cli.checks.model import Finding, fail, warn, well
from liaison.config import Settings
from liaison.errors import (
    GatewayError,
    GatewayTimeout,
    GatewayUnavailable,
    LiaisonError,
    NotSignedIn,
    Throttled,
)
from liaison.outlook.model import Caller, Mailbox
from liaison.outlook.port import Directory
from liaison.outlook.tokens import MsalTokens
from liaison.outlook.trust import login_session, ssl_context
from liaison.people.model import Representative

LARGEST_SKEW_SECONDS = 60
TIMEOUT_SECONDS = 10
AT_ONCE = 3
NOBODY = Caller("doctor", "no-token-of-anybody")


def check_sign_in(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether the tenant gives us a token, what it allows, and whether it takes requests on behalf of people."""
    yield check_credential(settings, now)
    with login_session(ssl_context(settings.ca_file)) as session:
        tokens = MsalTokens(settings, session)
        try:
            token = tokens.token(None)
        except LiaisonError as error:
            yield fail("tenant", error.sentence, "Compare tenant id, client id and credential with the app in Entra ID.")  # fmt: skip
            return
        yield well("tenant", "It gives Liaison a token.")
        yield check_roles(token)
        yield _check_on_behalf_of(settings, tokens)


def check_clock(settings: Settings, now: datetime) -> Finding:
    """Against the time that Microsoft Graph tells with every answer, a refusal included."""
    subject = "clock"
    try:
        answer = httpx.get(
            settings.graph_url, verify=ssl_context(settings.ca_file), timeout=TIMEOUT_SECONDS
        )
        theirs = parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, KeyError, ValueError) as error:
        said = f"Microsoft Graph does not tell its time ({type(error).__name__})."
        return fail(subject, said, "Let this machine reach LIAISON_GRAPH_URL.")
    skew = abs((now - theirs).total_seconds())
    if skew > LARGEST_SKEW_SECONDS:
        said = f"This machine's differs from Microsoft's by {skew:.0f} seconds."
        return warn(subject, said, "Let it follow a time server.")
    return well(subject, "It agrees with Microsoft's.")


def check_mailboxes(directory: Directory, people: Sequence[Representative]) -> Iterator[Finding]:
    """One cheap read of each."""
    if not people:
        yield warn("mailboxes", "Nobody is active.", "Run liaison representative activate ADDRESS.")
        return
    with ThreadPoolExecutor(AT_ONCE) as threads:
        hindrances = list(threads.map(lambda one: _probe(directory, one), people))
    failures = [
        fail("mailboxes", f"{one.address}: {error.sentence}", _advice(error))
        for one, error in zip(people, hindrances, strict=True)
        if error is not None
    ]
    answering = len(people) - len(failures)
    if answering:
        yield well("mailboxes", f"{answering} of {len(people)} can be read.")
    yield from failures


def _check_on_behalf_of(settings: Settings, tokens: MsalTokens) -> Finding:
    """With a token that is nobody's the sign-in service must refuse the token, and not the app that asks."""
    subject = "on-behalf-of"
    advice = "Give the app a credential, the scope access_as_user and Calendars.Read.Shared."
    try:
        fetch_from(settings, ssl_context(settings.ca_file))()
        tokens.token(NOBODY)
    except NotSignedIn:
        said = "The tenant's keys can be read, and the app may ask. Consent shows with the first person."
        return well(subject, said)
    except LiaisonError as error:
        return fail(subject, error.sentence, advice)
    except OSError as error:
        said = f"The keys that sign people's tokens cannot be read ({type(error).__name__})."
        return fail(subject, said, "Let this machine reach LIAISON_LOGIN_URL.")
    return warn(subject, "The sign-in service took a token that is nobody's.", advice)


def _probe(directory: Directory, one: Representative) -> LiaisonError | None:
    try:
        directory.probe_mailbox(Mailbox(one.tenant_id, one.oid))
    except LiaisonError as error:
        return error
    return None


def _advice(error: LiaisonError) -> str:
    if isinstance(error, GatewayError) and error.is_of_sign_in:
        return "Do what the line of the tenant says."
    if isinstance(error, Throttled | GatewayTimeout | GatewayUnavailable):
        return "Ask again in some minutes."
    return "Look at its licence, and at the scope of the app in Exchange."
