"""What the pane shows: the open meeting, and my meetings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from liaison.api.access import may_see
from liaison.api.activity_views import Surroundings, show_activity, show_link, surroundings_of
from liaison.api.caller import caller, user
from liaison.api.decision_views import show_decisions
from liaison.api.meeting_keys import meeting_query
from liaison.api.meeting_views import show_match, show_meeting
from liaison.api.paging import page_of
from liaison.api.recurrence_views import show_repetition
from liaison.api.routes import Routes
from liaison.api.schemas.meetings import LINKED, MeetingArguments, OwnMeetingsQuery
from liaison.api.schemas.panel import OwnMeetingsAnswer, PanelAnswer
from liaison.api.services import services
from liaison.api.viewer import viewer
from liaison.calendar.linking import views
from liaison.calendar.linking.values import MeetingLine, MeetingView
from liaison.crm.model import Activity

panel = Routes("Panel", __name__, "What the pane in Outlook shows.")


@panel.get("/api/meeting")
@panel.asks(MeetingArguments)
@panel.answers(PanelAnswer)
def read_meeting(query: dict[str, Any]) -> dict[str, Any]:
    """The open meeting: what it is tied to, who takes part, and why things are as they are."""
    view = views.show_meeting(services().tools, caller(), meeting_query(query))
    with services().database.transaction() as session:
        return _show(session, view)


@panel.get("/api/meetings")
@panel.asks(OwnMeetingsQuery)
@panel.answers(OwnMeetingsAnswer)
def list_meetings(query: dict[str, Any]) -> dict[str, Any]:
    """My meetings from the one time to the other: linked, not linked, or both."""
    found = views.list_meetings(
        services().tools, caller(), query["from_"], query["to"], linked=LINKED[query["linked"]]
    )
    page = page_of(found, query)
    with services().database.transaction() as session:
        return page | {"items": _show_lines(session, page["items"])}


def _show(session: Session, view: MeetingView) -> dict[str, Any]:
    activity = _visible(view.activity)
    suggested = [(one, why) for one, why in view.suggestions if _visible(one)]
    shown = [*([activity] if activity else []), *(one for one, _ in suggested)]
    around = surroundings_of(session, shown, [view.link] if view.link else [])
    return {
        "meeting": show_meeting(view.event, view.mailbox),
        "recurrence": show_repetition(view.repetition, services().clock.now()),
        "link": show_link(view.link, around) if view.link else None,
        "copied_from": _named(_visible(view.copied_from)),
        "activity": show_activity(activity, around) if activity else None,
        "participants": [show_match(one) for one in view.matches.people],
        "differences": view.differences if activity else [],
        "suggestions": [
            {"activity": show_activity(one, around), "why": why} for one, why in suggested
        ],
        "decisions": show_decisions(session, view.decisions),
    }


def _show_lines(session: Session, lines: Sequence[MeetingLine]) -> list[dict[str, Any]]:
    activities = [one for line in lines if (one := _visible(line.activity))]
    around = surroundings_of(session, activities, [line.link for line in lines if line.link])
    return [_show_line(line, around) for line in lines]


def _show_line(line: MeetingLine, around: Surroundings) -> dict[str, Any]:
    activity = _visible(line.activity)
    return {
        "meeting": show_meeting(line.event, user().address),
        "link": show_link(line.link, around) if line.link else None,
        "activity": show_activity(activity, around) if activity else None,
    }


def _named(activity: Activity | None) -> dict[str, Any] | None:
    return {"id": activity.id, "name": activity.subject} if activity else None


def _visible(activity: Activity | None) -> Activity | None:
    return activity if activity and may_see(activity, viewer()) else None
