"""What the console's log chooses from, and the links behind a number, on the wire."""

from __future__ import annotations

import marshmallow as ma

from liaison.api.schemas.fields import CamelCased, Moment
from liaison.api.schemas.lists import ListAnswer, ListQuery
from liaison.calendar.model import Scope


class ReasonAnswer(CamelCased):
    """A reason of the log. `group`: the heading under which the documentation has it."""

    code = ma.fields.String()
    group = ma.fields.String()
    means = ma.fields.String()
    to_do = ma.fields.String()


class ReasonsAnswer(ListAnswer):
    """All reasons that this version decides, in the order in which it asks."""

    items = ma.fields.List(ma.fields.Nested(ReasonAnswer))


class LiveLinksQuery(ListQuery):
    """Whose mailbox."""

    representative_id = ma.fields.UUID(required=True)


class LiveLinkAnswer(CamelCased):
    """A meeting of the mailbox that is followed, by its activity."""

    id = ma.fields.UUID()
    activity_id = ma.fields.UUID()
    subject = ma.fields.String(
        allow_none=True, metadata={"description": "Null where the activity is confidential."}
    )
    start = Moment(days_too=True, allow_none=True)
    end = Moment(days_too=True, allow_none=True)
    scope = ma.fields.Enum(Scope, by_value=True)
    last_synced_at = Moment(allow_none=True)


class LiveLinksAnswer(ListAnswer):
    """Links, the newest first."""

    items = ma.fields.List(ma.fields.Nested(LiveLinkAnswer))
