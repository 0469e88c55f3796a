from dataclasses import replace

from builders import a_stranger, a_time
from calendar_builders import (
    INES_INVITED,
    a_link,
    a_situation,
    an_activity,
    an_event,
    an_outside_meeting,
    applied,
    matched,
)
from liaison.calendar.model import LinkState
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Agree, EndLink, UpdateActivity
from liaison.calendar.rules.situation import Seen
from liaison.crm.matching import Match, Matches, MatchKind
from liaison.crm.model import PersonKind, ReviewNote
from liaison.outlook.model import Attendee, CalendarPlace, Role
from liaison.policy.settings import Policy
from liaison.policy.values import Owner, Owners, UnknownParticipants
from people import BO, INES

MIA = Attendee("Mia", "mia@unknown.example")
REVIEWING = Policy(unknown_participants=UnknownParticipants.REVIEW)


def written(situation):
    action = decide(situation).action
    assert isinstance(action, UpdateActivity)
    return action.fields


def reasons(decision):
    return [decision.reason, *(remark.reason for remark in decision.remarks)]


def with_mia(**members):
    event = an_event(attendees=(INES_INVITED, MIA))
    return a_situation(event, **members)


def test_activity_updated_carries_every_field_that_differs():
    moved = a_time(start=a_time().start.replace(day=24))
    event = an_event(subject=" Renewal \r\n", notes="New\r\n", when=moved, place="Room 2")

    fields = written(a_situation(event))

    assert fields == {"subject": "Renewal", "notes": "New", "when": moved, "place": "Room 2"}


def test_activity_updated_asks_for_the_version_that_was_read():
    action = decide(a_situation(an_event(subject="New"))).action

    assert action.if_version == 4
    assert action.baseline.subject == "New"


def test_activity_updated_also_where_only_the_crm_differs_from_outlook():
    fields = written(a_situation(activity=an_activity(subject="Changed here")))

    assert fields == {"subject": "Renewal Contoso"}


def test_a_field_of_the_crm_is_not_written():
    policy = Policy(owners=Owners(subject=Owner.CRM))

    decision = decide(a_situation(an_event(subject="New"), policy=policy))

    assert decision.reason == "already-agreed"


def test_a_field_of_both_is_written_only_where_outlook_changed_it():
    policy = Policy(owners=Owners(subject=Owner.BOTH))
    ours = an_activity(subject="Changed here")

    assert isinstance(decide(a_situation(activity=ours, policy=policy)).action, Agree)
    assert written(a_situation(an_event(subject="New"), policy=policy)) == {"subject": "New"}


def test_outlook_owns_all_fields_while_an_invitees_copy_governs():
    policy = Policy(owners=Owners(subject=Owner.CRM))

    fields = written(an_outside_meeting(BO.id, event={"subject": "New"}, policy=policy))

    assert fields["subject"] == "New"


def test_outlook_wins_once_when_a_link_is_reserved():
    link = a_link(state=LinkState.RESERVED, baseline=None)

    decision = decide(a_situation(link=link, activity=an_activity(subject="Ours")))

    assert decision.action.fields == {"subject": "Renewal Contoso"}
    assert decision.facts == {"first": True}


def test_a_completed_activity_still_follows_updates():
    fields = written(a_situation(an_event(subject="New"), activity=an_activity(status="completed")))

    assert fields == {"subject": "New"}


def test_already_agreed_writes_nothing():
    decision = decide(a_situation())

    assert decision.reason == "already-agreed"
    assert isinstance(decision.action, Agree)


def test_a_contacts_name_in_outlook_is_no_difference():
    renamed = replace(INES_INVITED, name="Moreau, Ines (Contoso)")

    assert decide(a_situation(an_event(attendees=(renamed,)))).reason == "already-agreed"


def test_participants_matched_enters_them_as_contacts():
    activity = an_activity(participants=(an_activity().organizer,))

    decision = decide(a_situation(activity=activity))

    assert "participants-matched" in reasons(decision)
    entered = decision.action.fields["participants"][1]
    assert (entered.kind, entered.id, entered.invite) == (PersonKind.CONTACT, INES.id, True)


def test_a_removed_attendee_leaves_the_participants():
    fields = written(a_situation(an_event(attendees=())))

    assert [one.address for one in fields["participants"]] == ["ann@nordwind.example"]


def test_what_the_crm_decided_about_mail_stays():
    ines = replace(an_activity().participants[1], invite=False, response="none")
    activity = an_activity(participants=(an_activity().organizer, ines))

    assert written(a_situation(activity=activity))["participants"][1].invite is False


def test_participants_unknown_are_kept_by_address_and_not_marked():
    decision = decide(with_mia())

    assert "participants-unknown" in reasons(decision)
    assert a_stranger(invite=True) in decision.action.fields["participants"]
    assert "review" not in decision.action.fields


def test_participants_unknown_mark_the_activity_under_review():
    other = ReviewNote("event-deleted")
    situation = with_mia(policy=REVIEWING, activity=an_activity(review=(other,)))

    assert written(situation)["review"] == (
        other,
        ReviewNote("participants-unknown", "mia@unknown.example"),
    )


def test_a_settled_review_is_not_marked_again():
    marked = applied(with_mia(policy=REVIEWING), decide(with_mia(policy=REVIEWING)))
    settled = replace(marked, activity=replace(marked.activity, review=()))

    assert decide(settled).reason == "already-agreed"


def test_a_mark_goes_when_its_cause_is_gone():
    mark = ReviewNote("participants-unknown", "mia@unknown.example")

    assert written(a_situation(activity=an_activity(review=(mark,)))) == {"review": ()}


def test_rooms_and_own_addresses_cause_no_review():
    room = Attendee("Room 1", "room1@nordwind.example", Role.RESOURCE)
    colleague = Attendee("New Colleague", "new@nordwind.example")
    event = an_event(attendees=(INES_INVITED, room, colleague))

    assert "review" not in written(a_situation(event, policy=REVIEWING))


def test_participants_ambiguous_are_kept_by_address():
    several = Match("ines@contoso.example", "Ines", "required", "accepted", MatchKind.AMBIGUOUS)
    organizer = matched(a_situation().offered.participants).people[0]

    decision = decide(a_situation(matches=Matches((organizer, several)), policy=REVIEWING))

    assert "participants-ambiguous" in reasons(decision)
    assert decision.action.fields["participants"][1].kind is PersonKind.OTHER
    assert decision.action.fields["review"][0].reason == "participants-ambiguous"


def test_an_attendee_without_an_address_is_named_and_stops_nobody():
    odd = Attendee("Old Directory Entry", "")

    people = written(a_situation(an_event(attendees=(odd, INES_INVITED))))["participants"]

    assert {"Old Directory Entry", "Ines Moreau"} <= {one.name for one in people}


def test_left_calendar_counts_as_present():
    decision = decide(a_situation(Seen(an_event(), place=CalendarPlace.OTHER)))

    assert decision.reason == "left-calendar"
    assert isinstance(decision.action, Agree)


def test_left_window_is_an_update():
    decision = decide(a_situation(Seen(an_event(subject="New"), reported_removed=True)))

    assert reasons(decision) == ["activity-updated", "left-window"]


def test_event_cancelled_by_crm_ends_the_link_of_a_deleted_activity():
    decision = decide(a_situation(activity=None))

    assert decision.reason == "event-cancelled-by-crm"
    assert isinstance(decision.action, EndLink)
