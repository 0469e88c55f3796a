"""Mails beforehand, on the wire."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from liaison.api.schemas.fields import CamelCased

ACTS = ("transfer", "change", "cancel", "delete")


class MailsQuery(CamelCased):
    """What somebody is about to do."""

    by = ma.fields.String(
        load_default="transfer",
        validate=validate.OneOf(ACTS),
        metadata={"description": "transfer, change, cancel or delete."},
    )


class MailsPreviewAnswer(CamelCased):
    """Who would get mail from Outlook. `budget`: so many outsiders may get mail by one action unasked.

    `outside`: the addresses of the activity's people that count as outside, whether they would get mail or not.
    """

    people = ma.fields.Integer()
    outsiders = ma.fields.Integer()
    budget = ma.fields.Integer()
    will_be_held = ma.fields.Boolean()
    outside = ma.fields.List(ma.fields.String())
