"""Companies: customers, suppliers, partners and others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.repeating import Made, once
from liaison.api.routes import Routes
from liaison.api.schemas.directory import (
    CompaniesAnswer,
    CompanyAnswer,
    CompanyQuery,
    CompanyValue,
)
from liaison.api.services import services
from liaison.api.standing import sent_back
from liaison.api.versions import required_version, version_or
from liaison.crm.model import Company

companies = Routes("Companies", __name__, "Customers, suppliers, partners and others.")


@companies.get("/api/companies")
@companies.asks(CompanyQuery)
@companies.answers(CompaniesAnswer)
def list_companies(query: dict[str, Any]) -> Any:
    """Search companies, by name."""
    with services().database.transaction() as session:
        return services().companies.search_companies(
            session,
            query["query"],
            limit=query["limit"],
            cursor=query["cursor"],
        )


@companies.post("/api/companies")
@companies.takes(CompanyValue)
@companies.answers(CompanyAnswer, 201)
def create_company(wishes: dict[str, Any]) -> tuple[Company, int]:
    """Make a company."""

    def make(session: Session) -> Made[Company]:
        made = services().companies.create_company(session, wishes)
        return Made(made.id, made)

    return once(make, services().companies.get_company)


@companies.get("/api/companies/<uuid:company_id>")
@companies.answers(CompanyAnswer)
def read_company(company_id: UUID) -> Company:
    """One company."""
    return _find(company_id)


@companies.patch("/api/companies/<uuid:company_id>")
@sent_back(lambda company_id: _find(company_id), CompanyAnswer)  # noqa: PLW0108 - it stands below
@companies.takes(CompanyValue)
@companies.answers(CompanyAnswer)
def change_company(wishes: dict[str, Any], company_id: UUID) -> Company:
    """Change members of a company. What is sent back as GET gave it is no wish."""
    version = required_version()
    with services().database.transaction() as session:
        return services().companies.change_company(session, company_id, wishes, if_version=version)


@companies.delete("/api/companies/<uuid:company_id>")
@companies.answers(status=204)
def delete_company(company_id: UUID) -> None:
    """Take a company out of the lists."""
    known, now = services().companies, services().clock.now()
    with services().database.transaction() as session:
        version = version_or(lambda: known.get_company(session, company_id).version)
        known.delete_company(session, company_id, if_version=version, now=now)


def _find(company_id: UUID) -> Company:
    with services().database.transaction() as session:
        return services().companies.get_company(session, company_id)
