"""Bodies that Microsoft posts, and bodies that somebody else does."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.outlook.notifications import MAX_NOTICES, Notice, Notices, read_notices

GRAPH = Path(__file__).parent / "graph"


def test_a_change_names_the_event_by_its_id() -> None:
    read = read_notices((GRAPH / "notifications.json").read_bytes())
    assert read.notices == (
        Notice("s-1", "secret", "updated", "AAkA-x_Y=", None, "t"),
        Notice("s-2", "", "deleted", None, None, None),
    )
    assert read.problems == ("2 notifications name no subscription.",)


def test_a_lifecycle_event_needs_neither_change_nor_resource() -> None:
    (notice,) = read_notices((GRAPH / "lifecycle.json").read_bytes()).notices
    assert (notice.lifecycle_event, notice.change_type, notice.event_id) == ("missed", None, None)
    assert notice.tenant_id == "84bd8158-6d4d-4958-8b9f-9d6445542f95"


def test_the_client_state_is_not_shown() -> None:
    assert "secret" not in repr(Notice("s-1", "secret"))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"5", b"null", b'{"value": {}}', b"\xff"])
def test_another_shape_is_a_problem_and_no_error(body: bytes) -> None:
    read = read_notices(body)
    assert (read.notices, len(read.problems)) == ((), 1)


def test_too_many_are_refused() -> None:
    body = orjson.dumps({"value": [{"subscriptionId": "s"}] * (MAX_NOTICES + 1)})
    assert read_notices(body) == Notices(problems=("The body has too many notifications.",))


@given(
    st.recursive(st.none() | st.text() | st.integers(0, 9), st.lists)
    | st.dictionaries(
        st.sampled_from(["value", "subscriptionId"]),
        st.lists(
            st.dictionaries(
                st.sampled_from(["subscriptionId", "resourceData"]),
                st.none() | st.text() | st.integers(0, 9),
            )
        ),
    )
)
def test_no_shape_is_an_error(payload: object) -> None:
    assert isinstance(read_notices(orjson.dumps(payload)), Notices)
