"""Finding activities in the embedded CRM, and who finds what."""

from datetime import timedelta

import pytest

from builders import (
    a_company,
    a_contact,
    a_contact_participant,
    a_new_activity,
    a_representative_participant,
    a_stranger,
    a_time,
)
from liaison.crm.embedded import companies, contacts
from liaison.crm.embedded.search import (
    ActivityQuery,
    Viewer,
    search_activities,
)
from liaison.crm.model import ActivityStatus
from liaison.errors import InvalidRequest
from people import ANN, BO, CARLA

BOS = {"owner_id": BO.id, "organizer": a_representative_participant(BO)}
ANNS_VIEW, BOS_VIEW = Viewer(ANN.id), Viewer(BO.id)
ADMINISTRATOR = Viewer(None, is_administrator=True)


@pytest.fixture
def subjects(database, clock):
    def subjects(viewer=ANNS_VIEW, *, limit=20, **query):
        with database.transaction() as session:
            page = search_activities(
                session, ActivityQuery(**query), viewer, now=clock.now(), limit=limit
            )
        return [one.subject for one in page.items]

    return subjects


@pytest.mark.parametrize(
    "typed",
    ["rene", "RENEWAL", "mull", "Müll", "offer renew", "mia@unk", "unknown", "2026", "fabri room"],
)
def test_words_are_found_by_their_beginnings(database, create, subjects, typed):
    with database.transaction() as session:
        fabrikam = companies.create_company(session, a_company(name="Fabrikam AG"))
    create(
        a_new_activity(
            subject="Renewal 2026 (Müller)",
            regarding="Offer",
            place="Room_5",
            company_id=fabrikam.id,
            participants=(a_stranger("mia@unknown.example"),),
        ),
        a_new_activity(subject="Other"),
    )

    assert subjects(text=typed) == ["Renewal 2026 (Müller)"]


@pytest.mark.parametrize("typed", ["newal", "renewal nothing", "'x' | !", "re:*|other"])
def test_what_does_not_begin_so_is_not_found(create, subjects, typed):
    create(a_new_activity(subject="Renewal"))

    assert subjects(text=typed) == []


def test_only_signs_are_no_search(create, subjects):
    create(a_new_activity(subject="Renewal"))

    assert subjects(text=" & ") == ["Renewal"]


def test_a_renamed_company_finds_its_activities(database, create, subjects):
    with database.transaction() as session:
        company = companies.create_company(session, a_company())
    create(a_new_activity(subject="Renewal", company_id=company.id))

    with database.transaction() as session:
        companies.change_company(session, company.id, {"name": "Tailspin"}, if_version=1)

    assert subjects(text="tails") == ["Renewal"]


def test_company_contact_state_and_time_narrow_a_search(database, create, subjects):
    with database.transaction() as session:
        company = companies.create_company(session, a_company())
        ines = contacts.create_contact(session, a_contact())
    next_day = a_time(a_time().start + timedelta(days=1))
    create(
        a_new_activity(subject="Company", company_id=company.id),
        a_new_activity(subject="Contact", participants=(a_contact_participant(ines),)),
        a_new_activity(subject="Done", status=ActivityStatus.COMPLETED),
        a_new_activity(subject="Next day", when=next_day),
    )

    assert subjects(company_id=company.id) == ["Company"]
    assert subjects(contact_id=ines.id) == ["Contact"]
    assert subjects(status="completed") == ["Done"]
    assert subjects(ends_after=a_time().end) == ["Next day"]
    assert len(subjects(starts_before=next_day.start)) == 3


def test_mine_is_what_i_own_or_take_part_in(create, subjects):
    create(
        a_new_activity(subject="Own"),
        a_new_activity(subject="Part", participants=(a_representative_participant(ANN),), **BOS),
        a_new_activity(subject="Bo's", **BOS),
    )

    assert sorted(subjects(mine=True)) == ["Own", "Part"]


def test_confidential_activities_are_found_by_owner_and_participants_only(create, subjects):
    people = (a_representative_participant(CARLA),)
    create(a_new_activity(subject="Secret", confidential=True, participants=people))

    assert subjects(ANNS_VIEW) == subjects(Viewer(CARLA.id)) == ["Secret"]
    assert subjects(BOS_VIEW, text="secret") == subjects(ADMINISTRATOR) == []


def test_deleted_activities_are_listed_for_owner_and_administrator(create, subjects, clock):
    create(a_new_activity(subject="Gone", deleted_at=clock.now()), a_new_activity(subject="Here"))

    assert subjects(ANNS_VIEW, status="deleted") == ["Gone"]
    assert subjects(ADMINISTRATOR, status="deleted") == ["Gone"]
    assert subjects(BOS_VIEW, status="deleted") == []
    assert subjects(ANNS_VIEW) == subjects(ANNS_VIEW, status="planned") == ["Here"]


def test_pages_follow_one_another_without_gap_or_repetition(database, create, clock):
    made = create(*(a_new_activity(subject=str(number)) for number in range(5)))

    seen, cursor = [], None
    with database.transaction() as session:
        while True:
            page = search_activities(
                session, ActivityQuery(), ANNS_VIEW, now=clock.now(), limit=2, cursor=cursor
            )
            seen += page.items
            cursor = page.next
            if cursor is None:
                break

    assert [one.id for one in seen] == sorted((one.id for one in made), reverse=True)


@pytest.mark.parametrize("cursor", ["", "x", "WyJhIl0", "WyJhIiwiYiJd", "ä"])
def test_a_foreign_cursor_is_refused(database, clock, cursor):
    with database.transaction() as session, pytest.raises(InvalidRequest):
        search_activities(
            session, ActivityQuery(), ANNS_VIEW, now=clock.now(), limit=2, cursor=cursor
        )
