"""A decision of the log as a sentence for people. Pure: plain words, never a code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from liaison.reasons.changes import phrase_changes
from liaison.reasons.lists import join
from liaison.reasons.model import Outcome
from liaison.reasons.moments import later_words
from liaison.reasons.occurrences import occurrence_words
from liaison.reasons.people import invited_words
from liaison.reasons.registry import find_reason

_UNKNOWN = "This was decided by a rule that this version does not know."
_OUTCOMES = {
    Outcome.APPLIED: "",
    Outcome.SKIPPED: " Nothing was written.",
    Outcome.HELD: " It waits for somebody to decide.",
    Outcome.FAILED: " It did not succeed.",
}
_FREEZES = {
    "organizer-inactive": "the organizer is not active in Liaison",
    "mailbox-unavailable": "the mailbox cannot be read",
    "private": "the meeting is private",
    "last-copy-gone": "the last copy of the meeting is gone",
    "undone": "a run was undone",
}
_PRIVATE_FORMS = {
    "busy-only": "Only its times are kept",
    "owner-only": "Only its owner and its participants see the activity",
}
_ENDINGS = {
    "undone": " by undoing the run that had captured it",
    "retracted": " by retracting it from the CRM",
}
# Names of the log that are no people's.
_ACTORS = {"SYNC_MASTER": "a person", "command line": "somebody at the command line"}
_SIDES = ("outlook", "crm")
_KINDS = {
    "series-master": "it is a series",
    "occurrence": "it is part of a series",
    "exception": "it is part of a series",
}


class Explainable(Protocol):
    """A decision as the log keeps it. `before` and `after` hold values by the names of the API."""

    @property
    def reason(self) -> str: ...
    @property
    def outcome(self) -> Outcome: ...
    @property
    def actor(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def before(self) -> Mapping[str, Any]: ...
    @property
    def after(self) -> Mapping[str, Any]: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


def explain(decision: Explainable, zone: str) -> str:
    """What was done and why, with times in this zone."""
    reason = find_reason(decision.reason)
    if reason is None:
        return _UNKNOWN
    sentence = reason.sentence.format_map(_words(decision, ZoneInfo(zone)))
    ending = "" if decision.outcome == reason.outcome else _OUTCOMES[decision.outcome]
    return _begin(sentence) + ending


def _words(decision: Explainable, zone: ZoneInfo) -> dict[str, str]:
    """Everything that a sentence may name. Each word reads well also where its fact is missing."""
    facts = decision.facts
    year = decision.at.astimezone(zone).year
    phrases = phrase_changes(decision.before, decision.after, zone, year)
    organizer = facts.get("organizer")
    return {
        "actor": _actor(facts.get("actor") or decision.actor),
        "ended_by": _ENDINGS.get(facts.get("how", ""), ""),
        "organizer": f"the organizer, {organizer}," if organizer else "the organizer",
        "organizer_name": organizer or "the organizer",
        "new_organizer": f", {organizer}" if organizer else "",
        "invited": invited_words(facts),
        "people_were": _people(facts, "was", "were"),
        "people_are": _people(facts, "is", "are"),
        "why": _why(facts),
        "not_all": "Not everything" if facts.get("partly") else "Nothing",
        "next_time": later_words(facts["nextAt"], decision.at, zone)
        if facts.get("nextAt")
        else "later",
        "private_form": _PRIVATE_FORMS.get(facts.get("form", ""), "Nothing was carried over"),
        "frozen_because": f" ({_FREEZES[facts['cause']]})"
        if facts.get("cause") in _FREEZES
        else "",
        "fields": join([str(name) for name in facts.get("fields", ())]) or "a field",
        "decided_by": f", as {decision.actor} decided" if facts.get("settled") in _SIDES else "",
        "apart": _apart(facts.get("apart", ())),
        "outsiders": _outsiders(facts.get("count")),
        "exceptions_were": _exceptions(facts),
        "labelled": str(facts.get("what") or "was given the category"),
        "changes": join(phrases) or "the activity was updated",
        **occurrence_words(facts, zone, year),
        "cause": _cause(facts, phrases),
        "consequence": _consequence(decision.after),
        "restoration": _restoration(decision),
        "ended_in_crm": "was completed, or is not wanted in Outlook any more,"
        if facts.get("unwanted")
        else "was cancelled or deleted",
        "meeting_left": _meeting_left(facts),
        "mail_settled": _mail_settled(facts.get("settled"), decision.actor),
        **_held_words(facts.get("settled"), decision.actor),
    }


def _begin(sentence: str) -> str:
    """With a capital letter, unless it begins with an address."""
    is_address = "@" in sentence.split(" ", 1)[0]
    return sentence if is_address else sentence[:1].upper() + sentence[1:]


def _actor(name: str) -> str:
    """Only people do what is told with their name; the log may no longer know which."""
    return _ACTORS.get(name, name)


def _people(facts: Mapping[str, Any], one: str, several: str) -> str:
    people = [str(person) for person in facts.get("people", ())]
    if not people:
        return f"some people {several}"
    return f"{join(people)} {one if len(people) == 1 else several}"


def _exceptions(facts: Mapping[str, Any]) -> str:
    match facts.get("count"):
        case None:
            return "exceptions were"
        case 1:
            return "1 exception was"
        case several:
            return f"{several} exceptions were"


def _why(facts: Mapping[str, Any]) -> str:
    why = facts.get("why") or _KINDS.get(facts.get("kind", ""))
    return f" ({str(why).rstrip('.')})" if why else ""


def _cause(facts: Mapping[str, Any], phrases: list[str]) -> str:
    if facts.get("first"):
        apart = _apart(facts.get("apart", ()))
        return f"it was linked to the meeting, and Outlook's values count{apart}"
    moved_only = len(phrases) == 1 and phrases[0].startswith("moved")
    return f"the meeting was {'moved' if moved_only else 'changed'} in Outlook"


def _restoration(decision: Explainable) -> str:
    if decision.facts.get("held"):
        return "its removal waits no more and the activity stays as it is"
    became = "was restored" if decision.after else "stays as it is"
    return f"the link is live again and the activity {became}"


def _held_words(settled: str | None, actor: str) -> dict[str, str]:
    """Of a removal that the guard held, and of what an administrator decided about it."""
    match settled:
        case "approved":
            told = f"; {actor} approved it, and the meeting is looked up again"
            return {"waits": "waited", "settled": told}
        case "restored":
            told = f"; {actor} discarded it, and the activity was restored"
            return {"waits": "was in doubt", "settled": told}
        case "discarded":
            return {"waits": "waited", "settled": ""}
    return {"waits": "waits for an administrator", "settled": ""}


def _outsiders(count: int | None) -> str:
    return "one person outside" if count == 1 else f"{count or 'many'} people outside"


def _mail_settled(settled: str | None, actor: str) -> str:
    """Of what waited because it would mail many people: what an administrator decided."""
    match settled:
        case "approved":
            return f"; {actor} approved it, and it is sent as far as it is still wanted"
        case "discarded":
            return f"; {actor} discarded it, and nobody is mailed"
    return ""


def _meeting_left(facts: Mapping[str, Any]) -> str:
    """What became of the meeting of an activity that a person cancelled or deleted."""
    if facts.get("taken"):
        return "the meeting was taken out of the calendar, and Outlook tells those who were invited"
    if facts.get("pending"):
        return "no meeting is left in Outlook"
    return "the meeting stays in Outlook"


def _apart(fields: Sequence[object]) -> str:
    named = join([str(name) for name in fields])
    return f" except in {named}, where each side keeps its own" if named else ""


def _consequence(after: Mapping[str, Any]) -> str:
    if after.get("status") == "cancelled":
        return "the activity was cancelled"
    if after.get("deletedAt"):
        return "the activity was deleted (it can be restored)"
    if after.get("review"):
        return "the activity was marked for editing"
    return "the link ended and the activity stays as it is"
