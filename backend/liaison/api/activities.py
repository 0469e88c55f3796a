"""Activities: sought, planned, made from a meeting, changed, deleted, restored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.access import may_see
from liaison.api.activity_views import etag_of, show_activity, surroundings_of
from liaison.api.caller import caller, user
from liaison.api.crm_port import Search
from liaison.api.decision_views import show_decisions
from liaison.api.meeting_keys import meeting_query
from liaison.api.ownership import locked_fields
from liaison.api.paging import page_by_id
from liaison.api.repeating import Made, done_once, once, once_over_network
from liaison.api.routes import Routes
from liaison.api.schemas.activities import (
    ActivitiesAnswer,
    ActivityAnswer,
    ActivityChange,
    ActivityQueryArguments,
    ActivityRequest,
    is_from_meeting,
)
from liaison.api.schemas.lists import ListQuery
from liaison.api.schemas.meetings import DecisionsAnswer
from liaison.api.services import services
from liaison.api.standing import sent_back
from liaison.api.versions import is_known, not_modified, required_version, version_or
from liaison.api.viewer import editor, viewer
from liaison.api.writing_rights import check_in_charge, check_organizer_stays, check_write
from liaison.calendar.crm_changes import note_crm_changes
from liaison.calendar.linking.asking import ask_again
from liaison.calendar.linking.create import create_from_meeting
from liaison.calendar.linking.crm_side import check_series, follow_crm_edit
from liaison.calendar.model import Scope
from liaison.calendar.stores.decisions import LogFilter, list_decisions
from liaison.calendar.stores.links import find_link_of_activity
from liaison.crm.model import Activity
from liaison.db.tables import new_id
from liaison.errors import NotFound
from liaison.policy.store import read_policy

activities = Routes("Activities", __name__, "Business activities of the CRM.")

# Said again of an activity whose link ended, it asks for a new meeting.
ASKING = frozenset({"transferToOutlook"})
# These go on while somebody writes.
MOVING = frozenset({"link", "outlook"})
MEETING_MEMBERS = ("item_id", "mailbox", "start", "subject", "end", "organizer", "scope")


@activities.get("/api/activities")
@activities.asks(ActivityQueryArguments)
@activities.answers(ActivitiesAnswer)
def search(query: dict[str, Any]) -> dict[str, Any]:
    """Search by the beginnings of words, people, company, time and status."""
    who = viewer()
    wanted = Search(
        representative_id=who.representative_id,
        is_administrator=who.is_administrator,
        text=query["query"],
        company_id=query["company_id"],
        contact_id=query["contact_id"],
        status=query["status"],
        ends_after=query["from_"],
        starts_before=query["to"],
        mine=query["mine"],
    )
    with services().database.transaction() as session:
        page = services().desk.search(session, wanted, limit=query["limit"], cursor=query["cursor"])
        around = surroundings_of(session, page.items)
    return {"items": [show_activity(one, around) for one in page.items], "next": page.next}


@activities.post("/api/activities")
@activities.takes(ActivityRequest)
@activities.answers(ActivityAnswer, 201)
def create(wishes: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Plan one, or make one from a meeting and link both in one step."""
    if is_from_meeting(wishes):
        return once_over_network(lambda: _from_meeting(wishes), lambda mark: _read(UUID(mark)))

    def plan(session: Session) -> Made[dict[str, Any]]:
        planned = services().desk.edit(session, editor()).plan(wishes, key=new_id())
        check_series(session, planned, None, now=services().clock.now())
        note_crm_changes(session, services().tools, [planned.id])
        return Made(planned.id, _show(session, planned))

    return once(plan, _find)


@activities.get("/api/activities/<uuid:activity_id>")
@activities.answers(ActivityAnswer)
@activities.may_also_answer(304, description="Nothing changed since the ETag in If-None-Match.")
def read(activity_id: UUID) -> Any:
    """One activity; a pure database read, so that pages may ask often."""
    with services().database.transaction() as session:
        activity = _get(session, activity_id)
        etag = etag_of(session, activity)
        if is_known(etag):
            return not_modified(etag)
        shown = _show(session, activity)
    return shown, 200, {"ETag": f'"{etag}"'}


@activities.patch("/api/activities/<uuid:activity_id>")
@sent_back(lambda activity_id: _read(activity_id), ActivityAnswer, asking=ASKING, moving=MOVING)  # noqa: PLW0108 - it stands below
@activities.takes(ActivityChange)
@activities.answers(ActivityAnswer)
def change(wishes: dict[str, Any], activity_id: UUID) -> dict[str, Any]:
    """Change members; what Outlook owns on a live link is changed in Outlook.

    What is sent back as GET gave it is no wish, read-only members too. transferToOutlook alone asks again.
    """
    version = required_version()
    with services().database.transaction() as session:
        link = find_link_of_activity(session, activity_id)
        edited = (
            services()
            .desk.edit(session, editor())
            .change(
                activity_id,
                wishes,
                if_version=version,
                locked_fields=locked_fields(link, read_policy(session).policy),
            )
        )
        check_organizer_stays(edited, link)
        check_series(session, edited.after, edited.before, now=services().clock.now())
        check_write(session, edited, editor())
        follow_crm_edit(session, services().tools, edited.before, edited.after, user())
        if wishes.get("transfer_to_outlook"):
            check_in_charge(edited.after, editor())
            ask_again(session, services().tools, edited.after, user())
        return _show(session, edited.after)


@activities.get("/api/activities/<uuid:activity_id>/decisions")
@activities.asks(ListQuery)
@activities.answers(DecisionsAnswer)
def decisions(query: dict[str, Any], activity_id: UUID) -> dict[str, Any]:
    """Why things are as they are, the newest first: all of it, also what was decided before there was a link."""
    with services().database.transaction() as session:
        _get(session, activity_id)
        page = page_by_id(
            lambda limit, before: list_decisions(
                session, LogFilter(activity_id=activity_id), limit=limit, before=before
            ),
            query,
            lambda one: one.id,
        )
        return page | {"items": show_decisions(session, page["items"])}


@activities.delete("/api/activities/<uuid:activity_id>")
@activities.answers(status=204)
def delete(activity_id: UUID) -> None:
    """Hide it; it can be restored."""
    with services().database.transaction() as session:
        version = version_or(lambda: _get(session, activity_id).version)
        edited = services().desk.edit(session, editor()).delete(activity_id, if_version=version)
        check_write(session, edited, editor())
        follow_crm_edit(session, services().tools, edited.before, edited.after, user())


@activities.does("/api/activities/<uuid:activity_id>/restore")
@activities.answers(ActivityAnswer)
def restore(activity_id: UUID) -> dict[str, Any]:
    """Show a deleted one again; may be repeated."""

    def act(session: Session) -> dict[str, Any]:
        version = version_or(lambda: _get(session, activity_id).version)
        edited = services().desk.edit(session, editor()).restore(activity_id, if_version=version)
        note_crm_changes(session, services().tools, [activity_id])
        return _show(session, edited.after)

    return done_once(act, lambda session: _find(session, activity_id))


def _from_meeting(wishes: dict[str, Any]) -> Made[dict[str, Any]]:
    own = {name: value for name, value in wishes.items() if name not in MEETING_MEMBERS}
    with services().database.transaction() as session:
        fields = services().desk.edit(session, editor()).read(own)
    scope = wishes.get("scope", Scope.SINGLE)
    linked = create_from_meeting(services().tools, caller(), meeting_query(wishes), scope, fields)
    activity_id = linked.link.activity_id
    return Made(activity_id, _read(activity_id))


def _read(activity_id: UUID) -> dict[str, Any]:
    with services().database.transaction() as session:
        return _find(session, activity_id)


def _find(session: Session, activity_id: UUID) -> dict[str, Any]:
    return _show(session, _get(session, activity_id))


def _get(session: Session, activity_id: UUID) -> Activity:
    found = services().crm.find_activities(session, [activity_id]).get(activity_id)
    if found is None or not may_see(found, viewer()):
        raise NotFound
    return found


def _show(session: Session, activity: Activity) -> dict[str, Any]:
    return show_activity(activity, surroundings_of(session, [activity]))
