import itertools
from dataclasses import replace

import pytest

from builders import a_time
from calendar_builders import an_activity, an_event, an_outside_meeting
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import UpdateActivity
from liaison.policy.values import Conflict, Owner
from merging import a_pair, crm_after, is_idle, owned, quiet, seen_now, told
from people import BO

LATER = a_time(start=a_time().start.replace(day=24))
# A value that both agreed on, what Outlook changes it to, and what the CRM does.
VALUES = {
    "subject": ("Renewal Contoso", "As in Outlook", "As in the CRM"),
    "place": ("Room 1", "Room 2", "Room 3"),
    "when": (a_time(), LATER, a_time(start=a_time().start.replace(day=25))),
}
FIELDS = {"subject": "subject", "place": "place", "when": "time"}
CHANGES = ("nobody", "outlook", "crm", "both", "both alike")


def sides(member, changed):
    base, there, here = VALUES[member]
    return {
        "nobody": (base, base),
        "outlook": (there, base),
        "crm": (base, here),
        "both": (there, here),
        "both alike": (there, there),
    }[changed]


def expected(owner, conflict, changed, values):
    """Which values both sides hold in the end, told without the rules: (Outlook, CRM)."""
    base, there, here = values
    if changed in {"nobody", "both alike"}:
        value = base if changed == "nobody" else there
        return value, value
    if owner is Owner.OUTLOOK:
        return (base, base) if changed == "crm" else (there, there)
    if changed == "crm":
        return here, here
    if changed == "outlook":
        return (there, base) if owner is Owner.CRM else (there, there)
    if owner is Owner.CRM or conflict is Conflict.CRM_WINS:
        return here, here
    return (there, here) if conflict is Conflict.HOLD else (there, there)


@pytest.mark.parametrize("answers", [True, False], ids=["answered", "answer lost"])
@pytest.mark.parametrize("changed", CHANGES)
@pytest.mark.parametrize("conflict", list(Conflict))
@pytest.mark.parametrize("owner", list(Owner))
@pytest.mark.parametrize("member", list(VALUES))
def test_each_field_ends_as_its_owner_and_the_policy_say(member, owner, conflict, changed, answers):
    there, here = sides(member, changed)
    pair = a_pair(
        an_event(**{member: there}), an_activity(**{member: here}), owned(owner, conflict)
    )

    after, decisions = quiet(pair, answers=answers)

    event = after.observation.event
    ends = getattr(event, member), getattr(after.activity, member)
    assert ends == expected(owner, conflict, changed, VALUES[member])
    assert sum(one.outlook is not None for one in decisions) <= 1


@pytest.mark.parametrize("conflict", list(Conflict))
@pytest.mark.parametrize("owner", list(Owner))
@pytest.mark.parametrize("changed", list(itertools.product(CHANGES, repeat=2)), ids="-".join)
def test_two_fields_are_settled_each_as_if_it_were_alone(changed, owner, conflict):
    [(subject_there, subject_here), (place_there, place_here)] = (
        sides(member, one) for member, one in zip(("subject", "place"), changed, strict=True)
    )
    pair = a_pair(
        an_event(subject=subject_there, place=place_there),
        an_activity(subject=subject_here, place=place_here),
        owned(owner, conflict),
    )

    after, _ = quiet(pair)

    for member, one in zip(("subject", "place"), changed, strict=True):
        ends = getattr(after.observation.event, member), getattr(after.activity, member)
        assert ends == expected(owner, conflict, one, VALUES[member])


@pytest.mark.parametrize("conflict", list(Conflict))
@pytest.mark.parametrize("changed", CHANGES)
def test_after_the_merge_both_sides_agree_or_the_field_is_contested(changed, conflict):
    there, here = sides("subject", changed)
    pair = a_pair(an_event(subject=there), an_activity(subject=here), owned(conflict=conflict))

    after, _ = quiet(pair)

    agree = after.observation.event.subject == after.activity.subject
    held = [name for name, one in after.link.contested.items() if one.how is Conflict.HOLD]
    assert agree is not bool(held)


@pytest.mark.parametrize("owner", list(Owner))
@pytest.mark.parametrize("changed", CHANGES)
def test_deciding_twice_is_deciding_once_in_both_directions(changed, owner):
    there, here = sides("subject", changed)
    pair = a_pair(an_event(subject=there), an_activity(subject=here), owned(owner))

    assert decide(pair) == decide(pair)
    again = decide(crm_after(pair, decide(pair)))
    assert again.outlook == decide(pair).outlook
    assert not isinstance(again.action, UpdateActivity)


def test_event_updated_writes_only_the_field_that_the_crm_changed():
    decision = decide(a_pair(activity=an_activity(subject="As in the CRM")))

    assert decision.outlook.fields == {"subject"}
    assert decision.outlook.wanted.subject == "As in the CRM"
    assert (decision.outlook.event_id, decision.outlook.etag) == ("AAMk-ann", 'W/"1"')


def test_event_updated_is_told_when_outlook_has_answered_with_both_values():
    _, decisions = quiet(a_pair(activity=an_activity(subject="As in the CRM")))

    [line] = [one for one in decisions if one.is_told and one.reason == "event-updated"]
    assert line.before == {"subject": "Renewal Contoso"}
    assert line.after == {"subject": "As in the CRM"}
    assert line.facts == {"actor": "Ann Berg"}


def test_a_lost_answer_is_told_once_when_outlook_shows_the_change():
    _, decisions = quiet(a_pair(activity=an_activity(subject="As in the CRM")), answers=False)

    assert told(decisions) == ["event-updated"]
    assert [bool(one.outlook) for one in decisions] == [True, False]


def test_a_field_on_its_way_keeps_what_was_agreed():
    pair = a_pair(activity=an_activity(subject="As in the CRM"))

    after = crm_after(pair, decide(pair))

    assert after.link.baseline.subject == "Renewal Contoso"
    assert after.link.sent == {"subject": {"subject": "As in the CRM"}}


def test_what_outlook_makes_of_a_value_is_taken_over_and_nothing_goes_out_again():
    pair = a_pair(activity=an_activity(place="Room  3, upstairs"))
    decision = decide(pair)
    answered = an_event(place="Room 3 (upstairs)", etag='W/"2"')

    after, decisions = quiet(seen_now(crm_after(pair, decision), answered, decision.outlook))

    assert after.activity.place == "Room 3 (upstairs)"
    assert all(one.outlook is None for one in decisions)
    assert told(decisions) == ["event-updated"]


def test_what_the_crm_changes_while_a_write_is_under_way_goes_out_too():
    pair = a_pair(activity=an_activity(subject="First"))
    decision = decide(pair)
    edited = replace(pair.activity, subject="Second", version=9)
    answered = an_event(subject="First", etag='W/"2"')

    under_way = replace(crm_after(pair, decision), activity=edited)
    after, _ = quiet(seen_now(under_way, answered, decision.outlook))

    assert after.observation.event.subject == after.activity.subject == "Second"


def test_an_edit_in_outlook_causes_no_write_there():
    """pains 4"""
    for owner, conflict in itertools.product(Owner, Conflict):
        pair = a_pair(an_event(subject="As in Outlook"), policy=owned(owner, conflict))
        _, decisions = quiet(pair)
        assert all(one.outlook is None for one in decisions)


def test_what_differs_in_form_only_is_not_written():
    """pains 6"""
    same = an_activity(subject=" Renewal  Contoso ".replace("  ", " "), notes="Agenda\r\n")

    assert is_idle(decide(a_pair(activity=same)))


def test_the_crms_own_fields_never_touch_outlook():
    """pains 5"""
    edited = an_activity(outcome="Won", next_step="Call", internal_notes="x", status="completed")

    assert is_idle(decide(a_pair(activity=edited)))


def test_notes_never_go_out():
    decision = decide(a_pair(activity=an_activity(notes="Ours")))

    assert decision.outlook is None
    assert decision.action.fields == {"notes": "Agenda"}


def test_outlook_owns_everything_while_an_invitees_copy_governs():
    """pains 23"""
    meeting = an_outside_meeting(BO.id, policy=owned(Owner.CRM))
    edited = replace(meeting, activity=replace(meeting.activity, subject="Ours", place="Ours"))

    decision = decide(edited)

    assert decision.outlook is None
    assert decision.action.fields["subject"] == "Renewal Contoso"


def test_past_never_written_says_so_and_writes_nothing():
    past = a_time(start=a_time().start.replace(day=16))
    pair = a_pair(
        an_event(when=past), an_activity(when=past, subject="Ours"), agreed=an_event(when=past)
    )

    decision = decide(pair)

    assert (decision.reason, decision.outlook) == ("past-never-written", None)


def test_a_meeting_is_not_moved_into_the_past():
    past = a_time(start=a_time().start.replace(day=16))

    decision = decide(a_pair(activity=an_activity(when=past)))

    assert (decision.reason, decision.outlook) == ("past-never-written", None)


def test_a_place_is_written_only_where_there_is_one():
    several = an_event(place="Room 1; Lobby", places=2)
    pair = a_pair(several, an_activity(place="Room 3", subject="Ours"), agreed=several)

    decision = decide(pair)

    assert decision.outlook.fields == {"subject"}
    assert "unsupported" in [one.reason for one in decision.remarks]


def test_the_baseline_survives_being_stored():
    pair = a_pair(activity=an_activity(subject="Ours"))
    baseline = crm_after(pair, decide(pair)).link.baseline

    assert synced.from_json(synced.to_json(baseline)) == baseline
