"""Whether an event that was noted is looked at: of what is neither linked nor captured only the identity is read."""

from __future__ import annotations

from liaison.calendar.markers import find_marked
from liaison.calendar.model import NotedItem, NoteSource
from liaison.calendar.progress import Progress
from liaison.calendar.rules.situation import MarkedAs
from liaison.calendar.stores import copies, links
from liaison.calendar.stores.noted import BY_ICAL_UID
from liaison.outlook.model import EventIdentity
from liaison.policy.values import Capture


def event_to_look_at(run: Progress, item: NotedItem) -> str | None:
    """The id of the event to read, a master in the place of its occurrence; None where it is nobody's business.

    Raises `GatewayError`.
    """
    if item.source is NoteSource.PERSON or item.event_id.startswith(BY_ICAL_UID):
        return item.event_id
    if _is_linked(run, item.event_id) or run.policy.policy.capture is not Capture.LINKED:
        return item.event_id
    identity = _identify(run, item.event_id)
    if identity is None:
        ask_for_round(run)
        return None
    is_ours = _is_linked(run, identity.event_id, identity.ical_uid) or _lost_link(run, identity)
    return identity.event_id if is_ours else None


def ask_for_round(run: Progress) -> None:
    """An event that nobody knows is gone. An occurrence that was deleted tells nothing of its series; a round does."""
    run.wants_round = run.wants_round or _has_series(run)


def _identify(run: Progress, event_id: str) -> EventIdentity | None:
    identity = run.observer.identify(event_id)
    if identity and identity.series_master_id:
        return run.observer.identify(identity.series_master_id)
    return identity


def _is_linked(run: Progress, event_id: str, ical_uid: str | None = None) -> bool:
    with run.tools.database.transaction() as session:
        if copies.find_link_ids(session, run.row.id, [event_id]):
            return True
        return bool(ical_uid and links.find_links_of_uids(session, {ical_uid}))


def _lost_link(run: Progress, identity: EventIdentity) -> bool:
    """Whether our marker says that it was made for an activity, which has no link."""
    if not identity.marker:
        return False
    with run.tools.database.transaction() as session:
        found = find_marked(session, run.tools.crm, [identity.marker]).get(identity.marker)
    return found is not None and found.found is MarkedAs.UNLINKED


def _has_series(run: Progress) -> bool:
    with run.tools.database.transaction() as session:
        return links.has_series(session, run.row.id)
