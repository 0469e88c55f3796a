"""Initial syncs: begin, dry run, plan, apply, undo."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response
from sqlalchemy.orm import Session

from liaison.api.admin.runs_views import (
    show_items,
    show_past_run,
    show_plan_table,
    show_run,
    show_undo,
    show_whole_run,
)
from liaison.api.caller import caller
from liaison.api.paging import page_by_id
from liaison.api.repeating import Made, done_once, once, once_marked
from liaison.api.routes import Routes
from liaison.api.schemas.lists import ListQuery
from liaison.api.schemas.run_requests import PlanQuery, RunRequest, TwinsRequest
from liaison.api.schemas.runs import RunsAnswer, WholeRunAnswer
from liaison.api.services import services
from liaison.calendar.initial_sync import acts
from liaison.calendar.initial_sync.model import Trial
from liaison.calendar.initial_sync.twins import choose_twins
from liaison.calendar.passes import Pass
from liaison.calendar.stores import initial_runs, plan_items
from liaison.calendar.stores.plan_items import ItemFilter
from liaison.calendar.stores.runs import find_past_run
from liaison.crm.model import Actor
from liaison.errors import NotFound
from liaison.policy.store import read_policy
from liaison.telemetry import current_trace_id

runs = Routes("Runs", __name__, "Initial syncs: begin, dry run, plan, apply, undo.")


@runs.post("/api/admin/runs")
@runs.takes(RunRequest)
@runs.answers(WholeRunAnswer, status=HTTPStatus.ACCEPTED)
def begin(wanted: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Read mailboxes anew, or plan it (dry run). A worker does it; the run tells how far it is."""

    def make(session: Session) -> Made[dict[str, Any]]:
        run = acts.start_run(
            session,
            wanted["representative_ids"],
            dry_run=wanted["dry_run"],
            active_only=wanted["active_only"],
            trial=_trial(wanted),
            actor=caller().actor_name,
            now=services().clock.now(),
        )
        services().tools.begin_after_commit(session, run.id)
        return Made(run.id, show_whole_run(session, run), HTTPStatus.ACCEPTED)

    return once(
        make, lambda session, run_id: show_whole_run(session, acts.get_run(session, run_id))
    )


@runs.get("/api/admin/runs")
@runs.asks(ListQuery)
@runs.answers(RunsAnswer)
def read_all(query: dict[str, Any]) -> dict[str, Any]:
    """Initial syncs and their dry runs, the newest first."""
    with services().database.transaction() as session:
        page = page_by_id(
            lambda limit, before: initial_runs.list_runs(session, limit=limit, before=before),
            query,
            lambda run: run.id,
        )
        policy = read_policy(session).policy
    return page | {"items": [show_run(run, policy) for run in page["items"]]}


@runs.get("/api/admin/runs/<uuid:run_id>")
@runs.asks(PlanQuery)
@runs.answers(WholeRunAnswer)
def read(query: dict[str, Any], run_id: UUID) -> dict[str, Any]:
    """How far it is, what undoing would do, and a page of its plan. Also one pass over one mailbox."""
    wanted = ItemFilter(
        query["representative_id"],
        query["reason"],
        query["state"],
        query["changes"],
        query["twins"],
    )
    with services().database.transaction() as session:
        shown = _show(session, run_id)
        page = page_by_id(
            lambda limit, after: plan_items.list_items(
                session, run_id, wanted, limit=limit, after=after
            ),
            query,
            lambda stored: stored.id,
        )
        return shown | page | {"items": show_items(session, page["items"])}


@runs.get("/api/admin/runs/<uuid:run_id>/items.csv")
@runs.answers(status=200)
def read_csv(run_id: UUID) -> Response:
    """The whole plan as a table for spreadsheets (text/csv)."""
    with services().database.transaction() as session:
        acts.get_run(session, run_id)
        text = "".join(show_plan_table(session, run_id))
    headers = {"Content-Disposition": f'attachment; filename="plan-{run_id}.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)


@runs.does("/api/admin/runs/<uuid:run_id>/apply")
@runs.answers(WholeRunAnswer)
def apply(run_id: UUID) -> dict[str, Any]:
    """Carry out exactly this plan, or go on where it stopped; what changed meanwhile is left out (plan-stale).

    Activates whom the plan took for active. Also while the service is stopped; another policy since is a 409.
    """

    def act(session: Session) -> dict[str, Any]:
        now = services().clock.now()
        run = acts.apply(session, run_id, actor=caller().actor_name, now=now)
        services().tools.begin_after_commit(session, run.id)
        return show_whole_run(session, run)

    return done_once(act, lambda session: _show(session, run_id))


@runs.post("/api/admin/runs/<uuid:run_id>/twins")
@runs.takes(TwinsRequest)
@runs.answers(WholeRunAnswer)
def choose(wanted: dict[str, Any], run_id: UUID) -> dict[str, Any]:
    """Have activities linked to the meetings that they resemble, or both made anew; applying carries that out.

    Where either changed meanwhile, applying leaves both as they are.
    """

    def act(session: Session) -> dict[str, Any]:
        run = acts.get_run(session, run_id, lock=True)
        actor = caller().actor_name
        choose_twins(session, run, wanted["item_ids"], link=wanted["link"], actor=actor)
        return _show(session, run_id)

    return done_once(act, lambda session: _show(session, run_id))


@runs.does("/api/admin/runs/<uuid:run_id>/undo")
@runs.answers(WholeRunAnswer)
def undo(run_id: UUID) -> tuple[dict[str, Any], int]:
    """Take back what the run wrote to the CRM, where nothing newer happened. Outlook is not touched, nobody is mailed."""

    def act(session: Session) -> Made[dict[str, Any]]:
        foreseen = show_undo(session, run_id)
        came = acts.undo(session, services().crm, run_id, _this(session))
        mark = f"{len(came.steps)} {came.created} {len(came.newer)}"
        return Made(mark, _undone(session, run_id, foreseen, mark), HTTPStatus.OK)

    return once_marked(
        act, lambda session, mark: _undone(session, run_id, show_undo(session, run_id), mark)
    )


def _undone(session: Session, run_id: UUID, known: dict[str, Any], mark: str) -> dict[str, Any]:
    """The run, and what undoing did: how many it took back, how many of them it deleted, how many it left."""
    done = zip(("possible", "created", "newer"), map(int, mark.split()), strict=True)
    return _show(session, run_id) | {"undo": known | dict(done)}


def _show(session: Session, run_id: UUID) -> dict[str, Any]:
    run = initial_runs.find_run(session, run_id)
    if run:
        return show_whole_run(session, run)
    past = find_past_run(session, run_id)
    if past is None:
        raise NotFound
    return show_past_run(session, past)


def _trial(wanted: dict[str, Any]) -> Trial | None:
    preset, keys = wanted["preset"], wanted["policy"]
    return None if preset is None and keys is None else Trial(preset, keys or {})


def _this(session: Session) -> Pass:
    person = caller()
    own = person.representative
    actor = Actor(person.actor_name, "sync", own.id if own else None)
    now = services().clock.now()
    return Pass(actor, read_policy(session).version, now, trace_id=current_trace_id())
