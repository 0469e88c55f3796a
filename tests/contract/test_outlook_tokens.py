"""How the gateway gets its tokens, asked of the stand-in tenant's sign-in service."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from fakes.outlook_worlds import Transaction, settings_for
from liaison.config import Settings
from liaison.errors import (
    ConfigurationError,
    ConsentMissing,
    GatewayUnavailable,
    InteractionRequired,
    NotSignedIn,
    RequestRejected,
    TenantNotConfigured,
)
from liaison.outlook.gateway import OutlookGateway, connect_outlook
from liaison.outlook.model import Caller, Mailbox
from liaison_sandbox.person import Person
from liaison_sandbox.server import Sandbox

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def ann(sandbox: Sandbox) -> Person:
    return sandbox.tenant.add_person("Ann Berg", "ann@nordwind.example")


@pytest.fixture
def outlook(sandbox: Sandbox) -> Iterator[OutlookGateway]:
    yield from connected(settings_for(sandbox))


def connected(settings: Settings) -> Iterator[OutlookGateway]:
    outlook = connect_outlook(settings, lane="web", in_transaction=Transaction())
    yield outlook
    outlook.close()


def caller(sandbox: Sandbox, person: Person) -> Caller:
    return Caller(person.oid, sandbox.token_for(person.address))


def read_as(outlook: OutlookGateway, sandbox: Sandbox, person: Person, who: Caller) -> None:
    mailbox = Mailbox(sandbox.tenant_id, person.oid)
    outlook.calendars.list_between(mailbox, NOON, NOON + timedelta(hours=1), caller=who)


def tokens_given(sandbox: Sandbox) -> int:
    return len([call for call in sandbox.sign_in_log if call.path.endswith("/oauth2/v2.0/token")])


def test_the_application_asks_for_one_token_however_many_threads_call(
    sandbox: Sandbox, outlook: OutlookGateway
) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: outlook.directory.list_people(), range(16)))
    assert tokens_given(sandbox) == 1


def test_a_callers_token_is_exchanged_once(
    sandbox: Sandbox, outlook: OutlookGateway, ann: Person
) -> None:
    who = caller(sandbox, ann)
    for _ in range(3):
        read_as(outlook, sandbox, ann, who)
    assert tokens_given(sandbox) == 1
    assert [(call.app_only, call.caller) for call in sandbox.log] == [(False, ann.oid)] * 3


def test_a_refused_token_is_fetched_anew(
    sandbox: Sandbox, outlook: OutlookGateway, ann: Person
) -> None:
    mailbox = Mailbox(sandbox.tenant_id, ann.oid)
    outlook.directory.probe_mailbox(mailbox)
    sandbox.faults.add(path_regex="/events", status=401, code="InvalidAuthenticationToken")
    outlook.directory.probe_mailbox(mailbox)
    assert tokens_given(sandbox) == 2


def test_claims_that_microsoft_asks_for_are_handed_on(
    sandbox: Sandbox, outlook: OutlookGateway, ann: Person
) -> None:
    claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'
    sandbox.grants.require_interaction(ann, claims)
    with pytest.raises(InteractionRequired) as caught:
        read_as(outlook, sandbox, ann, caller(sandbox, ann))
    assert caught.value.facts["claims"] == claims


def test_missing_consent_is_told_as_such(
    sandbox: Sandbox, outlook: OutlookGateway, ann: Person
) -> None:
    sandbox.grants.withhold_consent(ann)
    with pytest.raises(ConsentMissing) as caught:
        read_as(outlook, sandbox, ann, caller(sandbox, ann))
    assert caught.value.system == "login"


def test_a_callers_token_that_is_none_means_signing_in_again(
    sandbox: Sandbox, outlook: OutlookGateway, ann: Person
) -> None:
    with pytest.raises(NotSignedIn):
        read_as(outlook, sandbox, ann, Caller(ann.oid, "no token"))


def test_a_sign_in_service_that_is_down_is_named(sandbox: Sandbox) -> None:
    settings = replace(settings_for(sandbox), login_url="https://localhost:9")
    for outlook in connected(settings):
        with pytest.raises(GatewayUnavailable) as caught:
            outlook.directory.list_people()
        assert caught.value.system == "login"


def test_a_wrong_secret_is_told_by_its_code_only(sandbox: Sandbox) -> None:
    settings = replace(settings_for(sandbox), client_secret="wrong")
    for outlook in connected(settings):
        with pytest.raises(RequestRejected, match=r"invalid_client, AADSTS7000215\.$"):
            outlook.directory.list_people()


def test_an_unknown_authority_is_not_trusted(sandbox: Sandbox) -> None:
    settings = replace(settings_for(sandbox), ca_file=None)
    for outlook in connected(settings):
        with pytest.raises(GatewayUnavailable):
            outlook.directory.list_people()


def test_authorities_named_for_other_programs_are_not_read(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "authorities.pem"
    empty.touch()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(empty))
    for outlook in connected(settings_for(sandbox)):
        assert outlook.directory.list_people() == []


def test_without_a_tenant_each_call_says_so() -> None:
    for outlook in connected(Settings()):
        with pytest.raises(TenantNotConfigured):
            outlook.directory.list_people()


@pytest.mark.parametrize("order", ["key first", "certificate first"])
def test_a_certificate_serves_instead_of_the_secret(
    sandbox: Sandbox, tmp_path: Path, order: str
) -> None:
    made = trustme.CA().issue_cert("liaison.example", key_type=trustme.KeyType.RSA)
    chain = made.cert_chain_pems[0].bytes().decode()
    parts = [made.private_key_pem.bytes().decode(), chain]
    sandbox.register_certificate(chain)
    file = tmp_path / "app.pem"
    file.write_text("".join(parts if order == "key first" else reversed(parts)))
    settings = replace(settings_for(sandbox), client_secret=None, client_certificate_file=file)
    for outlook in connected(settings):
        assert outlook.directory.list_people() == []


def test_a_certificate_that_cannot_serve_stops_the_start(tmp_path: Path) -> None:
    made = trustme.CA().issue_cert("liaison.example", key_type=trustme.KeyType.ECDSA)
    file = tmp_path / "app.pem"
    for content in (
        b"",
        made.cert_chain_pems[0].bytes(),
        made.private_key_and_cert_chain_pem.bytes(),
    ):
        file.write_bytes(content)
        with pytest.raises(ConfigurationError, match="LIAISON_CLIENT_CERTIFICATE_FILE"):
            next(connected(Settings(client_certificate_file=file)))
