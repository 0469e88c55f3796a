"""The stand-in tenant as a program of its own: an order in JSON per line of stdin, an answer per line of stdout."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from liaison_sandbox.person import Person
from liaison_sandbox.server import Sandbox
from liaison_sandbox.tenant import Tenant

# A page of text as people paste it into an invitation.
BODY = "<p>" + "Agenda: figures of the quarter, open offers, next steps. " * 12 + "</p>"
CUSTOMERS = 200


class Orders:
    """What the bench asks of the tenant. Methods are the orders' names."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._people: dict[str, Person] = {}

    def person(self, given: str) -> dict[str, str]:
        address = f"{given}@nordwind.example"
        person = self._sandbox.tenant.add_person(given.title(), address)
        self._people[given] = person
        return {"oid": person.oid, "address": person.address}

    def token(self, given: str) -> str:
        return self._sandbox.token_for(self._people[given].address)

    def create(self, given: str, count: int) -> list[str]:
        """Meetings of half an hour with two guests each, spread over three hundred days; their immutable ids."""
        person = self._people[given]
        first = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
        made = [self._create(person, number, first) for number in range(count)]
        return [person.event(each).immutable_id for each in made]

    def _create(self, person: Person, number: int, first: datetime) -> str:
        guests = [number % CUSTOMERS, (number * 7 + 1) % CUSTOMERS]
        start = first + timedelta(days=number % 300, minutes=30 * (number // 300 % 20))
        return person.create_event(
            subject=f"Meeting {number}",
            start=start,
            end=start + timedelta(minutes=30),
            attendees=[(f"Guest {one}", f"guest{one}@customer{one}.example") for one in guests],
            body=BODY,
            body_type="html",
            location="Room 5",
        )

    def rename(self, given: str, ids: Iterable[str], word: str) -> None:
        for number, each in enumerate(ids):
            self._people[given].change_event(each, subject=f"{word} {number}")

    def delete(self, given: str, ids: Iterable[str]) -> None:
        for each in ids:
            self._people[given].delete_event(each, hard=True)

    def settle(self, **settings: Any) -> None:
        for name, value in settings.items():
            setattr(self._sandbox.settings, name, value)

    def calls(self) -> int:
        return len(self._sandbox.log)

    def forget_calls(self) -> None:
        self._sandbox.log.clear()

    def pages(self) -> list[str]:
        """What was answered to readings of changes since the log was cleared, in base64."""
        told = [call for call in self._sandbox.log if "/delta" in call.path]
        return [base64.b64encode(call.response_body).decode() for call in told]


def main() -> None:
    folder = Path(sys.argv[1])
    with Sandbox.start(Tenant.create(), ca_folder=folder) as sandbox:
        sandbox.settings.calls_per_ten_minutes = 1_000_000
        orders = Orders(sandbox)
        _say(sandbox.environment())
        for line in sys.stdin:
            order = json.loads(line)
            act: Callable[..., Any] = getattr(orders, order.pop("order"))
            _say(act(**order))


def _say(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
