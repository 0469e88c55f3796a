"""What the doctor says about the tenant, the credential, the clock and the mailboxes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from fakes.outlook_worlds import settings_for
from liaison.cli.checks.credentials import check_credential, check_roles
from liaison.cli.checks.tenant import check_clock, check_mailboxes, check_sign_in
from liaison.errors import GatewayUnavailable, MailboxUnavailable, Throttled
from liaison.outlook.model import Mailbox
from liaison.outlook.tokens import MsalTokens
from liaison.outlook.trust import login_session, ssl_context
from people import ANN, BO

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def settings(sandbox):
    return settings_for(sandbox)


def verdicts(findings):
    return {finding.subject: finding.verdict.value for finding in findings}


def test_a_tenant_that_is_well_connected_is_ok(settings):
    findings = list(check_sign_in(settings, NOW))

    assert set(verdicts(findings).values()) == {"ok"}
    assert settings.client_secret not in "".join(map(str, findings))


def test_a_wrong_secret_fails_and_is_not_told(settings):
    wrong = replace(settings, client_secret="wrong-and-secret")

    findings = list(check_sign_in(wrong, NOW))

    assert verdicts(findings)["tenant"] == "failed"
    assert "wrong-and-secret" not in "".join(map(str, findings))


def test_a_sign_in_service_that_cannot_be_reached_fails(settings):
    nowhere = replace(settings, login_url="https://localhost:1")

    assert verdicts(check_sign_in(nowhere, NOW))["tenant"] == "failed"


def test_a_sign_in_service_whose_keys_cannot_be_read_fails_on_behalf_of(sandbox, settings):
    sandbox.faults.add(path_regex="keys", status=500, times=-1)

    assert verdicts(check_sign_in(settings, NOW))["on-behalf-of"] == "failed"


@pytest.mark.parametrize(
    ("roles", "verdict", "says"),
    [
        (["Calendars.ReadWrite", "User.Read.All"], "ok", "Optional and not granted: MailboxSett"),
        (["Calendars.ReadWrite"], "failed", "User.Read.All not granted."),
        ([], "failed", "Calendars.ReadWrite, User.Read.All not granted."),
    ],
)
def test_the_permissions_that_are_required_must_be_granted(sandbox, roles, verdict, says):
    sandbox.registration.app_roles[:] = roles
    token = app_token(sandbox)

    finding = check_roles(token)

    assert finding.verdict == verdict
    assert says in finding.says


def test_a_token_that_cannot_be_read_is_a_warning():
    assert check_roles("opaque").verdict == "warning"


@pytest.mark.parametrize(("days", "verdict"), [(365, "ok"), (29, "warning"), (-1, "failed")])
def test_a_certificate_is_renewed_in_time(settings, tmp_path, days, verdict):
    file = tmp_path / "app.pem"
    file.write_bytes(certificate_until(NOW + timedelta(days=days)))

    finding = check_credential(replace(settings, client_certificate_file=file), NOW)

    assert finding.verdict == verdict


def test_a_certificate_that_is_none_fails(settings, tmp_path):
    file = tmp_path / "app.pem"
    file.write_text("nonsense")

    finding = check_credential(replace(settings, client_certificate_file=file), NOW)

    assert finding.verdict == "failed"


@pytest.mark.parametrize(("seconds", "verdict"), [(0, "ok"), (120, "warning"), (-120, "warning")])
def test_a_clock_that_differs_by_more_than_a_minute_is_a_warning(settings, seconds, verdict):
    now = datetime.now(UTC) + timedelta(seconds=seconds)

    assert check_clock(settings, now).verdict == verdict


def test_a_graph_that_cannot_be_reached_fails_the_clock(settings):
    nowhere = replace(settings, graph_url="https://localhost:1/v1.0")

    assert check_clock(nowhere, NOW).verdict == "failed"


class _Directory:
    def __init__(self, broken, error=MailboxUnavailable):
        self.broken, self.error = broken, error

    def probe_mailbox(self, mailbox: Mailbox) -> None:
        if mailbox.oid in self.broken:
            raise self.error


def test_each_mailbox_that_cannot_be_read_is_named():
    findings = list(check_mailboxes(_Directory({BO.oid}), [ANN, BO]))

    assert [finding.verdict.value for finding in findings] == ["ok", "failed"]
    assert findings[0].says == "1 of 2 can be read."
    assert BO.address in findings[1].says


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (MailboxUnavailable(), "licence"),
        (GatewayUnavailable(system="login"), "the line of the tenant"),
        (Throttled(), "Ask again"),
    ],
)
def test_the_advice_on_a_mailbox_fits_what_stands_in_the_way(error, advice):
    [finding] = check_mailboxes(_Directory({BO.oid}, error), [BO])

    assert advice in finding.to_do


def test_without_anybody_active_there_is_a_warning():
    assert verdicts(check_mailboxes(_Directory(set()), [])) == {"mailboxes": "warning"}


def app_token(sandbox):

    settings = settings_for(sandbox)
    with login_session(ssl_context(settings.ca_file)) as session:
        return MsalTokens(settings, session).token(None)


def certificate_until(end):
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "liaison")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(end - timedelta(days=700))
        .not_valid_after(end)
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(Encoding.PEM)
