import itertools
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_time
from calendar_builders import (
    INES_INVITED,
    NOW,
    a_copy,
    a_link,
    a_situation,
    an_activity,
    an_event,
    an_outside_meeting,
    applied,
    matched,
)
from liaison.calendar.model import FrozenReason, LinkState
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Agree, RemoveActivity, UpdateActivity
from liaison.calendar.rules.situation import Absent, NotFound, OrganizerStanding, Seen, Standing
from liaison.crm.model import ActivityStatus, ReviewNote
from liaison.outlook.model import Attendee, Response, Role, Sensitivity
from liaison.policy.settings import Policy
from liaison.policy.values import FollowPast, OnRemoval, Private, UnknownParticipants
from liaison.reasons.registry import find_reason
from people import ANN, BO, CARLA, DEV

# The texts try what normalising has to survive: line ends, blanks, NUL, odd spaces.
texts = st.text(alphabet="ab \r\n\t\0\u00a0\u2028ß", max_size=8)
times = st.builds(
    lambda days, hours: a_time(start=a_time().start + timedelta(days=days), hours=hours),
    st.integers(-10, 10),
    st.integers(1, 3),
)
attendees = st.builds(
    Attendee,
    st.sampled_from(["Ines", "Old Entry", ""]),
    st.sampled_from(["ines@contoso.example", "bo@nordwind.example", "mia@unknown.example", ""]),
    st.sampled_from(Role),
    st.sampled_from(Response),
)
events = st.builds(
    an_event,
    subject=texts,
    notes=texts,
    place=texts,
    when=times,
    attendees=st.lists(attendees, max_size=4).map(tuple),
    is_cancelled=st.booleans(),
    is_organizer=st.booleans(),
    sensitivity=st.sampled_from(Sensitivity),
)
observations = st.one_of(
    st.builds(Seen, events, reported_removed=st.booleans()),
    st.just(NotFound("AAMk-ann")),
    st.builds(Absent, st.just("AAMk-ann"), st.sampled_from([None, NOW - timedelta(minutes=1)])),
)
links = st.builds(
    a_link,
    state=st.sampled_from(LinkState),
    frozen_reason=st.sampled_from(FrozenReason),
    ended_by=st.sampled_from([None, "SYNC_MASTER", "Ann Berg"]),
    ended_reason=st.sampled_from(["event-deleted", "completed-kept", "unlinked-by-person"]),
    baseline=st.one_of(st.none(), events.map(synced.from_event)),
    copies=st.lists(
        st.sampled_from([a_copy(), a_copy(BO.id), a_copy(CARLA.id, is_present=False)]),
        unique_by=lambda copy: copy.mailbox_id,
    ).map(tuple),
)
activities = st.builds(
    an_activity,
    subject=texts,
    status=st.sampled_from(ActivityStatus),
    deleted_at=st.sampled_from([None, NOW]),
    review=st.sampled_from(
        [(), (ReviewNote("participants-unknown", "mia@unknown.example"), ReviewNote("other"))]
    ),
)
policies = st.builds(
    Policy,
    on_cancel=st.sampled_from(OnRemoval),
    on_delete=st.sampled_from(OnRemoval),
    follow_past=st.sampled_from(FollowPast),
    private=st.sampled_from(Private),
    unknown_participants=st.sampled_from(UnknownParticipants),
)
standings = st.sampled_from(
    [
        OrganizerStanding(Standing.ACTIVE, ANN.id),
        OrganizerStanding(Standing.INACTIVE, DEV.id),
        OrganizerStanding(Standing.OUTSIDE),
    ]
)


@st.composite
def situations(draw):
    known = draw(st.booleans())
    situation = a_situation(
        draw(observations),
        link=draw(st.one_of(st.none(), links)),
        activity=draw(st.one_of(st.none(), activities)),
        policy=draw(policies),
        organizer=draw(standings),
        mailbox_id=draw(st.sampled_from([ANN.id, BO.id])),
    )
    if situation.offered is None:
        return situation
    return replace(situation, matches=matched(situation.offered.participants, unknown=not known))


@settings(max_examples=60, deadline=None)
@given(situations())
def test_every_decision_has_a_registered_reason(situation):
    decision = decide(situation)

    assert find_reason(decision.reason).carried_out
    assert all(find_reason(remark.reason).carried_out for remark in decision.remarks)


@settings(max_examples=60, deadline=None)
@given(situations())
def test_deciding_twice_is_deciding_once(situation):
    decision = decide(situation)

    assert decide(situation) == decision
    if isinstance(decision.action, UpdateActivity):
        again = decide(applied(situation, decision))
        assert isinstance(again.action, Agree)


@settings(max_examples=60, deadline=None)
@given(situations())
def test_nothing_is_removed_that_is_there(situation):
    decision = decide(situation)

    if isinstance(decision.action, RemoveActivity):
        observation = situation.observation
        assert not isinstance(observation, Seen) or observation.event.is_cancelled
        assert situation.link.state in {LinkState.LIVE, LinkState.RESERVED}


@settings(max_examples=60, deadline=None)
@given(events)
def test_the_normal_form_is_kept_by_storing_and_by_the_crm(event):
    value = synced.from_event(event)

    assert synced.from_json(synced.to_json(value)) == value
    again = replace(event, subject=value.subject, notes=value.notes, place=value.place)
    assert synced.from_event(again) == value


def test_the_normal_form_does_not_depend_on_the_order_of_attendees():
    twice = replace(INES_INVITED, response=Response.NONE)
    people = [INES_INVITED, twice, Attendee("Bo", "bo@nordwind.example")]

    forms = {
        synced.from_event(an_event(attendees=order)) for order in itertools.permutations(people)
    }

    assert len(forms) == 1


def test_the_order_in_which_mailboxes_are_visited_never_changes_the_result():
    def visited(order):
        link, activity = an_outside_meeting(BO.id).link, an_activity()
        link = replace(link, copies=())
        for mailbox_id in order * 2:
            situation = an_outside_meeting(
                mailbox_id,
                event={"subject": f"As {mailbox_id} sees it"},
                link=link,
                activity=activity,
            )
            after = applied(situation, decide(situation))
            activity, link = after.activity, after.link
            copies = {copy.mailbox_id: copy for copy in (*link.copies, a_copy(mailbox_id))}
            link = replace(link, copies=tuple(copies.values()))
        return activity.subject

    orders = itertools.permutations([ANN.id, BO.id, CARLA.id])

    assert {visited(order) for order in orders} == {f"As {ANN.id} sees it"}
