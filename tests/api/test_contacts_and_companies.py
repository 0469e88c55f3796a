"""Contacts and companies: made, found, changed, taken out."""

from api_world import problem
from people import ANN, BO, CONTOSO

INES = {"givenName": "Ines", "surname": "Moreau", "addresses": ["Ines@Contoso.example"]}


def test_a_contact_is_made_and_found_by_the_beginning_of_a_word(world):
    made = world.as_(ANN).post("/api/contacts", INES | {"companyId": str(CONTOSO.id)})

    assert made.status_code == 201
    assert made.json["addresses"] == ["ines@contoso.example"]
    [found] = world.as_(BO).get("/api/contacts", query="mor").json["items"]
    assert found == made.json
    assert world.as_(BO).get("/api/contacts", companyId=str(CONTOSO.id)).json["items"] == [found]


def test_a_lost_answer_makes_no_second_contact(world):
    first = world.as_(ANN).post("/api/contacts", INES, Idempotency_Key="k")
    second = world.as_(ANN).post("/api/contacts", INES, Idempotency_Key="k")

    assert second.json == first.json
    assert len(world.as_(ANN).get("/api/contacts").json["items"]) == 1


def test_a_contact_is_changed_by_version_and_taken_out(world):
    made = world.as_(ANN).post("/api/contacts", INES).json
    path = f"/api/contacts/{made['id']}"

    changed = world.as_(BO).patch(path, {"jobTitle": "Buyer", "synchronize": True}, 1)
    stale = world.as_(ANN).patch(path, {"jobTitle": "Seller"}, 1)

    assert (changed.json["jobTitle"], changed.json["version"]) == ("Buyer", 2)
    assert problem(stale) == (409, "version-mismatch")
    assert problem(world.as_(ANN).patch(path, {"jobTitle": "Seller"})) == (428, "version-required")
    assert world.as_(ANN).delete(path, 2).status_code == 204
    assert problem(world.as_(ANN).get(path)) == (404, "not-found")


def test_a_company_is_made_changed_and_taken_out(world):
    made = (
        world.as_(ANN)
        .post(
            "/api/companies",
            {"name": "Tailspin", "kind": "partner", "domains": ["Tailspin.example"]},
        )
        .json
    )
    path = f"/api/companies/{made['id']}"

    changed = world.as_(ANN).patch(path, {"kind": "supplier"}, 1).json

    assert made["domains"] == ["tailspin.example"]
    assert (changed["kind"], changed["name"], changed["version"]) == ("supplier", "Tailspin", 2)
    assert world.as_(ANN).get("/api/companies", query="tail").json["items"] == [changed]
    assert world.as_(ANN).delete(path, 2).status_code == 204
    assert world.as_(ANN).get("/api/companies", query="tail").json["items"] == []


def test_companies_are_listed_page_by_page(world):
    first = world.as_(ANN).get("/api/companies", limit=1).json
    rest = world.as_(ANN).get("/api/companies", limit=1, cursor=first["next"]).json

    assert [one["name"] for one in first["items"] + rest["items"]] == ["Contoso", "Fabrikam"]
    assert rest["next"] is None
