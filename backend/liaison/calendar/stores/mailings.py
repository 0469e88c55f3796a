"""Whom something mails, disguised, as it is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liaison.calendar.rules.mail_budget import NOBODY, Mailing


def mailing_to_json(mailing: Mailing) -> dict[str, Sequence[str]] | None:
    """None where nobody is mailed."""
    if not mailing.people:
        return None
    return {"people": sorted(mailing.people), "outsiders": sorted(mailing.outsiders)}


def mailing_from_json(stored: Mapping[str, Sequence[str]] | None) -> Mailing:
    """The reverse of `mailing_to_json`."""
    if stored is None:
        return NOBODY
    return Mailing(frozenset(stored["people"]), frozenset(stored["outsiders"]))
