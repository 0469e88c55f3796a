"""Whatever is posted twice under one key happens once and is answered the same, on every path there is."""

import json

import pytest
from sqlalchemy import text

from api_posts import POSTS, Stage
from api_world import problem
from liaison.db.tables import Table
from people import DEV


def everything(world):
    """All that is stored but the keys, all that workers were asked, and all that Outlook was asked."""
    names = sorted(set(Table.metadata.tables) - {"idempotency_keys"})
    with world.services.database.transaction() as session:
        rows = {name: sorted(map(str, session.execute(text(f"TABLE {name}")))) for name in names}
    return rows, list(world.woken)


@pytest.mark.parametrize(("path", "arrange"), POSTS, ids=[f"{p} {a.__name__}" for p, a in POSTS])
def test_what_is_posted_twice_under_one_key_happens_once_and_is_answered_the_same(
    world, path, arrange
):
    post = arrange(Stage(world))
    path = path.format(**post.values)

    first = post.who.post(path, post.body, Idempotency_Key="once")
    before = everything(world)
    world.clock.advance(minutes=1)
    again = post.who.post(path, post.body, Idempotency_Key="once")

    assert first.status_code < 300, first.text
    assert (again.status_code, again.text) == (first.status_code, first.text)
    assert everything(world) == before


@pytest.mark.parametrize(("path", "arrange"), POSTS, ids=[f"{p} {a.__name__}" for p, a in POSTS])
def test_another_body_under_the_same_key_is_refused_and_does_nothing(world, path, arrange):
    post = arrange(Stage(world))
    path = path.format(**post.values)
    post.who.post(path, post.body, Idempotency_Key="once")
    before = everything(world)

    # It means the same; as a request it is another one.
    other = {"data": json.dumps(post.body or {}, indent=1), "content_type": "application/json"}
    refused = post.who.call("POST", path, headers={"Idempotency-Key": "once"}, **other)

    assert problem(refused) == (422, "idempotency-key-reused")
    assert everything(world) == before


def test_every_path_to_which_something_is_posted_is_tried(world):
    described = world.anybody().get("/api/openapi.json").json["paths"]

    posts = {path for path, operations in described.items() if "post" in operations}

    assert posts == {path for path, _ in POSTS}


def test_what_somebody_else_did_since_is_not_undone_by_the_same_key(world):
    """A start that is repeated by the network does not start what was stopped after it."""
    admin = world.admin(DEV)
    admin.post("/api/admin/service/start", Idempotency_Key="once")
    admin.post("/api/admin/service/stop")

    again = admin.post("/api/admin/service/start", Idempotency_Key="once")

    assert (again.status_code, again.json["running"]) == (200, False)
    assert admin.get("/api/admin/service").json["running"] is False
