"""The running tenant: TLS port with Graph and sign-in, plain port with pages, the notifier."""

import ssl
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import trustme

from liaison_sandbox.faults import Faults
from liaison_sandbox.gate import Gate
from liaison_sandbox.graph.app import create_graph
from liaison_sandbox.graph.delta_rounds import DeltaRounds
from liaison_sandbox.graph.world import World
from liaison_sandbox.login.grants import Grants
from liaison_sandbox.login.issuer import Issuer, Registration
from liaison_sandbox.login.keys import KeyRing
from liaison_sandbox.notifier import LifecycleEvent, Notifier
from liaison_sandbox.pages import create_pages
from liaison_sandbox.path_prefix import beneath
from liaison_sandbox.person import Person
from liaison_sandbox.settings import Settings
from liaison_sandbox.subscriptions import Subscriptions
from liaison_sandbox.tenant import Tenant
from liaison_sandbox.wsgi_server import WsgiServer


class Sandbox:
    """Made by `Sandbox.start`; `stop` ends its threads. Also a context manager."""

    def __init__(
        self,
        tenant: Tenant,
        ca_folder: Path,
        *,
        pages_port: int = 0,
        graph_port: int = 0,
        pane_url: str | None = None,
        host: str = "localhost",
        prefix: str = "",
    ) -> None:
        self.tenant = tenant
        self.tenant_id = tenant.id
        self.settings = Settings()
        self.faults = Faults()
        self.subscriptions = Subscriptions(tenant.exchange)
        self.notifier = Notifier(self.subscriptions, self.settings, tenant.id)
        authority = trustme.CA(organization_name="Throw-away CA of the stand-in tenant")
        self.ca_file = ca_folder / "sandbox-ca.pem"
        ca_folder.mkdir(parents=True, exist_ok=True)
        authority.cert_pem.write_to_path(self.ca_file)
        self._graph = WsgiServer(_not_ready, graph_port, _tls(authority, host))
        origin = f"https://{host}:{self._graph.server_port}"
        self.registration = Registration(tenant.id)
        self.keys = KeyRing()
        self.issuer = Issuer(self.registration, self.keys, origin, prefix)
        self.grants = Grants(self.issuer, tenant)
        rounds = DeltaRounds(self.settings)
        self._pages = WsgiServer(_not_ready, pages_port)
        world = World(
            tenant, self.settings, self.issuer, rounds, self.subscriptions, self.pages_url
        )
        app = create_graph(world, self.grants)
        self._gate = Gate(app.wsgi_app, tenant, self.settings, self.faults)
        self.log = self._gate.log
        self.sign_in_log = self._gate.sign_in_log
        self._graph.app = beneath(prefix, self._gate) if prefix else self._gate
        self._pages.app = create_pages(
            tenant, token_for=self.token_for, pane_url=pane_url, settings=self.settings
        ).wsgi_app
        tenant.exchange.watchers.append(self.notifier.notice)

    @classmethod
    def start(
        cls,
        tenant: Tenant,
        *,
        ca_folder: Path,
        pages_port: int = 0,
        graph_port: int = 0,
        pane_url: str | None = None,
        host: str = "localhost",
        prefix: str = "",
    ) -> Self:
        """`host` and `prefix`: where Graph and sign-in are found, as behind another company's gateway."""
        sandbox = cls(
            tenant,
            Path(ca_folder),
            pages_port=pages_port,
            graph_port=graph_port,
            pane_url=pane_url,
            host=host,
            prefix=prefix,
        )
        sandbox._graph.start()
        sandbox._pages.start()
        sandbox.notifier.start()
        return sandbox

    def stop(self) -> None:
        self.tenant.exchange.watchers.remove(self.notifier.notice)
        self._gate.close()
        self.notifier.stop()
        self._graph.stop()
        self._pages.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        self.stop()

    @property
    def login_url(self) -> str:
        return self.issuer.root

    @property
    def graph_url(self) -> str:
        return f"{self.issuer.root}/v1.0"

    @property
    def pages_url(self) -> str:
        return f"http://localhost:{self._pages.server_port}"

    @property
    def client_id(self) -> str:
        return self.registration.client_id

    @property
    def client_secret(self) -> str:
        return self.registration.client_secret

    def environment(self) -> dict[str, str]:
        """The product's settings for this tenant."""
        return {
            "LIAISON_TENANT_ID": self.tenant_id,
            "LIAISON_CLIENT_ID": self.client_id,
            "LIAISON_CLIENT_SECRET": self.client_secret,
            "LIAISON_GRAPH_URL": self.graph_url,
            "LIAISON_LOGIN_URL": self.login_url,
            "LIAISON_CA_FILE": str(self.ca_file),
            "LIAISON_FRAME_ANCESTORS": self.pages_url,
        }

    def token_for(
        self,
        address: str,
        scopes: str = "access_as_user",
        roles: Sequence[str] | None = None,
        **claim_overrides: Any,
    ) -> str:
        """A signed v2 access token for the product's API.

        `roles`: the person's own unless given. An override of None drops the claim.
        """
        person = self.tenant.person(address)
        return self.issuer.for_api(person, scopes, roles, **claim_overrides)

    def max_in_flight(self, mailbox: str | None = None) -> int:
        """Of one mailbox (object id or address), or of the busiest."""
        person = self.tenant.find_person(mailbox) if mailbox else None
        return self.log.highest_in_flight(person.oid if person else mailbox)

    def register_certificate(self, pem: str) -> None:
        """From now on the app may prove itself with this certificate's key."""
        self.registration.certificates.append(pem)

    def send_lifecycle(self, person: Person, event: LifecycleEvent) -> None:
        """To every subscription of the person's mailbox."""
        for subscription in self.subscriptions.of_mailbox(person.oid):
            self.notifier.send_lifecycle(subscription, event)


def _tls(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host, "localhost", "127.0.0.1").configure_cert(context)
    return context


def _not_ready(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("503 Starting", [])
    return []
