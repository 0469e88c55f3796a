"""Each difference with both its values, as an administrator reads them."""

from dataclasses import replace

import pytest

from builders import a_contact_participant
from calendar_builders import (
    NOT_OURS,
    NOW,
    a_copy,
    a_link,
    a_situation,
    an_activity,
    an_event,
    an_outside_meeting,
)
from liaison.calendar.model import FrozenReason, LinkState
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.differences import Difference, find_differences, state_differences
from liaison.calendar.rules.situation import NotFound, Unreadable
from liaison.outlook.model import Sensitivity
from liaison.policy.settings import Policy
from liaison.policy.values import Owner, Owners
from people import ANN, BO, CARLA, INES


def found(situation):
    return find_differences(situation, decide(situation))


def state(name, *, frozen=None, ended=None):
    return {"state": name, "frozenReason": frozen, "endedAt": ended}


@pytest.mark.parametrize(
    ("link", "expected", "is_now"),
    [
        (
            a_link(frozen_reason=FrozenReason.PRIVATE, ended_at=NOW),
            "live, without a reason to be frozen or ended",
            state("live", frozen="private", ended=NOW.isoformat()),
        ),
        (a_link(state=LinkState.FROZEN), "frozen, with a reason", state("frozen")),
        (a_link(state=LinkState.ENDED), "ended, with a time", state("ended")),
        (a_link(state=LinkState.RESERVED), "live", state("reserved")),
    ],
)
def test_an_odd_state_is_told_beside_what_it_should_be(link, expected, is_now):
    assert state_differences(link) == (Difference("state", expected, is_now),)


@pytest.mark.parametrize("members", [{"ended_at": NOW}, {"ended_reason": "event-deleted"}])
def test_a_live_link_has_no_trace_of_an_end(members):
    assert len(state_differences(a_link(**members))) == 1


@pytest.mark.parametrize(("copies", "known"), [((), None), ((a_copy(event_id="other"),), "other")])
def test_a_copy_under_another_id_is_told_by_both_ids(copies, known):
    assert found(a_situation(link=a_link(copies=copies)))[0] == Difference("copy", "AAMk-ann", known)  # fmt: skip


def test_the_copy_of_an_occurrence_is_known_by_its_series():
    event = an_event(series_master_id="AAMk-series")

    assert found(a_situation(event, link=a_link(copies=(a_copy(event_id="AAMk-series"),)))) == ()
    assert found(a_situation(event, link=a_link(copies=()))) == (
        Difference("copy", "AAMk-series", None),
    )


@pytest.mark.parametrize("members", [{"is_organizer": False}, {"is_present": False}])
def test_a_copy_of_which_something_else_is_remembered_is_told_with_both(members):
    copy = a_copy(event_id="AAMk-ann", **members)

    difference = found(a_situation(link=a_link(copies=(copy,))))[0]

    shows = {"isOrganizer": True, "isPresent": True}
    remembered = {"isOrganizer": copy.is_organizer, "isPresent": copy.is_present}
    assert difference == Difference("copy", shows, remembered)


def test_of_an_ended_link_no_copy_and_no_content_differs():
    link = a_link(state=LinkState.ENDED, ended_at=NOW, copies=(), baseline=None)

    assert found(a_situation(link=link, activity=an_activity(subject="Other"))) == ()
    assert found(a_situation(link=link, mailbox_id=BO.id)) == ()


def test_a_copy_that_does_not_govern_is_no_difference_of_its_mailbox():
    assert found(an_outside_meeting(CARLA.id, event={"subject": "Changed by Carla"})) == ()
    assert found(an_outside_meeting(CARLA.id, event={"is_cancelled": True})) == ()


def test_a_last_copy_that_is_gone_is_a_difference_of_its_mailbox():
    gone = replace(an_outside_meeting(BO.id), observation=NotFound("AAMk"))
    link = replace(gone.link, copies=(a_copy(BO.id),))

    assert found(replace(gone, link=link)) == (Difference("meeting", "last-copy-gone", "live"),)


@pytest.mark.parametrize(
    ("situation", "reason"),
    [
        (a_situation(NotFound("AAMk-ann")), "held-removal"),
        (a_situation(Unreadable("AAMk-ann", "Its time cannot be read.")), "unsupported"),
        (a_situation(an_event(sensitivity=Sensitivity.PRIVATE)), "private"),
        (a_situation(activity=None), "event-cancelled-by-crm"),
    ],
)
def test_a_meeting_that_is_not_as_followed_is_told_by_the_reason(situation, reason):
    situation = replace(situation, policy=Policy(removal_limit=0))

    assert found(situation) == (Difference("meeting", reason, "live"),)


def test_a_baseline_that_was_never_stored_is_told():
    never = Difference("baseline", "the values both sides agreed on", None)

    assert found(a_situation(link=a_link(baseline=None))) == (never,)
    assert never in found(
        a_situation(link=a_link(baseline=None), activity=an_activity(subject="Other"))
    )


def test_a_damaged_baseline_is_told_by_its_field():
    damaged = replace(a_link().baseline, place="Room 9")

    assert found(a_situation(link=a_link(baseline=damaged))) == (
        Difference("baseline.place", "Room 1", "Room 9"),
    )


def test_a_baseline_is_compared_only_where_nothing_else_differs():
    damaged = replace(a_link().baseline, place="Room 9")
    situation = a_situation(link=a_link(baseline=damaged), activity=an_activity(subject="Other"))

    assert found(situation) == (Difference("subject", "Renewal Contoso", "Other"),)


def test_an_organizer_under_another_address_is_told_with_both():
    address = "a.berg@nordwind.example"

    differences = found(a_situation(link=a_link(organizer_address=address)))

    assert differences == (Difference("organizer", ANN.address, address),)


def test_what_the_crm_owns_and_has_not_gone_out_is_a_difference():
    policy = Policy(owners=Owners(subject=Owner.CRM))

    assert found(a_situation(activity=an_activity(subject="Other"), policy=policy)) == (
        Difference("subject", "Renewal Contoso", "Other"),
    )


def test_people_are_told_as_the_api_writes_them():
    ines = a_contact_participant(INES, response="declined")
    activity = an_activity(participants=(an_activity().organizer, ines))

    (difference,) = [one for one in found(a_situation(activity=activity)) if one.field == "participants"]  # fmt: skip

    assert difference.outlook[1] == {
        "name": "Ines Moreau",
        "address": "ines@contoso.example",
        "role": "required",
        "response": "accepted",
        "kind": "contact",
    }
    assert difference.crm[1] == difference.outlook[1] | {"response": "declined"}


def test_the_copy_of_somebody_elses_meeting_is_compared_as_an_invitees():
    event = an_event(is_organizer=False)
    mine = a_copy(event_id="AAMk-ann", is_organizer=False)
    link = a_link(copies=(mine,), baseline=synced.from_event(event))

    assert found(a_situation(event, link=link, organizer=NOT_OURS)) == ()
