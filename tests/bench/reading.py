"""What people wait for: the open meeting without Graph's time, and search, in a CRM of full size."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench.stage import Stage, open_stage
from bench.table import Line, milliseconds, share, spread
from liaison.api.app import create_app
from liaison.bootstrap import build
from liaison.outlook.client import GraphClient

ANN = "ann"
COMPANIES = """
INSERT INTO companies (id, name, kind, domains, version, words)
SELECT gen_random_uuid(), 'Company ' || n, 'customer', ARRAY['customer' || n || '.example'], 1,
    array_to_tsvector(ARRAY['company', n::text])
FROM generate_series(1, :companies) n
"""
CONTACTS = """
INSERT INTO contacts (id, given_name, surname, phone, mobile, job_title, company_id, synchronize, version, words)
SELECT gen_random_uuid(), 'Given' || n % 997, 'Surname' || n, '', '', '', c.id, false, 1,
    array_to_tsvector(ARRAY['given' || n % 997, 'surname' || n])
FROM generate_series(1, :contacts) n
JOIN (SELECT id, row_number() OVER () AS place FROM companies) c ON c.place = n % :companies + 1
"""
ADDRESSES = """
INSERT INTO contact_addresses (contact_id, address, position, remembered, confirmed)
SELECT id, 'guest' || n || '@customer' || n || '.example', 0, false, false
FROM (SELECT id, row_number() OVER () - 1 AS n FROM contacts) numbered
"""
ACTIVITIES = """
INSERT INTO activities (id, key, type, subject, notes, starts_at, ends_at, time_zone, place, status, owner_id,
    organizer, participants, people, internal_notes, outcome, next_step, regarding, confidential, company_id, stub,
    review, transfer_to_outlook, version, created_by, changed_by, changed_at, words)
SELECT gen_random_uuid(), gen_random_uuid(), 'appointment', 'Subject ' || n, '', at, at + interval '30 minutes',
    'Europe/Berlin', 'Room ' || n % 50, 'planned', :owner, someone, jsonb_build_array(someone),
    ARRAY['c:' || contact, 'a:guest' || n % 500 || '@customer' || n % 500 || '.example'],
    '', '', '', '', n % 20 = 0, company, false, '[]', false, 1, 'bench', 'bench', now(),
    array_to_tsvector(ARRAY['subject', n::text, 'room', 'offer' || n % 300])
FROM (
    SELECT n, now() + (n % 1000 - 500) * interval '1 day' + n % 40 * interval '15 minutes' AS at,
        c.id AS contact, c.company_id AS company,
        jsonb_build_object('kind', 'contact', 'id', c.id, 'name', c.surname, 'address', '', 'role', 'required',
            'response', 'none', 'invite', null) AS someone
    FROM generate_series(1, :activities) n
    JOIN (SELECT id, company_id, surname, row_number() OVER () AS place FROM contacts) c
        ON c.place = n % :contacts + 1
) made
"""


Ask = Callable[[str, dict[str, str]], tuple[float, float]]


def reading(template: str, activities: int, contacts: int, times: int) -> list[Line]:
    """One line for each question."""
    with open_stage(template) as stage:
        one = stage.add_person(ANN)
        linked = stage.add_linked(ANN, 100)
        loose = stage.tenant.ask(order="create", given=ANN, count=100)
        sizes = {
            "companies": 2_000,
            "contacts": contacts,
            "activities": activities,
            "owner": one.id,
        }
        for statement in (COMPANIES, CONTACTS, ADDRESSES, ACTIVITIES):
            stage.execute(
                statement, **{name: sizes[name] for name in sizes if f":{name}" in statement}
            )
        stage.execute("VACUUM ANALYZE")
        size = f"{activities:,} activities, {contacts:,} contacts"
        with _client(stage) as ask:
            return _lines(ask, size, linked, loose, times)


def _lines(ask: Ask, size: str, linked: list[str], loose: list[str], times: int) -> list[Line]:
    return [
        _line(
            f"GET /api/meeting, linked; {size}",
            ask,
            ("/api/meeting", "itemId", linked),
            times,
        ),
        _line(
            "GET /api/meeting, not linked, with suggestions",
            ask,
            ("/api/meeting", "itemId", loose),
            times,
        ),
        _line(
            "search of activities, a common word",
            ask,
            ("/api/activities", "query", ["subject", "room", "off"]),
            times,
        ),
        _line(
            "search of activities, a rare one",
            ask,
            ("/api/activities", "query", [f"subj {n}" for n in range(900, 950)]),
            times,
        ),
        _line(
            "search of contacts",
            ask,
            ("/api/contacts", "query", [f"surn given{n}" for n in range(100, 150)]),
            times,
        ),
    ]


@contextmanager
def _client(stage: Stage) -> Iterator[Ask]:
    """Asks the web application in this process; seconds without Graph, and those of Graph."""
    services = build(stage.settings)
    client = create_app(services).test_client()
    headers = {"Authorization": "Bearer " + stage.tenant.ask(order="token", given=ANN)}
    waited = 0.0
    inner = GraphClient.call

    def call(graph: GraphClient, *given: Any, **more: Any) -> Any:
        nonlocal waited
        began = time.perf_counter()
        try:
            return inner(graph, *given, **more)
        finally:
            waited += time.perf_counter() - began

    def ask(path: str, query: dict[str, str]) -> tuple[float, float]:
        nonlocal waited
        waited, began = 0.0, time.perf_counter()
        answer = client.get(path, query_string=query, headers=headers)
        spent = time.perf_counter() - began
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}: {answer.text}")
        return spent - waited, waited

    GraphClient.call = call  # type: ignore[method-assign]
    try:
        yield ask
    finally:
        GraphClient.call = inner  # type: ignore[method-assign]
        services.outlook.close()
        services.database.close()


def _line(what: str, ask: Ask, question: tuple[str, str, list[str]], times: int) -> Line:
    path, name, values = question
    asked = [ask(path, {name: values[at % len(values)]}) for at in range(times + 5)][5:]
    graph = share([waited for _, waited in asked], 0.5)
    told = spread([spent for spent, _ in asked])
    return Line(what, told + (f"; Graph {milliseconds(graph)} more" if graph else ""), "p95 50 ms")
