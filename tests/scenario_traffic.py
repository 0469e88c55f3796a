"""What holds for the calls of every story, whatever it tells."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from traceback import format_stack
from urllib.parse import unquote

from liaison_sandbox.call_log import GraphCall
from liaison_sandbox.model import Event
from liaison_sandbox.server import Sandbox
from openapi_conformity import find_violations

# One worker in these stories; a mailbox never sees more calls of it at a time.
MOST_IN_FLIGHT = 3
BAD_REQUEST = HTTPStatus.BAD_REQUEST
EVENT = re.compile(r"/events/([^/]+)")


@dataclass
class TransactionWatch:
    """Whether this thread has a database transaction open. Remembers each call that was about to be made in one."""

    is_open: Callable[[], bool]
    caught: list[str] = field(default_factory=list)

    def __call__(self) -> bool:
        if self.is_open():
            self.caught.append("".join(format_stack()))
            return True
        return False


def check_traffic(sandbox: Sandbox) -> None:
    """Each call satisfies Microsoft's own description of Graph, and no mailbox was crowded."""
    assert find_violations(sandbox.log) == []
    assert sandbox.max_in_flight() <= MOST_IN_FLIGHT


def check_writes(sandbox: Sandbox, *, allowed: bool) -> None:
    """No calendar was written; where the story allows it, only organizers' copies of what is not over yet.

    Exchange sends mail for writes to calendars only: where none was made, people caused whatever mail a story counts.
    """
    writes = [call for call in sandbox.log if _writes_a_mailbox(call)]
    if not allowed:
        assert writes == []
    assert [told for call in writes if (told := _wrong_with(sandbox, call))] == []


def writes_of(sandbox: Sandbox) -> list[GraphCall]:
    """The calls that wrote to a calendar, or tried to; categories, which mail nobody, are none."""
    return [one for one in sandbox.log if _writes_a_mailbox(one) and not _only_marks(one)]


def _writes_a_mailbox(call: GraphCall) -> bool:
    reads = ("/v1.0/subscriptions", "/v1.0/$batch")
    is_translation = call.path.endswith("/translateExchangeIds")
    return call.method != "GET" and not call.path.startswith(reads) and not is_translation


def _only_marks(call: GraphCall) -> bool:
    if call.path.endswith("/masterCategories"):
        return True
    body = json.loads(call.request_body) if call.request_body else {}
    return call.method == "PATCH" and set(body) == {"categories"}


def _wrong_with(sandbox: Sandbox, call: GraphCall) -> str | None:
    """What a write must not do, if this one did it."""
    if _only_marks(call) or call.status >= BAD_REQUEST or call.mailbox is None:
        return None
    event = _written_event(sandbox, call)
    said = f"{call.method} {call.path}"
    if event is None:
        return None
    if not event.is_organizer:
        return f"{said} wrote to an invitee's copy"
    is_past = event.recurrence is None and event.end <= call.at
    return f"{said} wrote to what is over" if is_past else None


def _written_event(sandbox: Sandbox, call: GraphCall) -> Event | None:
    """The event as the story left it; None where it was made to vanish altogether."""
    mailbox = sandbox.tenant.person(str(call.mailbox)).mailbox
    found = EVENT.search(call.path)
    if found:
        return mailbox.find(unquote(found[1]))
    answer = json.loads(call.response_body) if call.response_body else {}
    return mailbox.find(answer["id"]) if "id" in answer else None
