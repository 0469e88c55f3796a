"""Activities on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from marshmallow import validate

from liaison.api.schemas.fields import (
    Address,
    CamelCased,
    Line,
    Lines,
    Moment,
    Named,
    Reference,
    Word,
    YesNo,
    Zone,
)
from liaison.api.schemas.lists import ListAnswer, ListQuery
from liaison.api.schemas.meetings import DESCRIPTION, LinkAnswer
from liaison.api.schemas.recurrence import RecurrenceAnswer
from liaison.calendar.model import Scope
from liaison.crm.model import ActivityStatus, ActivityType, PersonKind
from liaison.outlook.model import Role

MOST_PARTICIPANTS = 500
FROM_MEETING = "Comes from the meeting and cannot be given."
NAMING_A_MEETING = ("itemId", "scope", "mailbox")
# What the meeting says; where it is found without an id, some of it describes it.
OUTLOOKS = frozenset(
    {"notes", "timeZone", "allDay", "location", "participants", "status", "owner", "recurrence"}
)
NAMED_BY_ID = frozenset({"subject", "end", "organizer"})


class ParticipantValue(CamelCased):
    """Somebody who takes part. What a GET gave may be sent back: read-only members are ignored."""

    class Meta:
        """Read-only members may be sent back."""

        unknown = ma.EXCLUDE

    kind = Word(PersonKind, required=True)
    id = ma.fields.UUID(load_default=None, allow_none=True)
    name = Line(load_default="")
    address = Line(load_default="", longest=320)
    role = Word(Role, load_default=Role.REQUIRED)
    invite = YesNo(load_default=None, allow_none=True)

    @ma.validates_schema(skip_on_field_errors=True)
    def is_somebody(self, loaded: Mapping[str, Any], **_options: Any) -> None:
        """People of ours and of theirs are named by id; others by address or name, which counts for new ones only."""
        if loaded["kind"] is not PersonKind.OTHER and loaded["id"] is None:
            raise ma.ValidationError("Is needed for this kind.", "id")


class ParticipantAnswer(CamelCased):
    """Somebody who takes part, as shown."""

    kind = ma.fields.Enum(PersonKind, by_value=True)
    id = ma.fields.UUID(allow_none=True)
    name = ma.fields.String()
    address = ma.fields.String()
    role = ma.fields.String()
    response = ma.fields.String()
    invite = ma.fields.Boolean(allow_none=True)
    outlook = ma.fields.String(metadata={"description": "State towards Outlook."})


class ReviewAnswer(CamelCased):
    """Why an activity is marked for editing."""

    reason = ma.fields.String()
    address = ma.fields.String(allow_none=True)


class OutlookAnswer(CamelCased):
    """How far an activity has come to Outlook."""

    state = ma.fields.String()
    reason = ma.fields.String(allow_none=True)
    web_link = ma.fields.String(allow_none=True)


class ActivityAnswer(CamelCased):
    """A business activity. Times carry the offset of `timeZone`; all-day values are dates, the end inclusive."""

    id = ma.fields.UUID()
    type = ma.fields.Enum(ActivityType, by_value=True)
    subject = ma.fields.String()
    notes = ma.fields.String()
    internal_notes = ma.fields.String()
    outcome = ma.fields.String()
    next_step = ma.fields.String()
    regarding = ma.fields.String()
    start = Moment(days_too=True)
    end = Moment(days_too=True)
    time_zone = ma.fields.String()
    all_day = ma.fields.Boolean()
    location = ma.fields.String()
    status = ma.fields.Enum(ActivityStatus, by_value=True)
    deleted_at = Moment(allow_none=True)
    confidential = ma.fields.Boolean()
    owner = ma.fields.Nested(Named)
    organizer = ma.fields.Nested(Named)
    company = ma.fields.Nested(Named, allow_none=True)
    participants = ma.fields.List(ma.fields.Nested(ParticipantAnswer))
    recurrence = ma.fields.Nested(RecurrenceAnswer, allow_none=True)
    stub = ma.fields.Boolean()
    review = ma.fields.List(ma.fields.Nested(ReviewAnswer))
    transfer_to_outlook = ma.fields.Boolean()
    outlook = ma.fields.Nested(OutlookAnswer)
    link = ma.fields.Nested(LinkAnswer, allow_none=True)
    version = ma.fields.Integer()
    created_by = ma.fields.Nested(Named)
    changed_by = ma.fields.Nested(Named)
    changed_at = Moment()


class ActivitiesAnswer(ListAnswer):
    """Activities."""

    items = ma.fields.List(ma.fields.Nested(ActivityAnswer))


class ActivityQueryArguments(ListQuery):
    """Which activities are sought."""

    query = Line(load_default="", metadata={"description": "Beginnings of words."})
    company_id = ma.fields.UUID(load_default=None)
    contact_id = ma.fields.UUID(load_default=None)
    status = ma.fields.String(
        load_default=None,
        validate=validate.OneOf([*(str(word) for word in ActivityStatus), "deleted"]),
    )
    from_ = Moment(load_default=None, data_key="from")
    to = Moment(load_default=None)
    mine = ma.fields.Boolean(load_default=False)


class ReportFields(CamelCased):
    """What is always the CRM's."""

    type = Word(ActivityType)
    internal_notes = Lines()
    outcome = Lines()
    next_step = Lines()
    regarding = Line()
    company = ma.fields.Nested(Reference, allow_none=True)
    transfer_to_outlook = YesNo()


class ActivityChange(ReportFields):
    """What to change of an activity; members that are not given stay."""

    subject = Line(shortest=1)
    notes = Lines()
    start = Moment(days_too=True)
    end = Moment(days_too=True)
    time_zone = Zone()
    all_day = YesNo()
    location = Line()
    status = Word(ActivityStatus)
    owner = ma.fields.Nested(Reference)
    organizer = ma.fields.Nested(Reference)
    participants = ma.fields.List(
        ma.fields.Nested(ParticipantValue), validate=validate.Length(0, MOST_PARTICIPANTS)
    )
    recurrence = ma.fields.Dict(
        allow_none=True,
        metadata={
            "description": "As GET gives it; rule or exceptions alone leave the other as it is, as far as it fits. "
            "null: one activity again, at the time of the first occurrence unless another is given."
        },
    )


class OrganizerValue(ma.fields.Field[Any]):
    """A plan names its organizer as {"id": …}; a meeting without an id is found by its organizer's address."""

    def _deserialize(self, value: Any, *_rest: Any, **_options: Any) -> Any:
        return Address().deserialize(value) if isinstance(value, str) else Reference().load(value)


class ActivityRequest(ActivityChange):
    """A plan, or an activity from a meeting: then `itemId` (or subject, start, end, organizer) and `scope` name it."""

    item_id = Line(shortest=1, longest=2000)
    mailbox = Address()
    scope = Word(Scope)
    organizer = OrganizerValue(metadata={"type": "object"})  # type: ignore[assignment]  # also an address

    @ma.validates_schema(skip_on_field_errors=False, pass_original=True)
    def is_complete(self, _loaded: Mapping[str, Any], given: Any, **_options: Any) -> None:
        """Of a plan something is needed, of a meeting something cannot be given."""
        if not isinstance(given, Mapping):
            return  # which is told already
        errors = _wrong_for_meeting(given) if _names_a_meeting(given) else _wrong_for_plan(given)
        if "itemId" not in given:
            errors |= {name: ["Is needed."] for name in DESCRIPTION if name not in given}
        if errors:
            raise ma.ValidationError(errors)


def is_from_meeting(loaded: Mapping[str, Any]) -> bool:
    """Whether the activity is to be made from a meeting."""
    return any(name in loaded for name in ("item_id", "scope", "mailbox"))


def _names_a_meeting(given: Mapping[str, Any]) -> bool:
    return any(name in given for name in NAMING_A_MEETING)


def _wrong_for_meeting(given: Mapping[str, Any]) -> dict[str, list[str]]:
    outlooks = OUTLOOKS | (NAMED_BY_ID if "itemId" in given else frozenset())
    errors = {name: [FROM_MEETING] for name in sorted(outlooks & set(given))}
    if not isinstance(given.get("organizer", ""), str):
        errors.setdefault("organizer", ["Give the address of the meeting's organizer."])
    return errors


def _wrong_for_plan(given: Mapping[str, Any]) -> dict[str, list[str]]:
    if isinstance(given.get("organizer"), str):
        return {"organizer": ["Name the representative by id."]}
    return {}
