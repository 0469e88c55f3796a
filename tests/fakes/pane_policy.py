"""A server whose policy can be looked at and changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from liaison.policy.keys import policy_as_json
from liaison.policy.presets import PRESETS
from liaison.policy.settings import Policy
from liaison.policy.shapes import Shape, list_shapes

from .pane_server import PaneServer

FACTS = {"version": 3, "changedAt": None, "changedBy": None, "notYet": []}


@contextmanager
def policy_server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        server.world.documents = {"policy": policy_as_json(Policy()) | FACTS}
        server.world.lists = {
            "keys": [shape_json(shape) for shape in list_shapes()],
            "presets": [
                {"name": "mirror", "meaning": "Both ways.", "keys": policy_as_json(PRESETS["mirror"]), "notYet": ["contacts"]},
                {"name": "linked", "meaning": "People link.", "keys": policy_as_json(Policy()), "notYet": []},
            ],
        }  # fmt: skip
        yield server


def shape_json(shape: Shape) -> dict[str, Any]:
    """As the API writes it; in these stories this version carries out everything but tasks."""
    shown = asdict(shape)
    shown["carriedOut"] = [] if shown.pop("name") == "tasks" else None
    del shown["carried_out"]
    return shown | {"name": shape.name}
