"""What waits, for an administrator or by itself, and what failed for good, on the wire."""

from __future__ import annotations

import marshmallow as ma

from liaison.api.schemas.fields import CamelCased, Moment
from liaison.api.schemas.lists import ListAnswer, ListQuery


class SampleAnswer(CamelCased):
    """One of the activities, as far as the administrator may read it."""

    id = ma.fields.UUID()
    subject = ma.fields.String()
    status = ma.fields.String()


class HeldMailsAnswer(CamelCased):
    """How many mails Outlook would send, and how many of them to people outside."""

    people = ma.fields.Integer()
    outsiders = ma.fields.Integer()


class HeldAnswer(CamelCased):
    """What one mailbox has waiting, or had. Confidential activities are among the ids, never among the samples."""

    id = ma.fields.UUID()
    reason = ma.fields.String()
    mailbox = ma.fields.String(allow_none=True)
    activity_ids = ma.fields.List(ma.fields.UUID())
    count = ma.fields.Integer()
    mails = ma.fields.Nested(
        HeldMailsAnswer,
        allow_none=True,
        metadata={"description": "What would be sent; null where removals wait."},
    )
    at = Moment()
    status = ma.fields.String(
        metadata={"description": "open, approved, discarded, or dissolved: nothing of it waits."}
    )
    removed_before = ma.fields.Integer(
        metadata={"description": "Removals of the 24 hours before that discarding takes back."}
    )
    samples = ma.fields.List(ma.fields.Nested(SampleAnswer))
    settled_at = Moment(allow_none=True)
    settled_by = ma.fields.String(allow_none=True)


class HoldsAnswer(ListAnswer):
    """What waits, the newest first."""

    items = ma.fields.List(ma.fields.Nested(HeldAnswer))


class FailedAnswer(CamelCased):
    """A meeting that failed for good. `subject` is that of its activity, null where that is not to be read."""

    id = ma.fields.UUID()
    mailbox = ma.fields.String(allow_none=True)
    event_id = ma.fields.String()
    error = ma.fields.String(allow_none=True)
    sentence = ma.fields.String()
    attempts = ma.fields.Integer()
    at = Moment()
    activity_id = ma.fields.UUID(allow_none=True)
    subject = ma.fields.String(allow_none=True)


class FailuresAnswer(ListAnswer):
    """What failed for good, the newest first."""

    items = ma.fields.List(ma.fields.Nested(FailedAnswer))


class WaitingQuery(ListQuery):
    """Of which mailbox."""

    representative_id = ma.fields.UUID(load_default=None)


class WaitingItemAnswer(FailedAnswer):
    """A meeting that is looked at again by itself; `error` is null where it was not tried yet."""

    next_at = Moment(metadata={"description": "When it is looked at next."})


class WaitingAnswer(ListAnswer):
    """What is tried again, the newest first."""

    items = ma.fields.List(ma.fields.Nested(WaitingItemAnswer))
