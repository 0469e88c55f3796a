"""The live links of a mailbox, for administrators: what its number in the overview counts."""

from __future__ import annotations

from typing import Any

from liaison.api.access import may_read_values
from liaison.api.moments import show_when
from liaison.api.paging import page_by_id
from liaison.api.routes import Routes
from liaison.api.schemas.admin_log import LiveLinksAnswer, LiveLinksQuery
from liaison.api.services import services
from liaison.api.viewer import viewer
from liaison.calendar.model import Link, LinkState
from liaison.calendar.stores.links import list_links_of_mailbox
from liaison.crm.model import Activity

links = Routes("Live links", __name__, "What is followed in a mailbox.")


@links.get("/api/admin/links")
@links.asks(LiveLinksQuery)
@links.answers(LiveLinksAnswer)
def list_live(query: dict[str, Any]) -> dict[str, Any]:
    """The live links with a copy in this mailbox, the newest first. Of confidential activities no content."""
    with services().database.transaction() as session:
        page = page_by_id(
            lambda limit, before: list_links_of_mailbox(
                session, query["representative_id"], [LinkState.LIVE], limit=limit, before=before
            ),
            query,
            lambda link: link.id,
        )
        found = [link.activity_id for link in page["items"]]
        activities = services().crm.find_activities(session, found)
    shown = [_show(link, activities.get(link.activity_id)) for link in page["items"]]
    return page | {"items": shown}


def _show(link: Link, activity: Activity | None) -> dict[str, Any]:
    may_read = may_read_values(activity, viewer())
    readable = activity if activity and may_read else None
    times = show_when(readable.when) if readable else {"start": None, "end": None}
    return {
        "id": link.id,
        "activity_id": link.activity_id,
        "subject": readable.subject if readable else None,
        "start": times["start"],
        "end": times["end"],
        "scope": link.scope,
        "last_synced_at": link.last_synced_at,
    }
