"""What Exchange does with a meeting: whose copies change, and who gets which mail."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from fakes.clock import FakeClock
from liaison_sandbox.model import Mail
from liaison_sandbox.person import Person
from liaison_sandbox.tenant import Tenant

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KIM = "kim@fabrikam.example"


@pytest.fixture
def tenant() -> Tenant:
    return Tenant.create(FakeClock().now)


@pytest.fixture
def ann(tenant: Tenant) -> Person:
    return tenant.add_person(
        "Ann Berg", "ann@nordwind.example", aliases=["a.berg@nordwind.example"]
    )


@pytest.fixture
def bo(tenant: Tenant) -> Person:
    return tenant.add_person("Bo Lind", "bo@nordwind.example")


@pytest.fixture
def offer(ann: Person, bo: Person) -> str:
    return ann.create_event(subject="Offer", start=NOON, attendees=[bo.address, KIM])


def sent(tenant: Tenant, after: int = 0) -> Counter[tuple[str, str]]:
    return Counter((mail.recipient, mail.kind) for mail in tenant.mails[after:])


def only_copy(person: Person) -> str:
    [copy] = person.events()
    return copy.id


def test_an_invitation_goes_once_to_each_and_makes_a_copy_with_own_ids(tenant, ann, bo, offer):
    copy, event = bo.events()[0], ann.event(offer)

    assert sent(tenant) == {(bo.address, "invitation"): 1, (KIM, "invitation"): 1}
    assert copy.ical_uid == event.ical_uid
    assert {copy.id, copy.immutable_id}.isdisjoint({event.id, event.immutable_id})
    assert (copy.is_organizer, copy.response) == (False, "notResponded")


def test_an_invitation_to_an_alias_reaches_the_person(ann, bo):
    bo.create_event(subject="Offer", start=NOON, attendees=["A.Berg@nordwind.example"])

    assert [one.subject for one in ann.events()] == ["Offer"]


def test_a_change_of_the_organizer_reaches_all_once(tenant, ann, bo, offer):
    before = len(tenant.mails)

    ann.change_event(offer, subject="Better offer", location="Hamburg")

    assert sent(tenant, before) == {(bo.address, "update"): 1, (KIM, "update"): 1}
    assert (bo.events()[0].subject, bo.events()[0].location) == ("Better offer", "Hamburg")


@pytest.mark.parametrize("private", [{"categories": ["Liaison"]}, {"reminder_minutes": 5}])
def test_what_is_private_to_a_copy_mails_nobody(tenant, ann, bo, offer, private):
    before, key = len(tenant.mails), ann.event(offer).change_key

    ann.change_event(offer, **private)

    assert tenant.mails[before:] == []
    assert bo.events()[0].categories == ()
    assert ann.event(offer).change_key != key


def test_an_invitees_change_stays_in_his_copy(tenant, ann, bo, offer):
    before = len(tenant.mails)

    bo.change_event(only_copy(bo), subject="Mine")

    assert (ann.event(offer).subject, tenant.mails[before:]) == ("Offer", [])


def test_a_new_time_asks_everybody_again(ann, bo, offer):
    bo.answer(only_copy(bo), "accepted")
    answered = ann.event(offer).attendees[0].response

    ann.change_event(offer, start=NOON + timedelta(days=1))

    assert answered == "accepted"
    assert ann.event(offer).attendees[0].response == "none"
    assert (bo.events()[0].response, bo.events()[0].start) == (
        "notResponded",
        NOON + timedelta(days=1),
    )


def test_another_subject_keeps_the_answers(ann, bo, offer):
    bo.answer(only_copy(bo), "tentative")

    ann.change_event(offer, subject="Better offer")

    assert ann.event(offer).attendees[0].response == "tentativelyAccepted"
    assert bo.events()[0].response == "tentativelyAccepted"


def test_an_answer_that_is_not_sent_stays_unknown(tenant, ann, bo, offer):
    before = len(tenant.mails)

    bo.answer(only_copy(bo), "accepted", send=False)

    assert ann.event(offer).attendees[0].response == "none"
    assert tenant.mails[before:] == []


def test_declining_takes_the_meeting_out_of_the_calendar(tenant, ann, bo, offer):
    before = len(tenant.mails)

    bo.answer(only_copy(bo), "declined")

    assert bo.events() == []
    assert ann.event(offer).attendees[0].response == "declined"
    assert sent(tenant, before) == {(ann.address, "response"): 1}


def test_a_list_of_people_alone_is_sent_to_those_it_concerns(tenant, ann, bo, offer):
    before = len(tenant.mails)

    ann.change_event(offer, attendees=[KIM, "jon@contoso.example"])

    assert sent(tenant, before) == {
        (bo.address, "cancellation"): 1,
        ("jon@contoso.example", "invitation"): 1,
    }
    assert (bo.events()[0].is_cancelled, bo.events()[0].subject) == (True, "Canceled: Offer")


@pytest.mark.parametrize("end", ["cancel_event", "delete_event"])
def test_the_organizers_end_leaves_marked_copies(tenant, ann, bo, offer, end):
    before = len(tenant.mails)

    getattr(ann, end)(offer)

    assert ann.events() == []
    assert sent(tenant, before) == {(bo.address, "cancellation"): 1, (KIM, "cancellation"): 1}
    assert (bo.events()[0].is_cancelled, bo.events()[0].subject) == (True, "Canceled: Offer")


@pytest.mark.parametrize(("send", "mails"), [(False, 0), (True, 1)])
def test_an_invitee_deletes_only_his_copy(tenant, ann, bo, offer, send, mails):
    before = len(tenant.mails)

    bo.delete_event(only_copy(bo), send_response=send)

    assert (bo.events(), len(tenant.mails) - before) == ([], mails)
    assert ann.event(offer).attendees[0].response == ("declined" if send else "none")


def test_a_deleted_item_can_be_restored_under_another_default_id(ann, offer):
    immutable = ann.event(offer).immutable_id
    ann.delete_event(offer)

    restored = ann.restore_event(immutable)

    assert [one.immutable_id for one in ann.events()] == [immutable]
    assert restored.id != offer


def test_what_is_purged_is_gone(ann, offer):
    immutable = ann.event(offer).immutable_id
    ann.delete_event(offer, hard=True)

    with pytest.raises(KeyError):
        ann.event(immutable)


def test_outsiders_invite_change_answer_and_cancel(tenant, ann, offer):
    uid = tenant.outside.invite(("Kim Sato", KIM), [ann.address], subject="Demo", start=NOON)
    tenant.outside.change(uid, subject="Long demo")
    tenant.outside.answer(KIM, ann.event(offer).ical_uid, "accepted")
    [copy] = ann.events(ical_uid=uid)
    tenant.outside.cancel(uid)

    assert (copy.subject, copy.organizer.address, copy.is_organizer) == ("Long demo", KIM, False)
    assert [one.response for one in ann.event(offer).attendees] == ["none", "accepted"]
    assert ann.event(copy.id).is_cancelled


def test_a_meeting_is_handed_over(tenant, ann, bo, offer):
    tenant.replace_organizer(ann.event(offer).ical_uid, bo)

    assert (ann.event(offer).is_organizer, bo.events()[0].is_organizer) == (False, True)
    assert {one.address for one in bo.events()[0].attendees} == {ann.address, KIM}


def test_a_copy_is_a_meeting_of_its_own_with_the_same_properties(tenant, ann):
    event_id = ann.create_event(subject="Offer", start=NOON, properties={"String x": "1"})

    copy = ann.event(ann.copy_event(event_id))

    assert copy.ical_uid != ann.event(event_id).ical_uid
    assert copy.properties == {"String x": "1"}


def test_twin_ids_differ_in_one_sign_only(ann):
    first = ann.create_event(subject="One", start=NOON)
    second = ann.create_event(subject="Two", start=NOON, id_twin_of=first)

    differing = {pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]}

    assert differing <= {("-", "_"), ("_", "-")}
    assert (ann.event(first).subject, ann.event(second).subject) == ("One", "Two")


def test_a_mail_names_the_meeting(tenant, ann, offer):
    mail = tenant.mails[0]

    assert isinstance(mail, Mail)
    assert (mail.subject, mail.ical_uid) == ("Offer", ann.event(offer).ical_uid)


def test_an_attendee_without_an_address_gets_no_mail(tenant, ann):
    ann.create_event(subject="Offer", start=NOON, attendees=[("Kim Sato", "")])

    assert tenant.mails == []


def test_a_meeting_may_be_in_several_places(ann):
    event_id = ann.create_event(subject="Offer", start=NOON, location=["Hamburg", "Online"])

    assert [one.display_name for one in ann.event(event_id).locations] == ["Hamburg", "Online"]
