"""One office for every cell of the matrix: Ann organizes or plans, Bo and Ines are invited, Kim invites from outside.

The CRM's side goes over HTTP, as its pages do; Outlook's side is what people do in their mailboxes.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from api_world import LOGIN_URL, Person, TestKeys, claims_of, settings
from capture_stage import activities, captures
from liaison.api.services import Services, attach
from liaison.api.tokens import TokenCheck
from liaison.calendar.model import Link, LinkState
from liaison.calendar.stores.decisions import LogFilter, list_decisions
from liaison.calendar.stores.links import find_latest_links
from liaison.crm.embedded import companies, contacts
from liaison.crm.embedded.desk import EmbeddedDesk
from liaison.crm.model import Activity
from liaison.db.idempotency import IdempotencyKeys
from liaison.people.model import Permission
from liaison.people.representatives import change_representative, find_representatives
from liaison_sandbox.model import Event
from liaison_sandbox.person import Person as Colleague
from scenario_traffic import writes_of
from scenario_world import World
from series_world import nth, weekly

INES, KIM = "ines@contoso.example", ("Kim Sato", "kim@fabrikam.example")
SHARED = dict.fromkeys(("subject", "time", "place", "participants"), "both")
SIX_WEEKS = {"rule": "FREQ=WEEKLY;COUNT=6"}
HOUR = timedelta(hours=1)


class Office:
    """Both sides may change what they like; every meeting is captured; the CRM may cancel meetings."""

    def __init__(self, world: World, app: Flask, keys: TestKeys, ann: Colleague, bo: Colleague):
        self.world, self.ann, self.bo = world, ann, bo
        self._app, self._keys = app, keys
        world.writes_allowed = True
        captures(world, "all", owners=SHARED, onCrmDelete="cancel")
        attach(app, self._services())
        self.mark()

    def _services(self) -> Services:
        tools, chosen = self.world.tools, settings(tenant_id=self.world.sandbox.tenant_id)
        return Services(
            settings=chosen,
            tools=tools,
            idempotency=IdempotencyKeys(tools.database, tools.clock),
            tokens=TokenCheck(chosen, self._keys, tools.clock),
            desk=EmbeddedDesk(tools.clock, find_representatives),
            contacts=contacts,
            companies=companies,
        )

    def meeting(self, **fields: Any) -> str:
        """Ann's meeting tomorrow, and its activity."""
        given = {"subject": "Review", "start": self.at(0), "attendees": [INES, self.bo.address]}
        event_id = self.ann.create_event(**given | fields)
        self.work()
        self.mark()
        return event_id

    def series(self, **fields: Any) -> str:
        """Ann's six weekly meetings, and their activity."""
        return self.meeting(subject="Team", recurrence=weekly(self.at(0)), **fields)

    def invited(self, **fields: Any) -> str:
        """Kim of Fabrikam invites Bo; the iCalUId, after the stub was made."""
        given = {"subject": "Review", "start": self.at(0)} | fields
        ical_uid = self.world.sandbox.tenant.outside.invite(KIM, [self.bo.address], **given)
        self.work()
        self.mark()
        return ical_uid

    def invited_to_series(self) -> str:
        """Kim's six weekly meetings, and their stub."""
        return self.invited(subject="Team", recurrence=weekly(self.at(0)))

    def copy(self, subject: str) -> Event:
        """The meeting in Bo's mailbox."""
        [found] = self.bo.events(subject=subject)
        return found

    def members(self, event_id: str, person: Colleague | None = None) -> list[Event]:
        """The occurrences that are left of a series in Ann's mailbox, or in this person's."""
        whose = person or self.ann
        return whose.occurrences(event_id, self.at(-1), self.at(30))

    def at(self, number: int) -> datetime:
        """When the occurrence of this number begins; 0 is tomorrow's."""
        return nth(self.world, number)

    def plan(self, by: Colleague | None = None, **members: Any) -> TestResponse:
        """An activity for tomorrow with Ines and Bo that is wanted in Outlook."""
        people = [_guest(INES), {"kind": "representative", "id": self.id_of(self.bo)}]
        body = {
            "subject": "Renewal",
            "start": self.at(0).isoformat(),
            "end": (self.at(0) + HOUR).isoformat(),
            "timeZone": "Europe/Berlin",
            "transferToOutlook": True,
            "participants": people,
        }
        return self.crm(by or self.ann).post("/api/activities", body | members)

    def planned(self, **members: Any) -> Activity:
        """The same, after it was brought to Outlook."""
        answer = self.plan(**members)
        assert answer.status_code == 201, answer.text
        self.work()
        self.mark()
        return self.activity(answer.json["subject"])

    def edit(self, by: Colleague, activity: Activity, **members: Any) -> TestResponse:
        """A change of these members of the API."""
        path = f"/api/activities/{activity.id}"
        return self.crm(by).patch(path, members, self.world.activity_now(activity).version)

    def delete(self, by: Colleague, activity: Activity) -> TestResponse:
        path = f"/api/activities/{activity.id}"
        return self.crm(by).delete(path, self.world.activity_now(activity).version)

    def shown(self, by: Colleague, activity: Activity) -> dict[str, Any]:
        """What the page of the activity reads."""
        shown: dict[str, Any] = self.crm(by).get(f"/api/activities/{activity.id}").json
        return shown

    def crm(self, person: Colleague) -> Person:
        """The CRM's pages as this person has them open."""
        tenant_id = self.world.sandbox.tenant_id
        issuer = f"{LOGIN_URL}/{tenant_id}/v2.0"
        claims = claims_of(person.oid, self.world.clock.now(), tid=tenant_id, iss=issuer)
        return Person(self._app, self._keys.sign(claims))

    def let_plan_for_others(self, person: Colleague) -> None:
        """An administrator gives him the permission."""
        own = self.world.own(person)
        with self.world.database.transaction() as session:
            granted = [*own.permissions, Permission.PLAN_FOR_OTHERS]
            change_representative(
                session, own.id, if_version=own.version, actor="Admin", permissions=granted
            )

    def id_of(self, person: Colleague) -> str:
        return str(self.world.own(person).id)

    def work(self) -> None:
        """Every mailbox is looked at, and again when a second look is due."""
        for _ in range(2):
            self.world.run(self.ann, self.bo)
            self.world.clock.advance(minutes=1)

    def mark(self) -> None:
        """What happens from now on is counted."""
        self._mails = len(self.world.sandbox.tenant.mails)
        self._writes = len(writes_of(self.world.sandbox))
        self._since = self.world.clock.now()

    def activity(self, subject: str) -> Activity:
        """The only one of this subject."""
        [found] = self.activities(subject)
        return found

    def activities(self, subject: str) -> list[Activity]:
        """Those of this subject, the oldest first."""
        return [one for one in activities(self.world) if one.subject == subject]

    def count(self) -> int:
        """How many activities there are."""
        return len(activities(self.world))

    def link(self, activity: Activity) -> Link:
        with self.world.database.transaction() as session:
            return find_latest_links(session, [activity.id])[activity.id]

    def reasons(self, activity: Activity) -> list[str]:
        """The codes of the log about this activity since the count began, the oldest first."""
        with self.world.database.transaction() as session:
            found = list_decisions(session, LogFilter(activity_id=activity.id), limit=100)
        told = [stored.decision for stored in reversed(found)]
        return [one.reason for one in told if one.at >= self._since]

    def mails(self) -> Counter[tuple[str, str]]:
        """Who got mail since the count began, and how much of each kind."""
        sent = self.world.sandbox.tenant.mails[self._mails :]
        return Counter((mail.recipient, mail.kind) for mail in sent)

    def to_guests(self, kind: str) -> Counter[tuple[str, str]]:
        """Ines and Bo get one of this kind."""
        return Counter([(INES, kind), (self.bo.address, kind)])

    def written(self) -> int:
        """How often Liaison wrote to a calendar since the count began."""
        return len(writes_of(self.world.sandbox)) - self._writes

    def nothing_happened(self, activity: Activity | None = None) -> bool:
        """No write, no mail, no line in the log; both sides stay as they are, after a further run too."""
        self.work()
        assert (self.mails(), self.written()) == ({}, 0)
        if activity is not None:
            assert self.reasons(activity) == []
            assert self.world.activity_now(activity).version == activity.version
            assert self.link(activity).state is LinkState.LIVE
        return self.is_quiet()

    def is_quiet(self) -> bool:
        """A further run writes on neither side, and nobody is mailed."""
        before = self._state()
        self.world.run(self.ann, self.bo)
        return self._state() == before

    def _state(self) -> tuple[object, ...]:
        tenant = self.world.sandbox.tenant
        return self.written(), len(tenant.mails), list(activities(self.world))


def _guest(address: str) -> dict[str, object]:
    return {"kind": "other", "name": "Ines Roth", "address": address, "invite": True}


def cancelled(start: datetime) -> dict[str, Any]:
    """An occurrence that does not take place, as the API writes it."""
    return {"originalStart": start.isoformat(), "kind": "cancelled"}


def moved(start: datetime, by: timedelta) -> dict[str, Any]:
    """An occurrence that takes place at another time, as the API writes it."""
    fields = {"start": (start + by).isoformat(), "end": (start + by + HOUR).isoformat()}
    return {"originalStart": start.isoformat(), "kind": "changed", "fields": fields}


def answers(activity: Activity, address: str) -> str:
    """What this participant answered, as the CRM knows it."""
    [one] = [one for one in activity.participants if one.address == address]
    return one.response


def problem_of(response: TestResponse) -> tuple[int, str]:
    """Status and code of a refusal, which says in words what is wrong."""
    assert response.json["detail"], response.text
    return response.status_code, response.json["code"]
