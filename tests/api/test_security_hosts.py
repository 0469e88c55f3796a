"""Where a caller says he is, what he asks files by, and what every answer forbids a browser."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from api_world import problem, settings
from liaison.api.services import attach
from people import ANN

LIES = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Port": "1",
    "X-Original-URL": "/api/admin/policy",
    "X-Rewrite-URL": "/api/admin/policy",
    "Forwarded": "host=evil.example;proto=gopher",
    "X-Script-Name": "/evil",
    "X-HTTP-Method-Override": "DELETE",
}
SLASHES = [
    "//crm",
    "//evil.example",
    "//evil.example/..",
    "/static//evil.example",
    "///crm",
    "/crm//activities",
]
EVERYWHERE = [
    ("GET", "/"),
    ("GET", "/panel"),
    ("GET", "/manifest.xml"),
    ("GET", "/static/latest/icons/icon-64.png"),
    ("GET", "/static/latest/nothing"),
    ("GET", "/api/client"),
    ("GET", "/api/docs"),
    ("GET", "/api/openapi.json"),
    ("GET", "/api/me"),
    ("GET", "/nothing"),
    ("PUT", "/panel"),
    ("OPTIONS", "/panel"),
    ("HEAD", "/crm"),
    ("TRACE", "/crm"),
    ("POST", "/graph/notifications?validationToken=x"),
    ("GET", "/graph/notifications"),
    ("GET", "/healthz"),
    ("GET", "/metrics"),
]


@pytest.mark.parametrize(
    "path", ["/manifest.xml", "/api/client", "/panel", "/crm", "/admin", "/support"]
)
def test_no_header_of_a_caller_changes_an_address_of_ours(door, path):
    honest = door.anybody().get(path)

    answer = door.anybody().get(path, headers=LIES)

    assert answer.data == honest.data
    assert "evil" not in str(answer.headers)


def test_the_manifest_leads_to_the_configured_address_alone(door):
    manifest = ET.fromstring(door.anybody().get("/manifest.xml", headers=LIES).text)

    addresses = [
        value
        for element in manifest.iter()
        for value in (element.get("DefaultValue", ""), element.text or "")
        if "://" in value
    ]
    assert addresses
    assert all(address.startswith("https://liaison.example") for address in addresses)


def test_the_way_from_the_root_stays_with_us(door):
    answer = door.anybody().get("/", headers=LIES)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/crm")


@pytest.mark.parametrize("path", SLASHES)
def test_nobody_is_sent_to_another_host(door, path):
    answer = door.app.test_client().open(
        "/", environ_overrides={"PATH_INFO": path, "HTTP_HOST": "evil.example"}
    )

    assert "Location" not in answer.headers
    assert answer.status_code in {200, 404}


@pytest.mark.parametrize(
    "name",
    [
        "../manifest.xml",
        "../../pyproject.toml",
        "..\\..\\pyproject.toml",
        "%2e%2e/manifest.xml",
        "....//manifest.xml",
        "/etc/passwd",
        "panel/../../manifest.xml",
        "a\0b",
        "\0",
        ".",
        "",
        "panel/",
        "x" * 5000,
        "\udcff",
        "file:///etc/passwd",
    ],
)
def test_a_name_leads_to_no_file_outside_the_front_end(door, name):
    raw = f"/static/latest/{name}".encode("utf-8", "surrogateescape").decode("latin-1")

    answer = door.app.test_client().open("/", environ_overrides={"PATH_INFO": raw})

    assert problem(answer) == (404, "not-found")


@pytest.mark.parametrize(("method", "path"), EVERYWHERE)
def test_every_answer_says_what_a_browser_may_not_do(door, method, path):
    headers = door.app.test_client().open(path, method=method).headers

    policy = dict(
        rule.partition(" ")[::2] for rule in headers["Content-Security-Policy"].split("; ")
    )
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert not {"*", "data:", "https:", "'unsafe-inline'", "'unsafe-eval'"} & set(
        policy["script-src"].split()
    )
    assert "*" not in policy["frame-ancestors"].split()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Trace-Id"]
    assert "Access-Control-Allow-Origin" not in headers
    assert "Set-Cookie" not in headers


def test_scripts_of_microsofts_library_host_are_no_way_around_the_rules(door):
    """It also carries frameworks that run code out of a page's attributes."""
    policy = door.anybody().get("/panel").headers["Content-Security-Policy"]

    assert "https://ajax.aspnetcdn.com/ajax/3.5/" in policy
    assert "https://ajax.aspnetcdn.com;" not in policy
    assert "https://ajax.aspnetcdn.com " not in policy


def test_what_somebody_sends_stands_in_no_header_of_the_answer(door):
    sent = {
        "X-Trace-Id": "theirs",
        "Origin": "https://evil.example",
        "traceparent": "00-" + "a" * 32,
    }

    answer = door.anybody().get("/api/nothing?x=%0d%0aSet-Cookie:%20a=b", headers=sent)

    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Trace-Id"] not in {"theirs", "a" * 32}
    assert "evil" not in str(answer.headers)


def test_an_answer_of_the_api_is_kept_by_nobody(world):
    for path in ("/api/me", "/api/activities", "/api/nothing"):
        assert world.as_(ANN).get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer x", "Bearer \x80", "the-metrics-token"])
def test_the_figures_want_their_token_to_the_letter(door, given):
    wanting = settings(metrics_token="the-metrics-token-1")
    attach(door.app, replace(door.services, settings=wanting))

    answer = door.anybody().get("/metrics", headers={"Authorization": given})

    assert problem(answer) == (401, "not-signed-in")
