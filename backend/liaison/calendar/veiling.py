"""Keeps out of everything that follows what the policy does not let in of private events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.rules.mail_budget import guests_in
from liaison.calendar.rules.private import shows_times_only, veil
from liaison.calendar.rules.situation import Lost, Observation, Seen, Veiled
from liaison.outlook.model import CalendarEvent, Organizer
from liaison.people import representatives
from liaison.policy.values import Private


def veil_private(
    session: Session, mailbox_id: UUID, observations: Sequence[Observation], private: Private
) -> list[Observation]:
    """The observations of one mailbox as far as the policy lets them in; again it changes nothing."""
    if not any(_has_private_part(one, private) for one in observations):
        return list(observations)
    owner = owner_of(session, mailbox_id)
    return [_veiled(one, private, owner) for one in observations]


def veil_event(
    session: Session, mailbox_id: UUID, event: CalendarEvent, private: Private
) -> CalendarEvent:
    """The event of this mailbox as far as the policy lets it in."""
    if not _has_private(event, private):
        return event
    return veil(event, private, owner_of(session, mailbox_id))


def owner_of(session: Session, mailbox_id: UUID) -> Organizer:
    """Whose mailbox it is, as somebody in a meeting."""
    one = representatives.get_representative(session, mailbox_id)
    return Organizer(one.name, one.address)


def _veiled(observation: Observation, private: Private, owner: Organizer) -> Observation:
    match observation:
        case Seen(event):
            aside = observation.veiled or _kept_aside(event, private)
            hidden = observation.hidden_guests or _hidden_guests(event, private)
            shown = veil(event, private, owner)
            return replace(observation, event=shown, veiled=aside, hidden_guests=hidden)
        case Lost(master=master):
            return replace(observation, master=veil(master, private, owner))
    return observation


def _kept_aside(event: CalendarEvent, private: Private) -> Veiled | None:
    if not shows_times_only(event, private):
        return None
    return Veiled(event.organizer.address, guests_in(event), bool(event.attendees))


def _hidden_guests(event: CalendarEvent, private: Private) -> dict[datetime, frozenset[str]]:
    return {
        one.original_start: guests_in(one)
        for one in event.exceptions
        if one.original_start
        and (shows_times_only(event, private) or shows_times_only(one, private))
    }


def _has_private_part(observation: Observation, private: Private) -> bool:
    match observation:
        case Seen(event) | Lost(master=event):
            return _has_private(event, private)
    return False


def _has_private(event: CalendarEvent, private: Private) -> bool:
    return any(shows_times_only(one, private) for one in (event, *event.exceptions))
