"""Where our token may be sent."""

from __future__ import annotations

import pytest

from liaison.outlook.graph_links import is_within

GRAPH = "https://graph.example:8443/prefix/v1.0"


@pytest.mark.parametrize(
    "link",
    [
        "https://graph.example:8443/prefix/v1.0/users/a/calendarView/delta?$deltatoken=x%2F..",
        "https://GRAPH.example:8443/prefix/v1.0/users('a')/events",
    ],
)
def test_a_link_of_the_configured_graph_is_followed(link: str) -> None:
    assert is_within(link, GRAPH)


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example:8443/prefix/v1.0/users",
        "https://graph.example/prefix/v1.0/users",
        "http://graph.example:8443/prefix/v1.0/users",
        "https://graph.example:8443/prefix/v1.0-evil/users",
        "https://graph.example:8443/other/v1.0/users",
        "https://graph.example:8443/prefix/v1.0/../../admin",
        "https://graph.example:8443/prefix/v1.0/%2e%2e/admin",
        "https://graph.example:8443@evil.example/prefix/v1.0/users",
        "https://user@graph.example:8443/prefix/v1.0/users",
        "https://graph.example:8443.evil.example/prefix/v1.0/users",
        "https://graph.example:8443\\@evil.example/prefix/v1.0/users",
        "https://graph.example:8443/prefix/v1.0/a\nb",
        "https://:secret@graph.example:8443/prefix/v1.0/users",
        "https://graph.example:443/prefix/v1.0/users",
        "https://graph.example:84430/prefix/v1.0/users",
        "https://graph.example.:8443/prefix/v1.0/users",
        "https://graph.example:8443/PREFIX/v1.0/users",
        "https://graph.example:8443/prefix/v2.0/users",
        "https://graph.example:8443/prefix/v1.0",
        "https://graph.example:8443//prefix/v1.0/users",
        "https://graph.example:8443/prefix/v1.0/%2e%2e%2f%2e%2e%2fadmin",
        "ftp://graph.example:8443/prefix/v1.0/users",
        "javascript://graph.example:8443/prefix/v1.0/users",
        "https://graph.example:8443\t/prefix/v1.0/users",
        "https://gr\u0430ph.example:8443/prefix/v1.0/users",
        "//graph.example:8443/prefix/v1.0/users",
        "/prefix/v1.0/users",
        "",
        "https://[graph",
    ],
)
def test_any_other_link_is_refused(link: str) -> None:
    assert not is_within(link, GRAPH)


def test_the_usual_port_may_be_left_out() -> None:
    assert is_within("https://graph.example:443/v1.0/users", "https://graph.example/v1.0")
