"""The cast of all stories: Nordwind's people, and those they meet at Contoso and Fabrikam."""

from dataclasses import dataclass
from uuid import UUID

from liaison.crm.model import Actor, Company, CompanyKind, Contact
from liaison.people.model import Representative

TENANT_ID = "7d3f0c1e-5f0a-4c0b-9f55-1d2a3b4c5d6e"


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody as the directory lists him."""

    oid: str
    name: str
    address: str
    aliases: tuple[str, ...] = ()
    has_mailbox: bool = True


def _representative(number: int, name: str, *aliases: str) -> Representative:
    given_name = name.split(maxsplit=1)[0].lower()
    return Representative(
        id=UUID(int=0xA000 + number),
        tenant_id=TENANT_ID,
        oid=str(UUID(int=0xB000 + number)),
        name=name,
        address=f"{given_name}@nordwind.example",
        aliases=aliases,
        sync_active=True,
        permissions=frozenset({"EXCHANGE_SYNC_USER"}),
        has_mailbox=True,
        time_zone="Europe/Berlin",
        version=1,
    )


ANN = _representative(1, "Ann Berg", "a.berg@nordwind.example")
BO = _representative(2, "Bo Lind")
CARLA = _representative(3, "Carla Ruiz")
DEV = _representative(4, "Dev Patel")

CONTOSO = Company(UUID(int=0xC001), "Contoso", CompanyKind.CUSTOMER, ("contoso.example",), 1)
FABRIKAM = Company(UUID(int=0xC002), "Fabrikam", CompanyKind.CUSTOMER, ("fabrikam.example",), 1)


def _contact(number: int, given_name: str, surname: str, address: str, company: Company) -> Contact:
    return Contact(
        UUID(int=0xD000 + number), given_name, surname, (address,), 1, company_id=company.id
    )


INES = _contact(1, "Ines", "Moreau", "ines@contoso.example", CONTOSO)
JON = _contact(2, "Jon", "Okafor", "jon@contoso.example", CONTOSO)
KIM = _contact(3, "Kim", "Sato", "kim@fabrikam.example", FABRIKAM)


def acting(person: Representative) -> Actor:
    """The person as one who writes the CRM."""
    return Actor(person.name, "crm", person.id)
