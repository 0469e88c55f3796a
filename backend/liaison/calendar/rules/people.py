"""The participants and review marks that an activity should have. Pure: nothing is guessed, nobody is created."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from liaison.calendar.model import Synced, SyncedPerson
from liaison.calendar.rules import synced
from liaison.calendar.rules.decision import Remark
from liaison.crm.matching import Candidate, Match, Matches, MatchKind
from liaison.crm.model import Activity, Participant, PersonKind, ReviewNote
from liaison.outlook.model import Response
from liaison.policy.values import UnknownParticipants

NOBODY = Matches(())
_MARKS = {
    MatchKind.UNKNOWN: "participants-unknown",
    MatchKind.AMBIGUOUS: "participants-ambiguous",
}
_Identity = tuple[str, str]


def wanted_participants(
    offered: Synced, matches: Matches, activity: Activity
) -> tuple[Participant, ...]:
    """Everybody of the meeting, each person once, the organizer first; what the CRM decided about mail stays."""
    found = {_key(match): match.as_participant() for match in matches.people}
    everybody = [found.get(one.key) or _by_address(one) for one in offered.participants]
    everybody.sort(key=lambda one: one.response != synced.ORGANIZER)
    if not everybody or everybody[0].response != synced.ORGANIZER:
        everybody.insert(0, activity.organizer)
    invites = {_identity(one): one.invite for one in activity.participants}
    once = {_identity(one): one for one in reversed(everybody)}
    return tuple(
        _invited(one, invites.get(identity, True)) for identity, one in reversed(once.items())
    )


def same_people(some: Sequence[Participant], others: Sequence[Participant]) -> bool:
    """Whether both are the same people with the same parts. A contact's name is the CRM's, so it does not count."""
    return some == others or sorted(map(_part, some)) == sorted(map(_part, others))


def wanted_review(
    matches: Matches, activity: Activity, *, is_first: bool, mark_unknown: bool
) -> tuple[ReviewNote, ...]:
    """Marks of other causes stay, marks whose cause is gone go, and people who are doubtful now are marked.

    Somebody who stood in the activity by address already is not marked again: a person may have settled that.
    """
    doubtful = {_key(match): _MARKS[match.kind] for match in matches.needing_review}
    kept = [note for note in activity.review if _stays(note, doubtful)]
    marked = {note.address for note in kept}
    by_address = {
        one.address or one.name.casefold()
        for one in activity.participants
        if one.kind is PersonKind.OTHER
    }
    for match in matches.needing_review if mark_unknown else ():
        key = _key(match)
        if key not in marked and (is_first or key not in by_address):
            kept.append(ReviewNote(_MARKS[match.kind], key))
    return tuple(kept)


def marks_of_new(matches: Matches, choice: UnknownParticipants) -> tuple[ReviewNote, ...]:
    """The marks of an activity that is made now, where the policy asks for them."""
    if choice is not UnknownParticipants.REVIEW:
        return ()
    return tuple(ReviewNote(_MARKS[match.kind], _key(match)) for match in matches.needing_review)


def as_people_said(matches: Matches, activity: Activity | None) -> Matches:
    """An address under which one of ours takes part already is his: a person said so when he settled a review.

    Contacts remember such aliases; a representative's own addresses are the directory's, and open doors.
    """
    said = {
        one.address: Candidate(one.kind, one.id, one.name)
        for one in (activity.participants if activity else ())
        if one.kind is PersonKind.REPRESENTATIVE and one.id and one.address
    }
    return Matches(
        tuple(
            replace(one, kind=MatchKind.REPRESENTATIVE, candidates=(said[one.address],))
            if one.kind in _MARKS and one.address in said
            else one
            for one in matches.people
        )
    )


def with_known_answers(matches: Matches, activity: Activity | None) -> Matches:
    """An invitee's copy says of nobody else what he answered; the activity knows it from the organizer's."""
    known = {one.address: one.response for one in (activity.participants if activity else ())}
    return Matches(
        tuple(
            replace(one, response=known.get(one.address, one.response))
            if one.response == Response.NONE and one.address
            else one
            for one in matches.people
        )
    )


def people_remarks(matches: Matches) -> tuple[Remark, ...]:
    """What to say about the people when they are entered."""
    matched = matches.of_kind(MatchKind.REPRESENTATIVE) + matches.of_kind(MatchKind.CONTACT)
    by_reason = {
        "participants-matched": matched,
        "participants-unknown": matches.of_kind(MatchKind.UNKNOWN),
        "participants-ambiguous": matches.of_kind(MatchKind.AMBIGUOUS),
    }
    return tuple(
        Remark(reason, {"people": [match.address or match.name for match in found]})
        for reason, found in by_reason.items()
        if found
    )


def _stays(note: ReviewNote, doubtful: dict[str, str]) -> bool:
    return note.reason not in _MARKS.values() or doubtful.get(note.address or "") == note.reason


def _key(match: Match) -> str:
    return match.address or match.name.casefold()


def _invited(one: Participant, invite: bool | None) -> Participant:  # noqa: FBT001 - a member's value
    return one if one.invite is invite else replace(one, invite=invite)


def _by_address(one: SyncedPerson) -> Participant:
    return Participant(PersonKind.OTHER, None, one.name, one.address, one.role, one.response)


def _identity(one: Participant) -> _Identity:
    return one.kind.value, str(one.id) if one.id else one.address or one.name.casefold()


def _part(one: Participant) -> tuple[str, ...]:
    name = one.name if one.kind is PersonKind.OTHER else ""
    return (*_identity(one), one.address, one.role, one.response, name)
