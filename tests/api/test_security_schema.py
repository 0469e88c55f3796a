"""Whatever the description of the API allows, and what it does not: no failure of ours, and answers as described."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api_world import link
from builders import a_new_activity
from people import ANN, BO, CARLA, CONTOSO

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
# Few and always the same ones, so that the suite is quick and tells the same twice.
FEW = settings(
    max_examples=3,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def play(
    operation: APIOperation, mode: GenerationMode, headers: dict[str, str], ids: dict[str, str]
) -> None:
    @FEW
    @given(operation.as_strategy(generation_mode=mode))
    def asked(case: Case) -> None:
        case.path_parameters.update({n: v for n, v in ids.items() if n in case.path_parameters})
        case.call_and_validate(headers=headers, checks=CHECKS)

    asked()


@pytest.fixture
def ids(world):
    """One of each that is there."""
    world.join_tenant(ANN, BO, CARLA)
    activity = world.plan(a_new_activity())
    tie = link(world, world.meeting_of(ANN), activity).json
    contact = world.as_(ANN).post("/api/contacts", {"surname": "Moreau"}).json
    return {
        "activity_id": str(activity.id),
        "link_id": tie["id"],
        "contact_id": contact["id"],
        "company_id": str(CONTOSO.id),
        "representative_id": str(BO.id),
    }


@pytest.mark.parametrize("roles", [(), ("Liaison.Admin",)], ids=["representative", "administrator"])
@pytest.mark.parametrize(
    ("mode", "known"),
    [
        (GenerationMode.POSITIVE, True),
        (GenerationMode.POSITIVE, False),
        (GenerationMode.NEGATIVE, False),
    ],
    ids=["fitting", "of nothing", "unfitting"],
)
def test_every_operation_answers_as_described_whatever_is_asked(world, ids, mode, known, roles):
    headers = {"Authorization": f"Bearer {world.as_(ANN, *roles).token}", "If-Match": '"1"'}
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", world.app)

    wrong = []
    for operation in (result.ok() for result in described.get_all_operations()):
        try:
            play(operation, mode, headers, ids if known else {})
        except Unsatisfiable:
            continue  # nothing can be wrong in it: it takes nothing
        except FailureGroup as failure:
            wrong.append((operation.label, failure))

    assert wrong == []
