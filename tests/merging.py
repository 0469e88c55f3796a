"""Both sides of a linked meeting, of which a test changes what matters to it, and what becomes of them in the end."""

from dataclasses import replace

from calendar_builders import a_link, a_situation, an_activity, an_event, matched
from liaison.calendar.model import LinkState
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Agree, ChangeEvent, UpdateActivity
from liaison.calendar.rules.identities import held_now
from liaison.calendar.rules.series import repeats
from liaison.calendar.rules.situation import Seen
from liaison.crm.activity_changes import changed_activity
from liaison.crm.model import SYNC_MASTER
from liaison.outlook.model import Attendee, Response, Role
from liaison.policy.settings import Policy
from liaison.policy.values import Conflict, Owner, Owners

NOBODY_KNOWN = Policy()
MOST_ROUNDS = 6


def owned(owner=Owner.BOTH, conflict=Conflict.OUTLOOK_WINS, **owners):
    """A policy under which every field that can be is owned like this."""
    names = ("subject", "time", "place", "participants")
    return Policy(owners=Owners(**(dict.fromkeys(names, owner) | owners)), conflict=conflict)


def a_pair(event=None, activity=None, policy=None, agreed=None, **members):
    """A situation in which the two agreed about `agreed` (an event), and are as given now."""
    agreed = agreed or an_event()
    baseline = replace(offer_of(agreed), held=held_now(an_activity()))
    members = {"link": a_link(baseline=baseline), **members}
    return seen_now(
        a_situation(policy=policy or owned(), activity=activity or an_activity(), **members),
        event or an_event(),
    )


def offer_of(event):
    """What an event offers, a series with how it repeats."""
    return synced.from_event(event, repeats(event))


def seen_now(situation, event, written=None):
    """The same, after another look at the event."""
    offered = offer_of(event)
    return replace(
        situation,
        observation=Seen(event),
        source=Seen(event),
        offered=offered,
        matches=matched(offered.participants),
        written=written,
    )


def crm_after(situation, decision):
    """The situation when the transaction of the decision has ended: the CRM and the link, Outlook not yet."""
    activity, link = situation.activity, situation.link
    match decision.action:
        case UpdateActivity(fields, _, baseline):
            activity = changed_activity(activity, fields, SYNC_MASTER, situation.now)
            link = replace(link, baseline=baseline, state=LinkState.LIVE)
        case Agree(baseline):
            link = replace(link, baseline=baseline, state=LinkState.LIVE)
    return replace(situation, activity=activity, link=replace(link, **decision.keeps))


def event_after(event, change, number=1):
    """The event as Outlook shows it after the PATCH."""
    wanted, fields = change.wanted, change.fields
    return replace(
        event,
        etag=f'W/"{number + 1}"',
        subject=wanted.subject if "subject" in fields else event.subject,
        when=wanted.time if "time" in fields else event.when,
        place=wanted.place if "place" in fields else event.place,
        attendees=_attendees(wanted) if "participants" in fields else event.attendees,
    )


def _attendees(wanted):
    return tuple(
        Attendee(one.name, one.address, Role(one.role), Response(one.response))
        for one in wanted.participants
        if one.response != "organizer"
    )


def quiet(situation, *, answers=True):
    """What becomes of both sides: the last situation, and all decisions on the way. Fails when it does not end.

    `answers`: whether Outlook's answers to writes arrive; else only the next look shows what came of them.
    """
    decisions = []
    for _ in range(MOST_ROUNDS):
        decision = decide(situation)
        decisions.append(decision)
        situation = replace(crm_after(situation, decision), written=None)
        if not isinstance(decision.outlook, ChangeEvent):
            if decisions[-2:-1] and is_idle(decision):
                return situation, decisions
            continue
        event = event_after(situation.observation.event, decision.outlook, len(decisions))
        situation = seen_now(situation, event, decision.outlook if answers else None)
    raise AssertionError([one.reason for one in decisions])


def is_idle(decision):
    """Whether it writes on neither side."""
    return isinstance(decision.action, Agree) and decision.outlook is None


def told(decisions):
    """The reasons that stand in the log in the end, in order, what merely agrees left out."""
    lines = []
    for one in decisions:
        lines += [remark.reason for remark in one.remarks]
        lines += [one.reason] if one.is_told and one.reason != "already-agreed" else []
    return lines
