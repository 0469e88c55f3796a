"""Pages, files and the manifest, and what every answer says about framing and scripts."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from flask import Flask

from api_world import BufferedClient, problem, settings
from liaison.api.app import create_app

PAGES = [
    "/panel",
    "/panel/dialog",
    "/panel/redirect",
    "/crm",
    "/admin",
    "/support",
    "/privacy",
    "/terms",
]
ONE_ACTIVITY = "/crm/activities/01a1f895-4c75-7228-813c-8b595264c233"


def reached_at(world, public_url, **members) -> BufferedClient:
    app: Flask = create_app(
        replace(world.services, settings=settings(public_url=public_url, **members))
    )
    return BufferedClient(app, app.response_class)


@pytest.mark.parametrize("path", [*PAGES, ONE_ACTIVITY])
def test_a_page_loads_its_files_under_their_version(world, path):
    answer = world.anybody().get(path)

    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert "{{" not in answer.text
    stylesheet = answer.text.split('rel="stylesheet" href="')[1].split('"')[0]
    file = world.anybody().get(stylesheet)
    assert file.status_code == 200
    assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_page_below_a_path_prefix_loads_its_files_below_it(world):
    client = reached_at(world, "https://office.example/liaison")

    page = client.get("/liaison/panel")

    assert 'src="/liaison/static/' in page.text
    assert client.get("/liaison/healthz").status_code == 200
    # A proxy may also take the prefix away.
    assert client.get("/healthz").status_code == 200


def test_icons_are_kept_long_without_a_version(world):
    answer = world.anybody().get("/static/latest/icons/icon-64.png")

    assert answer.mimetype == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("path", ["../manifest.xml", "%2e%2e/manifest.xml", "nothing.js", "panel"])
def test_only_files_of_the_front_end_are_served(world, path):
    assert world.anybody().get(f"/static/latest/{path}").status_code == 404


@pytest.mark.parametrize("path", [*PAGES, "/", "/nothing", "/api/client", "/api/me", "/healthz"])
def test_the_whole_host_may_be_framed_by_outlook_and_by_nobody_else(world, path):
    headers = world.anybody().get(path).headers

    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy["frame-ancestors"].split()[0] == "'self'"
    assert "https://outlook.office.com" in policy["frame-ancestors"]
    assert "https://outlook.cloud.microsoft" in policy["frame-ancestors"]
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert policy["connect-src"] == "'self' https://login.example"
    assert "X-Frame-Options" not in headers
    assert "Cross-Origin-Opener-Policy" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "max-age" in headers["Strict-Transport-Security"]


def test_other_hosts_may_frame_it_where_the_operator_says_so(world):
    client = reached_at(world, "http://localhost:8080", frame_ancestors=("http://localhost:8081",))

    answer = client.get("/panel")

    assert "http://localhost:8081;" in answer.headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in answer.headers
    assert client.get("/api/client").json["hostOrigins"] == ["http://localhost:8081"]


def test_the_manifest_has_the_configured_address_whatever_host_was_asked_for(world):
    answer = world.anybody().get("/manifest.xml", headers={"Host": "evil.example"})

    assert answer.mimetype == "text/xml"
    assert "evil.example" not in answer.text
    assert "{{" not in answer.text
    ET.fromstring(answer.text)  # it is well-formed
    assert 'DefaultValue="https://liaison.example/panel"' in answer.text


def test_an_address_cannot_break_out_of_the_manifest(world):
    answer = reached_at(world, 'https://liaison.example/a&b"<c').get("/manifest.xml")

    assert ET.fromstring(answer.text) is not None


def test_the_manifest_is_not_handed_out_for_an_address_without_https(world):
    answer = reached_at(world, "http://liaison.example").get("/manifest.xml")

    assert problem(answer) == (409, "conflict")
    assert "https" in answer.json["detail"]


def test_on_this_machine_the_manifest_is_shown_for_looking_at(world):
    answer = reached_at(world, "http://localhost:8080").get("/manifest.xml")

    assert answer.status_code == 200


def test_everybody_may_know_how_to_sign_in(world):
    answer = world.anybody().get("/api/client")

    assert answer.json["authority"].startswith("https://login.example/")
    assert answer.json["scope"].endswith("/access_as_user")
    assert answer.json["features"] == {"transfer": True, "series": True}
    assert "the-client-secret" not in answer.text
