"""The pure parts of the stand-in's Graph: filters, bodies, times, configuration, conformity."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fakes.clock import FakeClock
from fakes.graph_client import at, new_event
from liaison_sandbox import ids
from liaison_sandbox.call_log import GraphCall
from liaison_sandbox.faults import Faults
from liaison_sandbox.graph.event_body import read_new_event
from liaison_sandbox.graph.filters import read_filter
from liaison_sandbox.graph.preferences import read_preferences
from liaison_sandbox.model import Event
from liaison_sandbox.surroundings import find_real_tenant
from liaison_sandbox.tenant import Tenant
from liaison_sandbox.zones import find_zone, read_moment, windows_name
from openapi_conformity import find_violations, is_available

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def event() -> Event:
    ann = Tenant.create(FakeClock().now).add_person("Ann Berg", "ann@nordwind.example")
    return ann.event(
        ann.create_event(subject="Ann's offer", start=NOON, properties={"String x": "1"})
    )


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ("subject eq 'Ann''s offer'", True),
        ("subject eq 'ann''s offer'", False),
        ("isCancelled eq false and isOrganizer eq true", True),
        ("start/dateTime ge '2026-11-23T12:00:00Z' and end/dateTime lt '2026-11-23T12:30'", False),
        (
            "singleValueExtendedProperties/Any(ep: ep/id eq 'String x' and ep/value eq '1')",
            True,
        ),
        (
            "singleValueExtendedProperties/Any(ep: ep/id eq 'string x' and ep/value eq '1')",
            False,
        ),
    ],
)
def test_a_filter_chooses(event, expression, holds):
    assert read_filter(expression)(event) is holds


def test_enum_values_are_taken_in_any_case():
    fields = read_new_event(new_event(sensitivity="Private", showAs="OOF"))

    assert (fields["sensitivity"], fields["show_as"]) == ("private", "oof")


def test_times_are_kept_in_utc_with_the_windows_name_of_their_zone():
    start, end = (at(f"2026-07-01T{hour}:00:00.0000000", "Europe/Berlin") for hour in ("10", "11"))

    fields = read_new_event(new_event(start=start, end=end))

    assert fields["start"] == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert fields["time_zone"] == "W. Europe Standard Time"


def test_several_preferences_in_one_header_are_told_apart():
    wanted = read_preferences(
        'outlook.timezone="Tokyo Standard Time", IdType="ImmutableId", odata.maxpagesize=50'
    )

    assert (wanted.immutable_ids, wanted.page_size) == (True, 50)
    assert str(wanted.zone) == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23T12:00:00.1234567", datetime(2026, 11, 23, 12, 0, 0, 123456)),  # noqa: DTZ001 - as written, without a zone
        ("2026-11-23T12:00:00Z", NOON),
        ("2026-13-23T12:00:00", None),
        ("tomorrow", None),
    ],
)
def test_moments_are_read_as_clients_write_them(text, moment):
    assert read_moment(text) == moment


def test_zones_have_two_names():
    assert find_zone("W. Europe Standard Time") == find_zone("Europe/Berlin")
    assert windows_name("Europe/Berlin") == "W. Europe Standard Time"
    assert find_zone("Mars") is None


def test_ids_of_both_alphabets_exclude_each_other(event):
    ews = ids.to_ews(event.id)

    assert ids.from_ews(ews) == event.id
    assert ids.from_ews(event.id) is None


def test_a_fault_waits_for_its_call_and_is_used_up():
    faults = Faults()
    faults.add(method="POST", path_regex="/events$", times=2)

    taken = [faults.take(m, "/v1.0/users/x/events") for m in ("GET", "POST", "POST", "POST")]

    assert [one is not None for one in taken] == [False, True, True, False]


@pytest.mark.parametrize(
    ("environment", "is_real"),
    [
        ({}, False),
        ({"LIAISON_GRAPH_URL": "https://localhost:4433/v1.0", "LIAISON_TENANT_ID": "t"}, False),
        ({"LIAISON_GRAPH_URL": "https://graph.microsoft.com/v1.0"}, True),
        ({"LIAISON_LOGIN_URL": "https://login.microsoftonline.com"}, True),
        ({"LIAISON_TENANT_ID": "t"}, True),
    ],
)
def test_it_stays_away_from_a_real_tenant(environment, is_real):
    assert (find_real_tenant(environment) is not None) == is_real


@pytest.mark.parametrize(
    ("method", "path", "request_body", "answer"),
    [
        ("GET", "/users/x/events/y", b"", b'{"id": 7}'),
        ("GET", "/users/x/calendarView/delta", b"", b'{"value": []}'),
        ("GET", "/users/x/inbox", b"", b"{}"),
        ("PATCH", "/users/x/events/y", b'{"nickname": "z"}', b'{"id": "y"}'),
        ("PATCH", "/users/x/events/y", b'{"isAllDay": "no"}', b'{"id": "y"}'),
    ],
)
def test_what_contradicts_the_description_is_found(method, path, request_body, answer):
    call = GraphCall(NOON, method, f"/v1.0{path}", "x", status=200)
    call.request_body, call.response_body = request_body, answer

    assert len(find_violations([call])) == (1 if is_available() else 0)
