"""Puts an exported calendar into a person's mailbox. The mails of that are not kept."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from liaison_sandbox.ical import FileEvent, read_calendar
from liaison_sandbox.model import Event
from liaison_sandbox.person import Person
from liaison_sandbox.problems import GraphProblem
from liaison_sandbox.staging import answer, forget_mails
from liaison_sandbox.tenant import Tenant


def load_calendar(tenant: Tenant, person: Person, content: bytes) -> list[str]:
    """The meetings of the file become the person's; returns a sentence per problem."""
    now = tenant.exchange.clock()
    events, problems = read_calendar(content, now=now, time_zone=person.time_zone)
    loading = _Loading(tenant, person, find_owner(events))
    for event in events:
        loading.load(event)
    forget_mails(tenant)
    return [*problems, *loading.problems]


def find_owner(events: Iterable[FileEvent]) -> str | None:
    """An export names nobody as its owner: it is who takes part in most of its meetings."""
    seen: Counter[str] = Counter()
    for event in events:
        people = {one.address.casefold() for one in event.attendees}
        if event.organizer is not None:
            people.add(event.organizer.address.casefold())
        seen.update(sorted(people))
    best = seen.most_common(2)
    is_clear = len(best) == 1 or (len(best) > 1 and best[0][1] > best[1][1])
    return best[0][0] if is_clear else None


class _Loading:
    def __init__(self, tenant: Tenant, person: Person, owner: str | None) -> None:
        self.problems: list[str] = []
        self._tenant = tenant
        self._person = person
        self._owner = owner

    def load(self, event: FileEvent) -> None:
        try:
            own = self._create(event)
        except GraphProblem as refused:
            why = refused.message.rstrip(".")
            self._say(event, f"cannot be a series ({why}); its first meeting is loaded")
            single = replace(event, recurrence=None, changed=(), cancelled_days=frozenset())
            for one in (single, *event.changed):
                self.load(replace(one, original_day=None))
            return
        self._repeat_answers(event, own.ical_uid)
        self._load_members(event, self._person.event(own.id))

    def _load_members(self, series: FileEvent, own: Event) -> None:
        for day in sorted(series.cancelled_days):
            if self._person.mailbox.member_on(own, day) is not None:
                self._person.delete_occurrence(own.id, day)
                own = self._person.event(own.id)
        for member in sorted(series.changed, key=lambda one: one.start):
            self._load_member(series, member, own)

    def _load_member(self, series: FileEvent, member: FileEvent, own: Event) -> None:
        """What the series cannot hold stands alone, and its day is left out."""
        day = member.original_day
        if day is None or self._person.mailbox.member_on(own, day) is None:
            self._load_alone(member, "replaces no meeting of its series")
            return
        usual = self._given(series)
        given = {name: value for name, value in self._given(member).items() if value != usual[name]}
        given |= {"start": member.start, "end": member.end}
        try:
            self._change(own, day, given)
        except GraphProblem:
            self._person.delete_occurrence(own.id, day)
            self._load_alone(member, "is moved past another meeting of its series")

    def _change(self, own: Event, day: date, given: dict[str, Any]) -> None:
        if own.is_organizer:
            self._person.change_occurrence(own.id, day, **given)
            return
        if "attendees" in given:
            given["attendees"] = [self._me(), *given["attendees"]]
        self._tenant.outside.change(own.ical_uid, original_start=day, **given)

    def _load_alone(self, member: FileEvent, why: str) -> None:
        self._say(member, f"{why}; it is loaded as a single meeting")
        self.load(replace(member, original_day=None))

    def _create(self, event: FileEvent) -> Event:
        """The person's own copy."""
        person, organizer = self._person, event.organizer
        given = self._given(event)
        if event.recurrence is not None:
            given["recurrence"] = event.recurrence
        if organizer is None or organizer.address.casefold() == self._owner:
            return person.event(person.create_event(**given, categories=event.categories))
        sender = (organizer.name, organizer.address)
        people = [self._me(), *given.pop("attendees")]
        ical_uid = self._tenant.outside.invite(sender, people, **given)
        return person.events(ical_uid=ical_uid)[0]

    def _me(self) -> dict[str, str]:
        return {"name": self._person.name, "address": self._person.address}

    def _given(self, event: FileEvent) -> dict[str, Any]:
        others = [one for one in event.attendees if one.address.casefold() != self._owner]
        return {
            "subject": event.subject,
            "start": event.start,
            "end": event.end,
            "time_zone": event.time_zone,
            "all_day": event.all_day,
            "location": event.location,
            "body": event.body,
            "sensitivity": event.sensitivity,
            "attendees": [
                {"name": one.name, "address": one.address, "type": one.type} for one in others
            ],
        }

    def _repeat_answers(self, event: FileEvent, ical_uid: str) -> None:
        for one in event.attendees:
            is_mine = one.address.casefold() == self._owner
            # The owner's own "declined" would take away the meeting that the export still has.
            if one.response == "none" or (is_mine and one.response == "declined"):
                continue
            address = self._person.address if is_mine else one.address
            answer(self._tenant, address, ical_uid, one.response)

    def _say(self, event: FileEvent, what: str) -> None:
        self.problems.append(f'"{event.subject[:60]}" {what}.')
