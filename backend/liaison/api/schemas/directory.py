"""Contacts and companies on the wire."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from liaison.api.schemas.fields import CamelCased, Line, Word, YesNo
from liaison.api.schemas.lists import ListAnswer, ListQuery
from liaison.crm.model import CompanyKind

MANY = validate.Length(0, 50)


class ContactQuery(ListQuery):
    """Which contacts."""

    query = Line(load_default="", metadata={"description": "Beginnings of words."})
    company_id = ma.fields.UUID(load_default=None)


class ContactValue(CamelCased):
    """A person at a customer, supplier or partner; members that are not given stay."""

    given_name = Line()
    surname = Line()
    addresses = ma.fields.List(Line(), validate=MANY)
    phone = Line()
    mobile = Line()
    job_title = Line()
    company_id = ma.fields.UUID(allow_none=True)
    synchronize = YesNo()
    remembered = ma.fields.List(
        Line(), validate=MANY, metadata={"description": "May only leave aliases out."}
    )


class ContactAnswer(CamelCased):
    """A person at a customer, supplier or partner."""

    id = ma.fields.UUID()
    name = ma.fields.String()
    given_name = ma.fields.String()
    surname = ma.fields.String()
    addresses = ma.fields.List(ma.fields.String())
    phone = ma.fields.String()
    mobile = ma.fields.String()
    job_title = ma.fields.String()
    company_id = ma.fields.UUID(allow_none=True)
    synchronize = ma.fields.Boolean()
    remembered = ma.fields.List(
        ma.fields.String(), metadata={"description": "Aliases that people confirmed in reviews."}
    )
    version = ma.fields.Integer()


class ContactsAnswer(ListAnswer):
    """Contacts."""

    items = ma.fields.List(ma.fields.Nested(ContactAnswer))


class CompanyQuery(ListQuery):
    """Which companies."""

    query = Line(load_default="", metadata={"description": "Beginnings of words."})


class CompanyValue(CamelCased):
    """An organisation; members that are not given stay."""

    name = Line()
    kind = Word(CompanyKind)
    domains = ma.fields.List(Line(), validate=MANY)


class CompanyAnswer(CamelCased):
    """An organisation."""

    id = ma.fields.UUID()
    name = ma.fields.String()
    kind = ma.fields.Enum(CompanyKind, by_value=True)
    domains = ma.fields.List(ma.fields.String())
    version = ma.fields.Integer()


class CompaniesAnswer(ListAnswer):
    """Organisations."""

    items = ma.fields.List(ma.fields.Nested(CompanyAnswer))
