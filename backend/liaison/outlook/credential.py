"""By what the application proves itself at sign-in: its secret, or the key of its certificate."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from liaison.config import Settings
from liaison.errors import ConfigurationError

_VARIABLE = "LIAISON_CLIENT_CERTIFICATE_FILE"


def credential(settings: Settings) -> str | dict[str, str] | None:
    """As msal takes it."""
    if settings.client_certificate_file is None:
        return settings.client_secret
    return _certificate(settings.client_certificate_file)


def _certificate(file: Path) -> dict[str, str]:
    """One PEM holds both; msal reads each from the same text."""
    try:
        pem = file.read_bytes()
        key = load_pem_private_key(pem, password=None)
        x509.load_pem_x509_certificate(pem)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as failure:
        raise ConfigurationError(
            [f"{_VARIABLE} holds no certificate with a private key without password."]
        ) from failure
    if not isinstance(key, RSAPrivateKey):
        raise ConfigurationError(
            [f"{_VARIABLE} holds another key than RSA, which Entra ID asks for."]
        )
    text = pem.decode()
    return {"private_key": text, "public_certificate": text}
