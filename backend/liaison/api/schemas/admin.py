"""Service, sync user, policy, audit and mailboxes on the wire."""

from __future__ import annotations

import marshmallow as ma

from liaison.api.schemas.fields import CamelCased, Line, Moment
from liaison.api.schemas.lists import ListAnswer, ListQuery


class ServiceAnswer(CamelCased):
    """The background sync. `generation` grows with every start."""

    running = ma.fields.Boolean()
    generation = ma.fields.Integer()
    active_people = ma.fields.Integer(
        metadata={"description": "Whose mailboxes are followed while it runs."}
    )


class SyncUserAnswer(CamelCased):
    """The sync user."""

    name = ma.fields.String()
    locked = ma.fields.Boolean()
    active = ma.fields.Boolean()


class AuditAnswer(CamelCased):
    """Who of the administrators did what and when."""

    id = ma.fields.UUID()
    at = Moment()
    actor = ma.fields.String()
    action = ma.fields.String()
    subject = ma.fields.String()
    details = ma.fields.Dict()


class AuditQuery(ListQuery):
    """Which acts of administrators."""

    action = Line(load_default=None, metadata={"description": "Its word, as policy-changed."})
    actor = Line(load_default=None, metadata={"description": "Part of the name of who acted."})
    since = Moment(load_default=None)


class AuditsAnswer(ListAnswer):
    """Acts, the newest first."""

    items = ma.fields.List(ma.fields.Nested(AuditAnswer))


class MailboxOwner(CamelCased):
    """Whose mailbox it is."""

    id = ma.fields.UUID()
    name = ma.fields.String()
    address = ma.fields.String()


class ReconciledDifferenceAnswer(CamelCased):
    """A difference that the last reconcile found; its values are in the log, where it was found by the link."""

    link_id = ma.fields.UUID()
    activity_id = ma.fields.UUID()
    field = ma.fields.String()
    settled = ma.fields.Boolean()


class MailboxAnswer(CamelCased):
    """How a mailbox is doing. Times are null where there was none yet.

    `differences` counts those of the last reconcile, `namedDifferences` are the first of them, those not settled before
    the others, `completeness` is its statement. `fieldsApart` counts the fields in which each side keeps its own as the
    rules say, `namedApart` are the first of them.
    """

    id = ma.fields.UUID()
    representative = ma.fields.Nested(MailboxOwner)
    followed = ma.fields.Boolean()
    last_success_at = Moment(allow_none=True)
    lag_seconds = ma.fields.Integer(allow_none=True)
    live_links = ma.fields.Integer()
    waiting = ma.fields.Integer()
    failed = ma.fields.Integer()
    differences = ma.fields.Integer(allow_none=True)
    unsettled_differences = ma.fields.Integer(allow_none=True)
    named_differences = ma.fields.List(ma.fields.Nested(ReconciledDifferenceAnswer))
    fields_apart = ma.fields.Integer(allow_none=True)
    named_apart = ma.fields.List(ma.fields.Nested(ReconciledDifferenceAnswer))
    reconciled_at = Moment(allow_none=True)
    next_reconcile_at = Moment(allow_none=True)
    subscription_expires_at = Moment(allow_none=True)
    next_attempt_at = Moment(allow_none=True)
    unavailable_since = Moment(allow_none=True)
    last_error = ma.fields.String(allow_none=True)
    last_error_sentence = ma.fields.String(
        allow_none=True,
        metadata={"description": "What the code of `lastError` means, where it means something."},
    )
    completeness = ma.fields.String(allow_none=True)


class MailboxesAnswer(ListAnswer):
    """How all mailboxes are doing."""

    items = ma.fields.List(ma.fields.Nested(MailboxAnswer))
