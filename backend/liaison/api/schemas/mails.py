"""Mails beforehand, on the wire."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from liaison.api.schemas.fields import CamelCased

ACTS = ("transfer", "change", "cancel", "delete", "resume")


class MailsQuery(CamelCased):
    """What somebody is about to do."""

    by = ma.fields.String(
        load_default="transfer",
        validate=validate.OneOf(ACTS),
        metadata={
            "description": "transfer, change, cancel, delete, or resume a link that undoing a run froze."
        },
    )


class MailsPreviewAnswer(CamelCased):
    """Who would get mail from Outlook. `budget`: so many outsiders may get mail by one action unasked.

    `outside`: the addresses of the activity's people that count as outside, whether they would get mail or not. Null
    where nobody can tell: of a private meeting of which only the times are stored, for anybody but its organizer.
    """

    people = ma.fields.Integer(allow_none=True)
    outsiders = ma.fields.Integer(allow_none=True)
    budget = ma.fields.Integer()
    will_be_held = ma.fields.Boolean(allow_none=True)
    outside = ma.fields.List(ma.fields.String())
