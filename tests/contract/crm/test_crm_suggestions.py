"""Whom and what any CRM finds for a meeting: contacts, companies, activities that may be it."""

from datetime import timedelta
from uuid import uuid4

from builders import (
    a_contact_participant,
    a_new_activity,
    a_representative_participant,
    a_stranger,
    a_time,
)
from crm_worlds import change, create
from liaison.crm.model import ActivityStatus
from people import ANN, BO, CARLA, KIM


def suggest(world, *addresses, viewer=ANN, when=None, limit=10):
    with world.transaction() as session:
        found = world.crm.suggest_activities(
            session, viewer_id=viewer.id, addresses=addresses, when=when or a_time(), limit=limit
        )
    return [(activity.subject, why) for activity, why in found]


def test_every_contact_with_an_address_is_found(world):
    ines = world.add_contact()
    twin = world.add_contact(given_name="Inès")

    with world.transaction() as session:
        found = world.crm.find_contacts(session, ["ines@contoso.example", "nobody@contoso.example"])

    assert {one.id for one in found.pop("ines@contoso.example")} == {ines.id, twin.id}
    assert found == {}


def test_companies_are_found_by_id(world):
    contoso = world.add_company()

    with world.transaction() as session:
        found = world.crm.find_companies(session, [contoso.id, uuid4()])

    assert found == {contoso.id: contoso}


def test_the_same_people_at_the_same_time_are_suggested_first(world):
    contoso = world.add_company()
    ines = world.add_contact(company_id=contoso.id)
    people = (a_contact_participant(ines),)
    next_week = a_time(a_time().start + timedelta(days=7))
    create(
        world,
        a_new_activity(subject="Of the company", company_id=contoso.id, when=next_week),
        a_new_activity(subject="Next week", participants=people, when=next_week),
        a_new_activity(subject="Now", participants=people),
        a_new_activity(subject="Mine now"),
    )

    assert suggest(world, "Ines@contoso.example", limit=4) == [
        ("Now", "same people, same time"),
        ("Mine now", "same time"),
        ("Next week", "same people"),
        ("Of the company", "same company"),
    ]


def test_only_planned_visible_and_near_activities_are_suggested(world, clock):
    people = (a_contact_participant(KIM),)
    far = a_time(a_time().start + timedelta(days=90))
    bos = {"owner_id": BO.id, "organizer": a_representative_participant(BO)}
    [deleted, *_] = create(
        world,
        a_new_activity(participants=people),
        a_new_activity(participants=people, status=ActivityStatus.COMPLETED),
        a_new_activity(participants=people, when=far),
        a_new_activity(participants=people, confidential=True, **bos),
    )
    change(world, deleted, deleted_at=clock.now())

    assert suggest(world, KIM.addresses[0]) == []
    assert len(suggest(world, KIM.addresses[0], viewer=BO)) == 1


def test_what_only_others_do_at_the_same_time_is_not_suggested(world):
    create(world, a_new_activity())

    assert suggest(world, "carla@nordwind.example", viewer=CARLA) == []


def test_colleagues_alone_suggest_only_what_is_at_the_same_time(world):
    next_week = a_time(a_time().start + timedelta(days=7))
    team = (a_representative_participant(), a_representative_participant(BO))
    create(
        world,
        a_new_activity(subject="Team, next week", participants=team, when=next_week),
        a_new_activity(subject="Team, now", participants=team),
    )

    assert suggest(world, BO.address) == [("Team, now", "same time")]


def test_a_stranger_whom_nobody_knows_is_one_of_the_same_people(world):
    later = a_time(a_time().start + timedelta(days=2))
    create(world, a_new_activity(participants=(a_stranger(),), when=later))

    assert suggest(world, "mia@unknown.example") == [("Renewal Contoso", "same people")]


def test_what_colleagues_do_all_month_does_not_crowd_out_the_customers(world):
    kim = world.add_contact(given_name="Kim", addresses=["kim@fabrikam.example"])
    team = (a_representative_participant(BO),)
    tomorrow = a_time(a_time().start + timedelta(days=1))
    in_two_weeks = a_time(a_time().start + timedelta(days=14))
    create(world, *(a_new_activity(participants=team, when=tomorrow) for _ in range(200)))
    guests = (*team, a_contact_participant(kim))
    create(world, a_new_activity(subject="Fabrikam", participants=guests, when=in_two_weeks))

    found = suggest(world, BO.address, "kim@fabrikam.example")

    assert found == [("Fabrikam", "same people")]
