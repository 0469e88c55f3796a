"""The signed-in person and the representatives."""

from __future__ import annotations

import marshmallow as ma

from liaison.api.schemas.fields import CamelCased, Line, YesNo
from liaison.api.schemas.lists import ListAnswer, ListQuery
from liaison.people.model import Permission
from liaison.policy.values import Capture, Conflict, OnCrmDelete, OnRemoval, Private, Transfer


class Features(CamelCased):
    """What this version can do."""

    transfer = ma.fields.Boolean()
    series = ma.fields.Boolean()


class ClientAnswer(CamelCased):
    """What the pages need before sign-in."""

    authority = ma.fields.String(allow_none=True)
    client_id = ma.fields.String(allow_none=True)
    tenant_id = ma.fields.String(allow_none=True)
    scope = ma.fields.String(allow_none=True)
    version = ma.fields.String()
    features = ma.fields.Nested(Features)
    host_origins = ma.fields.List(ma.fields.String())
    office_js = ma.fields.String()


class OwnRepresentative(CamelCased):
    """Myself as a representative."""

    id = ma.fields.UUID()
    name = ma.fields.String()
    address = ma.fields.String()
    sync_active = ma.fields.Boolean()
    permissions = ma.fields.Function(
        lambda one: sorted(one.permissions),
        metadata={"type": "array", "items": {"type": "string"}},
    )


class ChosenAnswer(CamelCased):
    """What administrators chose, as far as people are told of it before they act."""

    on_cancel = ma.fields.Enum(OnRemoval, by_value=True)
    on_delete = ma.fields.Enum(OnRemoval, by_value=True)
    capture = ma.fields.Enum(Capture, by_value=True)
    on_crm_delete = ma.fields.Enum(OnCrmDelete, by_value=True)
    private = ma.fields.Enum(Private, by_value=True)
    transfer = ma.fields.Enum(Transfer, by_value=True)
    transfer_types = ma.fields.List(ma.fields.String())
    conflict = ma.fields.Enum(Conflict, by_value=True)


class MeAnswer(CamelCased):
    """The signed-in person."""

    oid = ma.fields.String()
    name = ma.fields.String()
    address = ma.fields.String(allow_none=True)
    is_administrator = ma.fields.Boolean()
    representative = ma.fields.Nested(OwnRepresentative, allow_none=True)
    time_zone = ma.fields.String()
    policy = ma.fields.Nested(ChosenAnswer)


class Colleague(CamelCased):
    """One of our people, for choosing."""

    id = ma.fields.UUID()
    name = ma.fields.String()
    address = ma.fields.String()
    sync_active = ma.fields.Boolean()


class Colleagues(ListAnswer):
    """Our people."""

    items = ma.fields.List(ma.fields.Nested(Colleague))


class RepresentativeAnswer(OwnRepresentative):
    """One of our people, for administrators. `mailbox` says whether there is one to be followed."""

    oid = ma.fields.String()
    aliases = ma.fields.List(ma.fields.String())
    mailbox = ma.fields.Boolean(attribute="has_mailbox")
    time_zone = ma.fields.String()
    version = ma.fields.Integer()


class RepresentativesAnswer(ListAnswer):
    """Our people, for administrators."""

    items = ma.fields.List(ma.fields.Nested(RepresentativeAnswer))


class RepresentativesQuery(ListQuery):
    """Which of our people."""

    query = Line(
        load_default="",
        metadata={"description": "Beginnings of words of the name, or of an address."},
    )


class ImportRequest(CamelCased):
    """Whom to import; null for everybody of the tenant who has a mailbox."""

    addresses = ma.fields.List(
        Line(shortest=1), load_default=None, allow_none=True, validate=ma.validate.Length(1, 1000)
    )


class ImportAnswer(CamelCased):
    """What an import did; `not_found` names addresses that nobody in the tenant has."""

    added = ma.fields.Integer()
    updated = ma.fields.Integer()
    unchanged = ma.fields.Integer()
    not_found = ma.fields.List(ma.fields.String())


class RepresentativeChange(CamelCased):
    """Switch somebody on or off, or say what he may do."""

    sync_active = YesNo()
    permissions = ma.fields.List(ma.fields.Enum(Permission, by_value=ma.fields.String))


class MailboxTest(CamelCased):
    """Whether a mailbox can be read, and in a sentence what stands in the way."""

    ok = ma.fields.Boolean()
    code = ma.fields.String(allow_none=True)
    sentence = ma.fields.String()
