"""How an activity repeats, on the wire."""

from __future__ import annotations

import marshmallow as ma

from liaison.api.schemas.fields import CamelCased, Moment
from liaison.crm.model import OccurrenceKind


class OccurrenceAnswer(CamelCased):
    """An occurrence that is not as the series has it."""

    original_start = Moment(days_too=True)
    kind = ma.fields.Enum(OccurrenceKind, by_value=True)
    # marshmallow keeps the name `fields` for itself.
    differing = ma.fields.Dict(
        data_key="fields",
        attribute="fields",
        metadata={"description": "What differs, by the names of an activity's members."},
    )
    apart = ma.fields.Boolean(
        metadata={"description": "Left out, because it is linked to an activity of its own."}
    )
    activity_id = ma.fields.UUID(
        allow_none=True,
        metadata={"description": "The activity of its own, for those who may see it."},
    )


class DatesAnswer(CamelCased):
    """One of the times at which it takes place."""

    start = Moment(days_too=True)
    end = Moment(days_too=True)


class RepetitionAnswer(CamelCased):
    """How a series repeats, and when it takes place next."""

    rule = ma.fields.String(metadata={"description": "As in RFC 5545, without RRULE:."})
    next_dates = ma.fields.List(ma.fields.Nested(DatesAnswer))


class RecurrenceAnswer(RepetitionAnswer):
    """How an activity repeats; its start and end are those of the first occurrence."""

    exceptions = ma.fields.List(ma.fields.Nested(OccurrenceAnswer))
    last_date = ma.fields.Nested(
        DatesAnswer,
        allow_none=True,
        metadata={"description": "When it took place last, once there are no next dates."},
    )
