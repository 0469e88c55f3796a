"""A test for each reason of what goes to Outlook, at the pure rule that gives it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_builders import NOW, a_situation, an_activity, an_event
from liaison.calendar.log_lines import action_name, changes_of
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Agree, Decision, Leave
from liaison.calendar.rules.mail_budget import is_too_much, mailing
from liaison.calendar.rules.outgoing import Departure, Step, decide_departure
from liaison.calendar.rules.outlook_state import Reached, Standing, judge_state
from liaison.calendar.rules.plan import Changes, fingerprint_of
from liaison.crm.rights import check_locked
from liaison.errors import OwnedByOutlook
from liaison.policy.settings import Policy
from liaison.policy.values import Conflict, Transfer
from merging import a_pair, owned

ALL_GO = Policy(transfer=Transfer.ALL)


def departing(**members):
    case = Departure(an_activity(), None, was_linked=False, policy=ALL_GO, now=NOW)
    return decide_departure(replace(case, **members))


def test_event_created_for_what_is_planned_in_the_window_and_never_had_a_link():
    assert departing().step is Step.CREATE
    assert departing(was_linked=True).step is Step.NOTHING
    assert departing(activity=an_activity(status="cancelled")).step is Step.NOTHING


def test_past_never_written_is_said_of_what_is_over():
    verdict = departing(now=NOW + timedelta(days=30))

    assert (verdict.step, verdict.reason) == (Step.NOTHING, "past-never-written")


@pytest.mark.parametrize(
    ("can_be_written", "reason"), [(True, None), (False, "organizer-not-active")]
)
def test_organizer_not_active_is_said_where_no_mailbox_can_be_written(can_be_written, reason):
    standing = Standing(
        an_activity(),
        link=None,
        waits=None,
        is_held=False,
        can_be_written=can_be_written,
        policy=ALL_GO,
        now=NOW,
    )

    assert judge_state(standing).reason == reason


def test_mail_held_is_the_state_of_what_waits_for_an_administrator():
    standing = Standing(
        an_activity(), None, None, is_held=True, can_be_written=True, policy=ALL_GO, now=NOW
    )

    state = judge_state(standing)
    assert (state.state, state.reason) == (Reached.HELD, "mail-held")


@pytest.mark.parametrize(("budget", "held"), [(1, True), (2, False)])
def test_mail_held_counts_each_outsider_once_and_no_colleague(budget, held):
    addresses = ["a@x.example", "A@X.example", "b@x.example", "bo@nordwind.example"]
    mailed = mailing(addresses, {"nordwind.example"})

    assert is_too_much(len(mailed.outsiders), Policy(mail_budget_per_action=budget)) is held


@pytest.mark.parametrize(
    ("conflict", "reason"),
    [
        (Conflict.OUTLOOK_WINS, "conflict-outlook-won"),
        (Conflict.CRM_WINS, "conflict-crm-won"),
        (Conflict.HOLD, "conflict-held"),
    ],
)
def test_conflict_outlook_won_conflict_crm_won_and_conflict_held_are_as_the_policy_says(
    conflict, reason
):
    pair = a_pair(
        an_event(subject="Theirs"), an_activity(subject="Ours"), policy=owned(conflict=conflict)
    )

    [remark] = [one for one in decide(pair).remarks if one.reason.startswith("conflict")]
    assert (remark.reason, remark.facts) == (reason, {"fields": ["subject"]})


def test_owned_by_outlook_names_the_fields_that_would_differ():
    before, after = an_activity(), an_activity(subject="Mine", place="Here", notes="Kept")
    wishes = {"subject": "Mine", "location": "Here"}

    with pytest.raises(OwnedByOutlook) as refusal:
        check_locked(before, after, wishes, frozenset({"subject", "place"}))

    assert refusal.value.facts["fields"] == ["location", "subject"]


def test_plan_stale_is_what_would_be_decided_otherwise_by_now():
    agreed = Decision(Agree(synced.from_event(an_event())), "already-agreed")
    before, later = a_situation(), a_situation(an_event(subject="Changed since"))

    assert fingerprint(before, agreed) == fingerprint(before, agreed)
    assert fingerprint(later, decide(later)) != fingerprint(before, agreed)


def test_plan_stale_is_never_what_nothing_is_carried_out_for():
    unlinked = a_situation(link=None, activity=None)

    assert fingerprint(unlinked, Decision(Leave(), "not-linked")) is None


def fingerprint(situation, decision):
    changes = Changes(action_name(decision.action), *changes_of(situation, decision))
    return fingerprint_of(situation, decision, changes, "AAMk-ann")
