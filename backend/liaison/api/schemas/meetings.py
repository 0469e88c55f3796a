"""Meetings, links and decisions on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from liaison.api.schemas.fields import Address, CamelCased, Line, Moment, Word
from liaison.api.schemas.lists import ListAnswer, ListQuery
from liaison.calendar.model import LinkState, Scope
from liaison.reasons.model import Outcome

DESCRIPTION = ("subject", "start", "end")
TIME = ("time", "start", "end", "timeZone", "allDay", "recurrence")
CONTESTED = {name: name for name in ("subject", "notes", "place", "participants")}
CONTESTED |= {"location": "place"} | dict.fromkeys(TIME, "time")
LINKED = {"true": True, "false": False, "both": None}


class ContestedField(ma.fields.String):
    """The field of the policy that a member of an activity belongs to: its start and its rule are its time."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> str:
        named = super()._deserialize(*args, **kwargs)
        if named not in CONTESTED:
            raise ma.ValidationError(f"It is one of {', '.join(CONTESTED)}.")
        return CONTESTED[named]


class MeetingArguments(CamelCased):
    """Which meeting: by `itemId` in any of Outlook's forms, else by subject, start, end and organizer."""

    item_id = Line(shortest=1, longest=2000)
    mailbox = Address(metadata={"description": "Whose calendar, where it is not the caller's own."})
    start = Moment(metadata={"description": "Settles which occurrence an id means."})
    subject = Line(longest=2000)
    end = Moment()
    organizer = Address()

    @ma.validates_schema(skip_on_field_errors=False, pass_original=True)
    def names_a_meeting(self, _loaded: Mapping[str, Any], given: Any, **_options: Any) -> None:
        """An id, or enough to find it without."""
        if isinstance(given, Mapping) and "itemId" not in given:
            missing = [name for name in DESCRIPTION if name not in given]
            if missing:
                raise ma.ValidationError({name: ["Is needed without itemId."] for name in missing})


class LinkRequest(MeetingArguments):
    """Which meeting to link to which activity."""

    activity_id = ma.fields.UUID(required=True)
    scope = Word(Scope, required=True)


class SettleRequest(CamelCased):
    """Whose value of which field stays. Fields have the names of the activity, or those of the policy."""

    field = ContestedField(required=True)
    keep = ma.fields.String(required=True, validate=ma.validate.OneOf(["outlook", "crm"]))


class OwnMeetingsQuery(ListQuery):
    """Which of my meetings."""

    from_ = Moment(required=True, data_key="from")
    to = Moment(required=True)
    linked = ma.fields.String(load_default="both", validate=ma.validate.OneOf(list(LINKED)))


class CopyAnswer(CamelCased):
    """The event of a meeting in one mailbox."""

    address = ma.fields.String()
    event_id = ma.fields.String()


class ContestAnswer(CamelCased):
    """A field that both sides changed. `how`: held, outlook-won, crm-won; `chosen`: what a person said since."""

    field = ma.fields.String()
    outlook = ma.fields.Raw(allow_none=True)
    crm = ma.fields.Raw(allow_none=True)
    how = ma.fields.String()
    chosen = ma.fields.String(allow_none=True)


class LinkAnswer(CamelCased):
    """The tie between a meeting and an activity."""

    id = ma.fields.UUID()
    activity_id = ma.fields.UUID()
    scope = ma.fields.Enum(Scope, by_value=True)
    state = ma.fields.Enum(LinkState, by_value=True)
    ical_uid = ma.fields.String()
    original_start = Moment(allow_none=True)
    mailboxes = ma.fields.List(ma.fields.Nested(CopyAnswer))
    last_synced_at = Moment(allow_none=True)
    ended_at = Moment(allow_none=True)
    ended_by = ma.fields.String(allow_none=True)
    ended_reason = ma.fields.String(
        allow_none=True, metadata={"description": "The reason code that ended it, or undone."}
    )
    frozen_reason = ma.fields.String(allow_none=True)
    followed_mailbox = ma.fields.String(
        allow_none=True, metadata={"description": "Whose copy of the meeting governs."}
    )
    is_organizer_copy = ma.fields.Boolean(allow_none=True)
    owned_by_outlook = ma.fields.List(
        ma.fields.String(),
        metadata={"description": "Members of the activity that are changed in Outlook only, now."},
    )
    contested = ma.fields.List(ma.fields.Nested(ContestAnswer))


class LinksAnswer(ListAnswer):
    """Links."""

    items = ma.fields.List(ma.fields.Nested(LinkAnswer))


class PersonAnswer(CamelCased):
    """Somebody by name and address."""

    name = ma.fields.String()
    address = ma.fields.String()


class MeetingAnswer(CamelCased):
    """A meeting as its calendar shows it."""

    event_id = ma.fields.String()
    ical_uid = ma.fields.String()
    mailbox = ma.fields.String()
    kind = ma.fields.String()
    subject = ma.fields.String()
    start = Moment(days_too=True)
    end = Moment(days_too=True)
    time_zone = ma.fields.String()
    all_day = ma.fields.Boolean()
    location = ma.fields.String()
    organizer = ma.fields.Nested(PersonAnswer)
    is_organizer = ma.fields.Boolean()
    series_master_id = ma.fields.String(allow_none=True)
    original_start = Moment(allow_none=True)
    private = ma.fields.Boolean()


class CandidateAnswer(CamelCased):
    """One who carries the address."""

    kind = ma.fields.String()
    id = ma.fields.UUID()
    name = ma.fields.String()


class MatchAnswer(CamelCased):
    """Who somebody is to the CRM."""

    kind = ma.fields.String()
    id = ma.fields.UUID(allow_none=True)
    candidates = ma.fields.List(ma.fields.Nested(CandidateAnswer))


class MatchedPersonAnswer(PersonAnswer):
    """Somebody of a meeting, and who that is to the CRM."""

    role = ma.fields.String()
    response = ma.fields.String()
    match = ma.fields.Nested(MatchAnswer)


class DifferenceAnswer(CamelCased):
    """A field that differs between the two sides."""

    field = ma.fields.String()
    outlook = ma.fields.Raw(allow_none=True)
    crm = ma.fields.Raw(allow_none=True)
    conflict = ma.fields.Boolean(
        metadata={"description": "Both sides changed it, and a person decides which value stays."}
    )
    apart = ma.fields.Boolean(
        metadata={"description": "Each side keeps its own until somebody changes it."}
    )


class DecisionAnswer(CamelCased):
    """A decision of the log. `before`, `after` and `subject` are null where their reader may not see them."""

    id = ma.fields.UUID()
    at = Moment()
    reason = ma.fields.String()
    action = ma.fields.String()
    outcome = ma.fields.Enum(Outcome, by_value=True)
    sentence = ma.fields.String()
    before = ma.fields.Dict(allow_none=True)
    after = ma.fields.Dict(allow_none=True)
    actor = ma.fields.String()
    run_id = ma.fields.UUID(allow_none=True)
    trace_id = ma.fields.String(allow_none=True)
    policy_version = ma.fields.Integer()
    activity_id = ma.fields.UUID(allow_none=True)
    subject = ma.fields.String(
        allow_none=True, metadata={"description": "What the activity is called now."}
    )
    event_id = ma.fields.String(allow_none=True)
    mailbox = ma.fields.String(allow_none=True)


class DecisionsAnswer(ListAnswer):
    """Decisions, the newest first."""

    items = ma.fields.List(ma.fields.Nested(DecisionAnswer))


class DecisionQuery(ListQuery):
    """Which decisions."""

    representative_id = ma.fields.UUID(load_default=None)
    activity_id = ma.fields.UUID(load_default=None)
    reason = Line(load_default=None)
    outcome = Word(Outcome, load_default=None)
    since = Moment(load_default=None)
    news = ma.fields.Boolean(
        load_default=False,
        metadata={"description": "Only what changed something, waits or failed."},
    )
