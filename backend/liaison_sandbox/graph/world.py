"""What every Graph route needs."""

from dataclasses import dataclass

from liaison_sandbox.graph.delta_rounds import DeltaRounds
from liaison_sandbox.login.issuer import Issuer
from liaison_sandbox.person import Person
from liaison_sandbox.settings import Settings
from liaison_sandbox.subscriptions import Subscriptions
from liaison_sandbox.tenant import Tenant


@dataclass(frozen=True, slots=True)
class World:
    tenant: Tenant
    settings: Settings
    issuer: Issuer
    rounds: DeltaRounds
    subscriptions: Subscriptions
    pages_url: str

    @property
    def root(self) -> str:
        return f"{self.issuer.root}/v1.0"

    def page_of(self, person: Person) -> str:
        """Where somebody looks at a calendar in a browser."""
        return f"{self.pages_url}/?person={person.oid}"
