"""How each key of the policy is entered."""

import pytest

from liaison.policy.keys import KEYS, policy_as_json
from liaison.policy.settings import Policy
from liaison.policy.shapes import list_shapes

SHAPES = {shape.name: shape for shape in list_shapes()}


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_every_key_takes_what_its_form_offers(key):
    shape = SHAPES[key.name]

    offered = list(shape.words) if shape.kind in {"word", "switch"} else []
    offered += [shape.least, shape.most] if shape.kind == "number" else []
    offered += [f"1 {unit}" for unit in shape.words] if shape.kind == "interval" else []
    offered += [[word] for word in shape.words] if shape.kind == "words" else []

    assert [key.read(one) for one in offered] != [] or shape.kind in {
        "text",
        "day",
        "lines",
        "owners",
        "map",
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("capture", "word"),
        ("mark", "switch"),
        ("windowPastDays", "number"),
        ("windowFrom", "day"),
        ("owners", "owners"),
        ("transferTypes", "words"),
        ("internalDomains", "lines"),
        ("taskStatusMap", "map"),
        ("contactFolder", "text"),
        ("retryMax", "interval"),
    ],
)
def test_each_kind_of_value_has_its_kind_of_field(name, kind):
    assert SHAPES[name].kind == kind


def test_the_default_is_what_is_delivered():
    assert {name: shape.default for name, shape in SHAPES.items()} == policy_as_json(Policy())
