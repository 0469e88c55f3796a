"""Whose copy of a meeting counts. Pure.

The organizer's copy governs while it can be read. Otherwise the activity follows the present copy with the smallest
mailbox id, so that the order in which mailboxes are visited never changes the result.
"""

from __future__ import annotations

from uuid import UUID

from liaison.calendar.model import Copy, FrozenReason, Link
from liaison.calendar.rules.decision import Decision, FreezeLink, GiveWay, Leave, Remark
from liaison.calendar.rules.left import left_members
from liaison.calendar.rules.situation import Lost, Seen, Situation, Standing, Unreadable
from liaison.outlook.model import CalendarEvent
from liaison.reasons.model import Outcome


def organizing_mailbox(situation: Situation, link: Link) -> UUID | None:
    """The mailbox with the organizer's own copy, None while that cannot be read.

    Two may say that they organize it: an invitation that was imported by hand, or a hand-over of which only one knows
    yet. Then the smallest of them governs, so that they never take turns.
    """
    event, others = observed_event(situation), _organizers_elsewhere(situation, link)
    if event is not None and event.is_organizer:
        return min(others | {situation.mailbox_id})
    own = link.copy_of(situation.mailbox_id)
    if event is None and own is not None and own.is_organizer:
        is_there = isinstance(situation.observation, Unreadable)
        return min(others | {own.mailbox_id} if is_there or not others else others)
    if situation.organizer.standing is Standing.ACTIVE:
        return situation.organizer.mailbox_id
    return None if has_new_organizer(situation, link) else min(others, default=None)


def governing_mailbox(situation: Situation, link: Link) -> UUID:
    """The mailbox whose copy the activity follows, as far as this situation shows; the observed copy may be it."""
    organizing = organizing_mailbox(situation, link)
    if organizing is not None:
        return organizing
    return min(_other_copies(situation, link) | {situation.mailbox_id})


def governs(situation: Situation, link: Link) -> bool:
    """Whether the activity follows the observed copy."""
    return governing_mailbox(situation, link) == situation.mailbox_id


def has_new_organizer(situation: Situation, link: Link) -> bool:
    """Whether the event names another person as organizer than the link does; another address of the same is none."""
    event = observed_event(situation)
    if event is None or not event.organizer.address or not link.organizer_address:
        return False
    if event.organizer.address == link.organizer_address:
        return False
    mailbox_id = situation.mailbox_id if event.is_organizer else situation.organizer.mailbox_id
    if mailbox_id is not None and situation.known_organizer is not None:
        return mailbox_id != situation.known_organizer
    copy = link.copy_of(mailbox_id) if mailbox_id else None
    return copy is None or not copy.is_organizer


def stand_back(situation: Situation, link: Link) -> Decision | None:
    """What to do with a copy that does not govern, or governs no longer. None: this copy governs, decide on."""
    if isinstance(situation.observation, (Seen, Unreadable, Lost)):
        return None if governs(situation, link) else _pass_over(situation, link)
    if organizing_mailbox(situation, link) == situation.mailbox_id:
        return None
    return _drop_copy(situation, link)


def copy_remarks(situation: Situation, link: Link, event: CalendarEvent) -> tuple[Remark, ...]:
    """What is worth saying about the governing copy: a new organizer, and why it governs when it begins to."""
    facts = {"organizer": organizer_name(event)}
    remarks = []
    if has_new_organizer(situation, link):
        remarks.append(Remark("organizer-changed", facts))
    copy = link.copy_of(situation.mailbox_id)
    if link.baseline is None or copy is None or not copy.is_present:
        is_organizers = organizing_mailbox(situation, link) is not None
        remarks.append(Remark("organizer-copy" if is_organizers else "followed-copy", facts))
    return tuple(remarks)


def observed_event(situation: Situation) -> CalendarEvent | None:
    """The event that was seen, if one was; of an occurrence that was lost, its series."""
    match situation.observation:
        case Seen(event):
            return event
        case Lost(master=master):
            return master
    return None


def organizer_name(event: CalendarEvent) -> str:
    """How to name the organizer in a sentence."""
    return event.organizer.name or event.organizer.address


def _pass_over(situation: Situation, link: Link) -> Decision:
    """A cancelled copy, or one whose governing copy was never seen, makes us look there; else it is only remembered."""
    organizing = organizing_mailbox(situation, link)
    governing = governing_mailbox(situation, link)
    event = observed_event(situation)
    known = link.copy_of(governing)
    is_cancelled = event is not None and event.is_cancelled
    look_there = is_cancelled or known is None or not known.is_present
    look_there = look_there or _changed_its_part(situation, link)
    return Decision(
        GiveWay(governing, copy_present=True) if look_there else Leave(copy_present=True),
        "invitee-copy" if organizing else "followed-copy",
        Outcome.SKIPPED,
        # Whoever organizes a copy that does not govern all the same is not the one whose copy does.
        facts={"organizer": organizer_name(event)} if event and not event.is_organizer else {},
    )


def _drop_copy(situation: Situation, link: Link) -> Decision:
    """An invitee's copy is gone."""
    others = _other_copies(situation, link)
    organizing = organizing_mailbox(situation, link)
    if organizing is not None:
        own = link.copy_of(situation.mailbox_id)
        takes_over = own is not None and own.is_organizer
        leave = GiveWay(organizing, copy_present=False) if takes_over else Leave(copy_present=False)
        return Decision(leave, "invitee-left")
    if not others:
        fields = left_members(situation.activity)
        version = situation.activity.version if situation.activity and fields else 0
        freeze = FreezeLink(
            FrozenReason.LAST_COPY_GONE, copy_present=False, fields=fields, if_version=version
        )
        return Decision(freeze, "last-copy-gone")
    if situation.mailbox_id < min(others):
        return Decision(GiveWay(min(others), copy_present=False), "invitee-left")
    return Decision(Leave(copy_present=False), "invitee-left")


def _changed_its_part(situation: Situation, link: Link) -> bool:
    """Whether this copy is the organizer's since it was last seen, or no more: the other one may not know it yet."""
    event, own = observed_event(situation), link.copy_of(situation.mailbox_id)
    was = own is not None and own.is_organizer
    return event is not None and event.is_organizer is not was


def _organizers_elsewhere(situation: Situation, link: Link) -> set[UUID]:
    """The other mailboxes whose copy was the organizer's when last seen."""
    return {
        copy.mailbox_id
        for copy in link.copies
        if copy.mailbox_id != situation.mailbox_id and copy.is_organizer and _reads(copy)
    }


def _other_copies(situation: Situation, link: Link) -> set[UUID]:
    """The other mailboxes whose copies can be followed. Where the organizer changed, the old one's copy is no witness."""
    changed = has_new_organizer(situation, link)
    return {
        copy.mailbox_id
        for copy in link.copies
        if copy.mailbox_id != situation.mailbox_id
        and _reads(copy)
        and not (changed and copy.is_organizer)
    }


def _reads(copy: Copy) -> bool:
    return copy.is_present and copy.is_followed
