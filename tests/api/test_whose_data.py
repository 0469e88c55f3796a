"""Every endpoint, line by line: what each kind of person gets.

Columns: nobody (no token), stranger (of the tenant, not imported), first admin (role, not imported), owner (Ann),
participant (Bo), colleague (Carla, in nothing), admin (Carla with the role). A letter says what is answered: 1 not
signed in, U not a user, F forbidden, N not found, M no such meeting, K let in (whatever comes of the request itself).
"""

import pytest

from api_world import problem
from builders import a_contact_participant, a_new_activity, a_representative_participant
from people import ANN, BO, CARLA, DEV, INES

ROLES = ("nobody", "stranger", "first admin", "owner", "participant", "colleague", "admin")
NEW = {"subject": "Offer", "start": "2026-11-24T10:00:00Z", "end": "2026-11-24T11:00:00Z"}
NO_ID = "01a1f895-4c75-7228-813c-8b595264c233"
CODES = {
    "1": (401, "not-signed-in"),
    "U": (403, "not-a-user"),
    "F": (403, "forbidden"),
    "N": (404, "not-found"),
    "M": (404, "meeting-not-found"),
}

TABLE = """
GET    /api/client                                      K K K K K K K
GET    /api/openapi.json                                K K K K K K K
GET    /api/docs                                        K K K K K K K
GET    /api/me                                          1 U K K K K K
GET    /api/representatives                             1 U U K K K K
GET    /api/meeting?itemId=x                            1 U U M M M M
GET    /api/meetings                                    1 U U K K K K
GET    /api/links                                       1 U U K K K K
POST   /api/links                                       1 U U K K K K
DELETE /api/links/{nothing}                             1 U U N N N N
POST   /api/links/{nothing}/sync                        1 U U N N N N
POST   /api/links/{nothing}/retry                       1 U U N N N N
POST   /api/links/{nothing}/retract                     1 U U N N N N
POST   /api/links/{nothing}/settle                      1 U U K K K K
GET    /api/links/{nothing}/decisions                   1 U U N N N N
GET    /api/activities                                  1 U U K K K K
POST   /api/activities                                  1 U U K K K K
GET    /api/activities/{open}                           1 U U K K K K
GET    /api/activities/{confidential}                   1 U U K K N N
GET    /api/activities/{open}/mails                     1 U U K K K K
GET    /api/activities/{confidential}/mails             1 U U K K N N
GET    /api/activities/{open}/decisions                 1 U U K K K K
GET    /api/activities/{confidential}/decisions         1 U U K K N N
GET    /api/activities/{deleted}/decisions              1 U U K N N K
GET    /api/activities/{deleted}                        1 U U K N N K
GET    /api/activities/{nothing}                        1 U U N N N N
PATCH  /api/activities/{open}            subject        1 U U K F F F
PATCH  /api/activities/{open}            status         1 U U K F F F
PATCH  /api/activities/{open}            outcome        1 U U K K F F
PATCH  /api/activities/{open}            nextStep       1 U U K K F F
PATCH  /api/activities/{open}            internalNotes  1 U U K K F F
PATCH  /api/activities/{confidential}    outcome        1 U U K K N N
DELETE /api/activities/{open}                           1 U U K F F F
DELETE /api/activities/{confidential}                   1 U U K F N N
POST   /api/activities/{open}/restore                   1 U U K F F F
POST   /api/activities/{deleted}/restore                1 U U K N N N
GET    /api/reviews                                     1 U U K K K K
POST   /api/reviews/{open}/resolve                      1 U U K K K K
GET    /api/contacts                                    1 U U K K K K
POST   /api/contacts                                    1 U U K K K K
GET    /api/contacts/{nothing}                          1 U U N N N N
PATCH  /api/contacts/{nothing}                          1 U U N N N N
DELETE /api/contacts/{nothing}                          1 U U N N N N
GET    /api/companies                                   1 U U K K K K
POST   /api/companies                                   1 U U K K K K
GET    /api/companies/{nothing}                         1 U U N N N N
PATCH  /api/companies/{nothing}                         1 U U N N N N
DELETE /api/companies/{nothing}                         1 U U N N N N
GET    /api/admin/policy                                1 F K F F F K
PUT    /api/admin/policy                                1 F K F F F K
GET    /api/admin/policy/keys                           1 F K F F F K
GET    /api/admin/policy/presets                        1 F K F F F K
GET    /api/admin/audit                                 1 F K F F F K
GET    /api/admin/representatives                       1 F K F F F K
POST   /api/admin/representatives/import                1 F K F F F K
PATCH  /api/admin/representatives/{nothing}             1 F N F F F N
POST   /api/admin/representatives/{nothing}/test        1 F N F F F N
GET    /api/admin/service                               1 F K F F F K
POST   /api/admin/service/start                         1 F K F F F K
POST   /api/admin/service/stop                          1 F K F F F K
POST   /api/admin/service/restart                       1 F K F F F K
GET    /api/admin/sync-user                             1 F K F F F K
POST   /api/admin/sync-user/unlock                      1 F K F F F K
POST   /api/admin/sync-user/lock                        1 F K F F F K
POST   /api/admin/sync-user/activate                    1 F K F F F K
POST   /api/admin/sync-user/deactivate                  1 F K F F F K
GET    /api/admin/decisions                             1 F K F F F K
GET    /api/admin/reasons                               1 F K F F F K
GET    /api/admin/links?representativeId={nothing}      1 F K F F F K
GET    /api/admin/mailboxes                             1 F K F F F K
GET    /api/admin/held                                  1 F K F F F K
POST   /api/admin/held/{nothing}/approve                1 F N F F F N
POST   /api/admin/held/{nothing}/discard                1 F N F F F N
GET    /api/admin/failed                                1 F K F F F K
GET    /api/admin/waiting                               1 F K F F F K
POST   /api/admin/failed/{nothing}/retry                1 F N F F F N
GET    /api/admin/runs                                  1 F K F F F K
POST   /api/admin/runs                                  1 F K F F F K
GET    /api/admin/runs/{nothing}                        1 F N F F F N
GET    /api/admin/runs/{nothing}/items.csv              1 F N F F F N
POST   /api/admin/runs/{nothing}/apply                  1 F N F F F N
POST   /api/admin/runs/{nothing}/twins                  1 F K F F F K
POST   /api/admin/runs/{nothing}/undo                   1 F N F F F N
GET    /api/admin/nothing                               1 F N F F F N
GET    /api/nothing                                     1 U U N N N N
GET    /api/docs.css                                    K K K K K K K
GET    /                                                K K K K K K K
GET    /panel                                           K K K K K K K
GET    /panel/dialog                                    K K K K K K K
GET    /panel/redirect                                  K K K K K K K
GET    /crm                                             K K K K K K K
GET    /crm/activities/{nothing}                        K K K K K K K
GET    /admin                                           K K K K K K K
GET    /support                                         K K K K K K K
GET    /privacy                                         K K K K K K K
GET    /terms                                           K K K K K K K
GET    /manifest.xml                                    K K K K K K K
GET    /static/latest/icons/icon-64.png                 K K K K K K K
GET    /static/latest/nothing                           N N N N N N N
GET    /healthz                                         K K K K K K K
GET    /readyz                                          K K K K K K K
GET    /metrics                                         K K K K K K K
POST   /graph/notifications                             K K K K K K K
POST   /graph/lifecycle                                 K K K K K K K
GET    /nothing                                         N N N N N N N
"""
LINES = [line for line in TABLE.strip().splitlines() if line]


def read_line(line):
    words = line.split()
    expected = dict(zip(ROLES, words[-len(ROLES) :], strict=True))
    member = words[2] if len(words) > len(ROLES) + 2 else None
    return words[0], words[1], member, expected


@pytest.fixture
def arranged(world):
    """Ann's activities with Bo in them: one for all, one confidential, one deleted."""
    world.join_tenant(ANN, BO, CARLA)
    people = (a_representative_participant(), a_representative_participant(BO))
    everybody = (*people, a_contact_participant(INES))
    ids = {"nothing": NO_ID}
    for name, members in (
        ("open", {}),
        ("confidential", {"confidential": True}),
        ("deleted", {"deleted_at": world.clock.now()}),
    ):
        ids[name] = world.plan(a_new_activity(participants=everybody, **members)).id
    return world, ids


def persons(world):
    return {
        "stranger": world.as_(DEV),
        "first admin": world.admin(DEV),
        "owner": world.as_(ANN),
        "participant": world.as_(BO),
        "colleague": world.as_(CARLA),
        "admin": world.admin(CARLA),
    }


@pytest.mark.parametrize("line", LINES, ids=[" ".join(line.split()[:2]) for line in LINES])
def test_each_endpoint_answers_each_person_as_the_table_says(arranged, line):
    world, ids = arranged
    method, path, member, expected = read_line(line)
    body = {} if method in {"PATCH", "PUT"} else None
    if member:
        body = {member: "cancelled" if member == "status" else "Said so."}
    # Those who may change something come last: each of the others has to fail before.
    order = sorted(ROLES, key=lambda role: expected[role] == "K")
    for role in order:
        headers = {"If-Match": '"1"'}
        options = {"json": body, "headers": headers} if body is not None else {"headers": headers}
        person = persons(world).get(role)
        send = (
            person.call
            if person
            else lambda verb, at, **how: world.anybody().open(at, method=verb, **how)
        )

        answer = send(method, path.format(**ids), **options)

        assert_answer(role, answer, expected[role])


def assert_answer(role, answer, letter):
    if letter in CODES:
        assert problem(answer) == CODES[letter], role
    else:
        assert answer.status_code not in {401, 403, 404}, (role, answer.text)
        assert answer.status_code < 500, (role, answer.text)


def test_the_table_names_every_endpoint(world):
    documented = {
        (method.upper(), path)
        for path, operations in world.anybody().get("/api/openapi.json").json["paths"].items()
        for method in operations
        if method != "parameters"
    }

    in_table = {(read_line(line)[0], read_line(line)[1].split("?")[0]) for line in LINES}
    patterns = {(method, _as_pattern(path)) for method, path in in_table}
    assert {(method, _as_pattern(path)) for method, path in documented} - patterns == set()


def _as_pattern(path):
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def test_naming_another_organizer_takes_a_permission(world):
    wish = NEW | {"organizer": {"id": str(BO.id)}}

    assert problem(world.as_(ANN).post("/api/activities", wish)) == (403, "forbidden")


def test_a_search_finds_only_what_its_reader_may_see(arranged):
    world, ids = arranged

    found = {
        role: {item["id"] for item in person.get("/api/activities", query="renewal").json["items"]}
        for role, person in persons(world).items()
        if role in {"owner", "participant", "colleague", "admin"}
    }

    both = {str(ids["open"]), str(ids["confidential"])}
    assert found["owner"] == found["participant"] == both
    assert found["colleague"] == found["admin"] == {str(ids["open"])}


def test_deleted_ones_are_listed_for_owner_and_administrator(arranged):
    world, ids = arranged

    listed = {
        role: [i["id"] for i in person.get("/api/activities", status="deleted").json["items"]]
        for role, person in persons(world).items()
        if role in {"owner", "participant", "colleague", "admin"}
    }

    assert listed["owner"] == listed["admin"] == [str(ids["deleted"])]
    assert listed["participant"] == listed["colleague"] == []
