"""Links: made, listed, ended, synced now, retried, retracted, explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.activity_views import show_link, surroundings_of
from liaison.api.caller import caller
from liaison.api.decision_views import show_decisions
from liaison.api.meeting_keys import meeting_query
from liaison.api.paging import page_by_id
from liaison.api.repeating import Made, once_over_network
from liaison.api.routes import Routes
from liaison.api.schemas.lists import ListQuery
from liaison.api.schemas.meetings import (
    DecisionsAnswer,
    LinkAnswer,
    LinkRequest,
    LinksAnswer,
    SettleRequest,
)
from liaison.api.services import services
from liaison.calendar.linking import acts
from liaison.calendar.linking.link import link_meeting
from liaison.calendar.linking.settling import settle_field
from liaison.calendar.linking.views import list_link_decisions, list_links
from liaison.calendar.model import Link
from liaison.calendar.stores.decisions import LogFilter, StoredDecision, list_decisions
from liaison.calendar.stores.links import find_link
from liaison.errors import NotFound

links = Routes("Links", __name__, "The ties between meetings and activities.")


@links.post("/api/links")
@links.takes(LinkRequest)
@links.answers(LinkAnswer, 201)
@links.may_also_answer(200, LinkAnswer, "They were linked already.")
def create(wanted: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Link a meeting to an activity; the first sync is done within the call."""

    def link() -> Made[dict[str, Any]]:
        linked = link_meeting(
            services().tools,
            caller(),
            meeting_query(wanted),
            wanted["activity_id"],
            wanted["scope"],
        )
        status = HTTPStatus.CREATED if linked.created else HTTPStatus.OK
        return Made(linked.link.id, _show(linked.link), status)

    return once_over_network(link, _read)


@links.get("/api/links")
@links.asks(ListQuery)
@links.answers(LinksAnswer)
def list_mine(query: dict[str, Any]) -> dict[str, Any]:
    """Links with a copy in my mailbox, the newest first."""
    page = page_by_id(
        lambda limit, before: list_links(services().tools, caller(), limit=limit, before=before),
        query,
        lambda link: link.id,
    )
    with services().database.transaction() as session:
        return page | {"items": _show_all(session, page["items"])}


@links.delete("/api/links/<uuid:link_id>")
@links.answers(status=204)
def unlink(link_id: UUID) -> None:
    """End it; meeting and activity stay. May be repeated."""
    acts.unlink(services().tools, caller(), link_id)


@links.does("/api/links/<uuid:link_id>/sync")
@links.answers(DecisionsAnswer)
@links.may_also_answer(202, DecisionsAnswer, "It takes longer; the decisions follow in the log.")
def sync(link_id: UUID) -> tuple[dict[str, Any], int]:
    """Bring this meeting in step now, and say what was decided."""

    def act() -> Made[dict[str, Any]]:
        decided = acts.sync_now(services().tools, caller(), link_id)
        status = HTTPStatus.ACCEPTED if decided is None else HTTPStatus.OK
        return Made(_mark(decided or []), _show_decided(decided or []), status)

    return once_over_network(act, lambda mark: _show_decided(_find_decided(link_id, mark)))


@links.does("/api/links/<uuid:link_id>/retry")
@links.answers(LinkAnswer)
def retry(link_id: UUID) -> tuple[dict[str, Any], int]:
    """Try a failed meeting again from the beginning."""
    return _act(lambda: acts.retry(services().tools, caller(), link_id))


@links.post("/api/links/<uuid:link_id>/settle")
@links.takes(SettleRequest)
@links.answers(LinkAnswer)
def settle(wanted: dict[str, Any], link_id: UUID) -> tuple[dict[str, Any], int]:
    """Say whose value stays in a field that both sides changed; also after the policy decided, while that still holds."""
    field, keep = wanted["field"], wanted["keep"]
    return _act(lambda: settle_field(services().tools, caller(), link_id, field, keep))


@links.does("/api/links/<uuid:link_id>/retract")
@links.answers(LinkAnswer)
def retract(link_id: UUID) -> tuple[dict[str, Any], int]:
    """End the link and erase what the CRM holds of the meeting; Outlook is not touched."""
    return _act(lambda: acts.retract(services().tools, caller(), link_id))


@links.get("/api/links/<uuid:link_id>/decisions")
@links.asks(ListQuery)
@links.answers(DecisionsAnswer)
def decisions(query: dict[str, Any], link_id: UUID) -> dict[str, Any]:
    """Why things are as they are, the newest first."""
    page = page_by_id(
        lambda limit, before: list_link_decisions(
            services().tools, caller(), link_id, limit=limit, before=before
        ),
        query,
        lambda one: one.id,
    )
    with services().database.transaction() as session:
        return page | {"items": show_decisions(session, page["items"])}


def _act(act: Callable[[], Link]) -> tuple[dict[str, Any], int]:
    def acted() -> Made[dict[str, Any]]:
        link = act()
        return Made(link.id, _show(link), HTTPStatus.OK)

    return once_over_network(acted, _read)


def _read(link_id: str) -> dict[str, Any]:
    with services().database.transaction() as session:
        link = find_link(session, UUID(link_id))
    if link is None:
        raise NotFound
    return _show(link)


def _mark(decided: Sequence[StoredDecision]) -> str:
    """By what these decisions, the newest first, are found again: how many, up to which."""
    return f"{len(decided)} {decided[0].id}" if decided else ""


def _find_decided(link_id: UUID, mark: str) -> list[StoredDecision]:
    if not mark:
        return []
    many, newest = mark.split()
    after_it = UUID(int=UUID(newest).int + 1)
    with services().database.transaction() as session:
        return list_decisions(session, LogFilter(link_id=link_id), limit=int(many), before=after_it)


def _show_decided(decided: Sequence[StoredDecision]) -> dict[str, Any]:
    with services().database.transaction() as session:
        return {"items": show_decisions(session, decided), "next": None}


def _show(link: Link) -> dict[str, Any]:
    with services().database.transaction() as session:
        return _show_all(session, [link])[0]


def _show_all(session: Session, found: Sequence[Link]) -> list[dict[str, Any]]:
    around = surroundings_of(session, [], found)
    return [show_link(one, around) for one in found]
