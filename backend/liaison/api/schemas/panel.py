"""What the pane shows of one meeting, and the list of one's own."""

from __future__ import annotations

import marshmallow as ma

from liaison.api.schemas.activities import ActivityAnswer
from liaison.api.schemas.fields import CamelCased, Named
from liaison.api.schemas.lists import ListAnswer
from liaison.api.schemas.meetings import (
    DecisionAnswer,
    DifferenceAnswer,
    LinkAnswer,
    MatchedPersonAnswer,
    MeetingAnswer,
)
from liaison.api.schemas.recurrence import RepetitionAnswer


class SuggestionAnswer(CamelCased):
    """An activity that may be this meeting."""

    activity = ma.fields.Nested(ActivityAnswer)
    why = ma.fields.String()


class PanelAnswer(CamelCased):
    """A meeting, what it is tied to, who takes part, and why things are as they are."""

    meeting = ma.fields.Nested(MeetingAnswer)
    recurrence = ma.fields.Nested(
        RepetitionAnswer,
        allow_none=True,
        metadata={"description": "Of a series and of its occurrences: how the series repeats."},
    )
    link = ma.fields.Nested(LinkAnswer, allow_none=True)
    copied_from = ma.fields.Nested(
        Named,
        allow_none=True,
        metadata={"description": "The activity of the linked meeting of which this one is a copy."},
    )
    activity = ma.fields.Nested(ActivityAnswer, allow_none=True)
    participants = ma.fields.List(ma.fields.Nested(MatchedPersonAnswer))
    differences = ma.fields.List(ma.fields.Nested(DifferenceAnswer))
    suggestions = ma.fields.List(ma.fields.Nested(SuggestionAnswer))
    decisions = ma.fields.List(ma.fields.Nested(DecisionAnswer))


class OwnMeetingAnswer(CamelCased):
    """One of my meetings, linked or not."""

    meeting = ma.fields.Nested(MeetingAnswer)
    link = ma.fields.Nested(LinkAnswer, allow_none=True)
    activity = ma.fields.Nested(ActivityAnswer, allow_none=True)


class OwnMeetingsAnswer(ListAnswer):
    """My meetings."""

    items = ma.fields.List(ma.fields.Nested(OwnMeetingAnswer))
