"""Initial syncs, their plans, and undoing, on the wire."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from liaison.api.schemas.fields import CamelCased, Moment
from liaison.api.schemas.lists import ListAnswer
from liaison.calendar.initial_sync.model import ItemState, Phase, RunStatus

KINDS = ("initial", "sync")


class ProgressAnswer(CamelCased):
    """Mailboxes that are done, of all."""

    done = ma.fields.Integer()
    total = ma.fields.Integer()


class MailsAnswer(CamelCased):
    """How many people Outlook would mail, and how many of them are outside."""

    people = ma.fields.Integer()
    outsiders = ma.fields.Integer()


class AppliedAnswer(CamelCased):
    """What became of the items that would change something."""

    planned = ma.fields.Integer()
    applied = ma.fields.Integer()
    stale = ma.fields.Integer()
    undone = ma.fields.Integer()


class LeftAnswer(CamelCased):
    """An activity that undoing leaves, or whose meeting it leaves in Outlook."""

    activity_id = ma.fields.UUID()
    subject = ma.fields.String(
        allow_none=True, metadata={"description": "null where it is confidential."}
    )


class UndoAnswer(CamelCased):
    """What undoing would do now, or did. It writes to the CRM only and mails nobody."""

    possible = ma.fields.Integer()
    created = ma.fields.Integer(
        metadata={
            "description": "How many of them are deleted; their meetings are not captured again by themselves."
        }
    )
    newer = ma.fields.Integer()
    meetings = ma.fields.Integer(
        metadata={"description": "How many meetings the run made in Outlook; they stay there."}
    )
    mails = ma.fields.Integer()
    left = ma.fields.List(
        ma.fields.Nested(LeftAnswer),
        metadata={"description": "What is left because something newer happened."},
    )
    stay = ma.fields.List(
        ma.fields.Nested(LeftAnswer),
        metadata={"description": "The activities of the meetings that stay in Outlook."},
    )


class RunMailboxAnswer(CamelCased):
    """One mailbox of the run."""

    id = ma.fields.UUID()
    mailbox = ma.fields.String(allow_none=True)
    name = ma.fields.String()
    done = ma.fields.Boolean()
    activates = ma.fields.Boolean(
        metadata={"description": "The plan took its owner for active, who was not."}
    )
    error = ma.fields.String(allow_none=True)
    sentence = ma.fields.String(allow_none=True)


class TrialAnswer(CamelCased):
    """A policy that a dry run looked at though it was not in force; `keys` differed."""

    preset = ma.fields.String(allow_none=True)
    keys = ma.fields.Dict(keys=ma.fields.String())


class RunAnswer(CamelCased):
    """A run: an initial sync, or one pass over one mailbox (kind sync)."""

    id = ma.fields.UUID()
    kind = ma.fields.String(validate=validate.OneOf(KINDS))
    dry_run = ma.fields.Boolean()
    status = ma.fields.Enum(RunStatus, by_value=True)
    phase = ma.fields.Enum(
        Phase,
        by_value=True,
        allow_none=True,
        metadata={"description": "What a worker still has to do; null where nothing."},
    )
    progress = ma.fields.Nested(ProgressAnswer)
    counts = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer())
    mails = ma.fields.Nested(MailsAnswer)
    trial = ma.fields.Nested(
        TrialAnswer,
        allow_none=True,
        metadata={"description": "Of a dry run with a policy that was not in force."},
    )
    policy_in_force = ma.fields.Boolean(
        metadata={"description": "The policy of this plan is the one in force."}
    )
    created_at = Moment()
    created_by = ma.fields.String(allow_none=True)
    finished_at = Moment(allow_none=True)
    error = ma.fields.String(allow_none=True)


class OutlookWriteAnswer(CamelCased):
    """What would be written to the event, and how many people are in it."""

    write = ma.fields.String()
    fields_ = ma.fields.List(ma.fields.String(), data_key="fields", attribute="fields")
    people = ma.fields.Integer()
    resembles = ma.fields.Boolean(
        metadata={"description": "It looks like a meeting that this plan captures."}
    )


class PlanItemAnswer(CamelCased):
    """One decision of a plan. `before`, `after`, `subject` only of what is, or would be, an open activity."""

    id = ma.fields.UUID()
    mailbox = ma.fields.String(allow_none=True)
    start = ma.fields.String(allow_none=True)
    reason = ma.fields.String()
    means = ma.fields.String()
    action = ma.fields.String()
    outcome = ma.fields.String()
    state = ma.fields.Enum(ItemState, by_value=True)
    changes = ma.fields.Boolean(
        metadata={"description": "Whether it would change something on either side."}
    )
    activity_id = ma.fields.UUID(allow_none=True)
    subject = ma.fields.String(allow_none=True)
    before = ma.fields.Dict(allow_none=True)
    after = ma.fields.Dict(allow_none=True)
    outlook = ma.fields.Nested(OutlookWriteAnswer, allow_none=True)
    linkable = ma.fields.Boolean(
        metadata={"description": "It could be linked to the one meeting that it resembles."}
    )
    linked = ma.fields.Boolean(metadata={"description": "Somebody chose that."})


class WholeRunAnswer(RunAnswer):
    """The run with its mailboxes, what undoing would do, and a page of its plan; `next` continues the plan."""

    means = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.String(),
        metadata={"description": "In words, what the reasons of `counts` mean."},
    )
    mailboxes = ma.fields.List(ma.fields.Nested(RunMailboxAnswer))
    activates = ma.fields.Integer(
        metadata={"description": "How many people applying this plan activates."}
    )
    stale = ma.fields.Boolean(
        metadata={"description": "Another policy is in force: this plan is not applied."}
    )
    changing = ma.fields.Integer(
        metadata={"description": "How many items of the plan would change something."}
    )
    twins = ma.fields.Integer(
        metadata={
            "description": "How many activities that go to Outlook resemble a meeting that is captured too."
        }
    )
    linkable = ma.fields.Integer(
        metadata={"description": "How many of them could be linked to the meeting instead."}
    )
    linked = ma.fields.Integer(metadata={"description": "Of how many somebody chose that."})
    applied = ma.fields.Nested(AppliedAnswer, allow_none=True)
    undo = ma.fields.Nested(UndoAnswer)
    items = ma.fields.List(ma.fields.Nested(PlanItemAnswer))
    next = ma.fields.String(allow_none=True)


class RunsAnswer(ListAnswer):
    """Initial syncs, the newest first."""

    items = ma.fields.List(ma.fields.Nested(RunAnswer))
