"""Lists and what is common to them."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from liaison.api.schemas.fields import CamelCased, Line

USUAL, MOST = 50, 200


class ListQuery(CamelCased):
    """How much of a list, and from where."""

    limit = ma.fields.Integer(
        load_default=USUAL,
        validate=validate.Range(1, MOST),
        metadata={"description": "How many at most."},
    )
    cursor = Line(load_default=None, metadata={"description": "`next` of the page before."})


class ListAnswer(CamelCased):
    """A page of a list; subclasses say of what."""

    next = ma.fields.String(
        allow_none=True, metadata={"description": "The cursor of the next page; null at the end."}
    )
