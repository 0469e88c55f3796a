"""All settings of the environment, read once, wrong ones reported together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from environs import Env, FileAwareEnv

from liaison.config_values import (
    LOG_LEVELS,
    BadValue,
    read_address,
    read_database_url,
    read_host,
    read_log_level,
    read_origins,
    read_port,
    read_readable_file,
    read_uuid,
)
from liaison.errors import ConfigurationError, TenantNotConfigured

PREFIX = "LIAISON_"
DEFAULT_PORT = 8080


def _setting(
    meaning: str,
    *,
    default: Any = None,
    read: Callable[[str], Any] = str,
    secret: bool = False,
    example: str = "",
    default_text: str = "",
) -> Any:
    """A field of Settings together with what its documentation says."""
    facts = {
        "meaning": meaning,
        "read": read,
        "secret": secret,
        "example": example,
        "default_text": default_text,
    }
    return field(default=default, repr=not secret, metadata=facts)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. Each field is the variable LIAISON_<FIELD>."""

    database_url: str | None = _setting(
        "Address of the PostgreSQL database.",
        read=read_database_url,
        secret=True,
        default_text="an embedded PostgreSQL in LIAISON_DATA_DIR, started on demand",
        example="postgresql://liaison:secret@db.example.com/liaison",
    )
    data_dir: Path = _setting(
        "Folder of the embedded database and of what the programs keep between starts.",
        default=Path(".data"),
        read=Path,
    )
    public_url: str = _setting(
        "Address under which people, Outlook and Microsoft Graph reach the web server. "
        "https; http only on this machine.",
        default="",
        read=read_address,
        default_text="`http://localhost:` and the port",
        example="https://liaison.example.com",
    )
    host: str = _setting("Address the web server listens on.", default="127.0.0.1", read=read_host)
    port: int = _setting("Port the web server listens on.", default=DEFAULT_PORT, read=read_port)
    tenant_id: str | None = _setting(
        "Directory (tenant) id of the Microsoft 365 tenant.",
        read=read_uuid,
        example="00000000-0000-0000-0000-000000000000",
    )
    client_id: str | None = _setting(
        "Application (client) id of the app registered in Entra ID.",
        read=read_uuid,
        example="00000000-0000-0000-0000-000000000000",
    )
    client_secret: str | None = _setting(
        "The app's secret; give this or the certificate, not both.", secret=True
    )
    client_certificate_file: Path | None = _setting(
        "One PEM file with the app's private key and certificate, instead of the secret.",
        read=read_readable_file,
        example="/etc/liaison/app.pem",
    )
    graph_url: str = _setting(
        "Address of Microsoft Graph. The scope asked for is its origin and /.default.",
        default="https://graph.microsoft.com/v1.0",
        read=read_address,
    )
    login_url: str = _setting(
        "Address of Entra ID's sign-in.",
        default="https://login.microsoftonline.com",
        read=read_address,
    )
    ca_file: Path | None = _setting(
        "More certificate authorities (PEM) to trust for Graph and sign-in.",
        read=read_readable_file,
        example="/etc/ssl/certs/company.pem",
    )
    frame_ancestors: tuple[str, ...] = _setting(
        "Origins besides Microsoft's that may host the pane, separated by blanks.",
        default=(),
        read=read_origins,
        example="https://intranet.example.com",
        default_text="none",
    )
    addin_id: str = _setting(
        "Id of the add-in in its manifest; an installation beside another needs one of its own.",
        default="7d0b8a52-3a57-4f6d-9a0e-5f0c2f1e6c41",
        read=read_uuid,
    )
    metrics_token: str | None = _setting(
        "Bearer token that /metrics then asks for.",
        secret=True,
        default_text="no token is asked for",
    )
    log_level: str = _setting(
        f"How much is logged: {', '.join(LOG_LEVELS)}.", default="info", read=read_log_level
    )
    log_file: Path | None = _setting(
        "Text log beside stdout, rotated at 10 MB, five kept.",
        read=Path,
        example="/var/log/liaison/liaison.log",
        default_text="stdout only",
    )

    @property
    def has_tenant(self) -> bool:
        """Whether all is there that calls to Microsoft Graph need."""
        return not self.missing_tenant_settings()

    def missing_tenant_settings(self) -> list[str]:
        """The variables still to be set before Graph can be called."""
        missing = [variable(name) for name in ("tenant_id", "client_id") if not getattr(self, name)]
        if not (self.client_secret or self.client_certificate_file):
            missing.append("LIAISON_CLIENT_SECRET (or LIAISON_CLIENT_CERTIFICATE_FILE)")
        return missing

    def require_tenant(self) -> None:
        """Refuse, in one sentence, what cannot be done without a tenant."""
        if missing := self.missing_tenant_settings():
            raise TenantNotConfigured(
                f"Liaison is not connected to a Microsoft 365 tenant yet: set {', '.join(missing)}."
            )


def variable(name: str) -> str:
    """The environment variable of a field."""
    return PREFIX + name.upper()


def read_settings(env_file: Path = Path(".env")) -> Settings:
    """Read the environment, and the file for what it does not name; ConfigurationError lists all problems."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    sources = _sources(env_file)
    for each in fields(Settings):
        try:
            if (text := _text(sources, each.name, each.metadata)) is not None:
                values[each.name] = each.metadata["read"](text)
        except BadValue as error:
            problems.append(f"{variable(each.name)} {error}.")
    if "client_secret" in values and "client_certificate_file" in values:
        problems.append("Give LIAISON_CLIENT_SECRET or LIAISON_CLIENT_CERTIFICATE_FILE, not both.")
    if problems:
        raise ConfigurationError(problems)
    values.setdefault("public_url", f"http://localhost:{values.get('port', DEFAULT_PORT)}")
    return Settings(**values)


def _sources(env_file: Path) -> dict[bool, Env]:
    """By whether the value is a secret, which may also stand in a file of its own."""
    sources: dict[bool, Env] = {
        False: Env(prefix=PREFIX),
        True: FileAwareEnv(prefix=PREFIX, strip_whitespace=True),
    }
    for source in sources.values():
        source.read_env(env_file, recurse=False)
    return sources


def _text(sources: Mapping[bool, Env], name: str, facts: Mapping[str, Any]) -> str | None:
    try:
        text = sources[facts["secret"]].str(name.upper(), None)
    except ValueError:
        raise BadValue("is given as a file that cannot be read") from None
    # An empty value is what a line of .env without a value says: not set.
    return text.strip() or None if text else None
