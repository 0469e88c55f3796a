"""The decision log, for administrators."""

from __future__ import annotations

from typing import Any

from liaison.api.decision_views import show_decisions
from liaison.api.paging import page_by_id
from liaison.api.routes import Routes
from liaison.api.schemas.admin_log import ReasonsAnswer
from liaison.api.schemas.meetings import DecisionQuery, DecisionsAnswer
from liaison.api.services import services
from liaison.calendar.stores.decisions import LogFilter, list_decisions
from liaison.reasons.registry import REASONS

log = Routes("Log", __name__, "What was decided, and why.")


@log.get("/api/admin/reasons")
@log.answers(ReasonsAnswer)
def list_reasons() -> dict[str, Any]:
    """What a decision of the log can have as its reason, in words."""
    known = [
        {"code": one.code, "group": one.group.value, "means": one.means, "to_do": one.to_do}
        for one in REASONS
        if one.carried_out
    ]
    return {"items": known, "next": None}


@log.get("/api/admin/decisions")
@log.asks(DecisionQuery)
@log.answers(DecisionsAnswer)
def read(query: dict[str, Any]) -> dict[str, Any]:
    """Decisions, the newest first. Of confidential activities the codes only."""
    wanted = LogFilter(
        mailbox_id=query["representative_id"],
        activity_id=query["activity_id"],
        reason=query["reason"],
        outcome=query["outcome"],
        since=query["since"],
        is_news=query["news"],
    )
    with services().database.transaction() as session:
        page = page_by_id(
            lambda limit, before: list_decisions(session, wanted, limit=limit, before=before),
            query,
            lambda one: one.id,
        )
        return page | {"items": show_decisions(session, page["items"])}
