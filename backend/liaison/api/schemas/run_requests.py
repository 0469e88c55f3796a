"""What is asked of initial syncs, on the wire."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from liaison.api.schemas.fields import CamelCased, Line
from liaison.api.schemas.lists import ListQuery
from liaison.calendar.initial_sync.model import ItemState


class RunRequest(CamelCased):
    """Which mailboxes to read anew, and whether only to plan it."""

    kind = ma.fields.String(required=True, validate=validate.OneOf(["initial"]))
    representative_ids = ma.fields.List(
        ma.fields.UUID(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 1000),
        metadata={
            "description": "null: everybody who is active; in a dry run also who is not active yet, "
            "as if they were. Whom an administrator switched off is only taken by name."
        },
    )
    dry_run = ma.fields.Boolean(
        required=True,
        truthy={True},
        falsy={False},
        metadata={
            "description": "Only plan it; also for people who are not active, as if they were."
        },
    )
    active_only = ma.fields.Boolean(
        load_default=False,
        truthy={True},
        falsy={False},
        metadata={"description": "Of everybody only who is active by now, also in a dry run."},
    )

    preset = ma.fields.String(
        load_default=None,
        allow_none=True,
        metadata={"description": "A dry run of this preset, which need not be in force."},
    )
    policy = ma.fields.Dict(
        keys=ma.fields.String(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 100),
        metadata={
            "description": "A dry run of the policy with these keys changed, which is not saved."
        },
    )


class PlanQuery(ListQuery):
    """Which items of the plan."""

    reason = Line(load_default=None)
    state = ma.fields.Enum(ItemState, by_value=True, load_default=None)
    representative_id = ma.fields.UUID(load_default=None)
    changes = ma.fields.Boolean(
        load_default=False, metadata={"description": "Only what would change something."}
    )
    twins = ma.fields.Boolean(
        load_default=False,
        metadata={"description": "Only what resembles a meeting that the plan captures."},
    )


class TwinsRequest(CamelCased):
    """What becomes of activities that resemble a meeting which the plan captures."""

    item_ids = ma.fields.List(
        ma.fields.UUID(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 1000),
        metadata={"description": "Items of the plan that are linkable; null: all of them."},
    )
    link = ma.fields.Boolean(
        required=True,
        truthy={True},
        falsy={False},
        metadata={"description": "Link both, instead of making an event and an activity anew."},
    )
