"""What waits for administrators and what failed, over HTTP."""

from datetime import datetime, timedelta

import pytest

from api_world import link, problem
from builders import a_new_activity
from liaison.calendar.model import LinkState
from liaison.calendar.passes import Pass
from liaison.calendar.stores import decisions, held_removals, links, noted, noted_outcomes
from liaison.crm.embedded.tables import ActivityRow
from liaison.crm.model import SYNC_MASTER
from liaison.db.audit import list_audit
from people import ANN, BO, DEV


@pytest.fixture
def admin(world):
    return world.admin(DEV)


@pytest.fixture
def linked(world):
    """Three activities of Ann's with their meetings; the last one is confidential."""
    world.join_tenant(ANN, BO)
    found = []
    for n in range(3):
        activity = world.plan(a_new_activity(subject=f"Offer {n}"))
        made = link(world, world.meeting_of(ANN, f"Offer {n}"), activity)
        assert made.status_code == 201, made.text
        found.append((activity, made.json["id"]))
    hide(world, found[2][0])
    return found


def hide(world, activity):
    with world.services.database.transaction() as session:
        session.get(ActivityRow, activity.id).confidential = True


def hold(world, linked, mailbox=ANN):
    with world.services.database.transaction() as session:
        events = {link_id: "event" for _, link_id in linked}
        held_removals.hold_links(session, mailbox.id, events, world.clock.now())
    world.clock.advance(minutes=5)


def test_nothing_waits_at_first(admin):
    assert admin.get("/api/admin/held").json == {"items": [], "next": None}
    assert admin.get("/api/admin/failed").json == {"items": [], "next": None}


def test_what_waits_is_told_with_samples_that_are_not_confidential(world, admin, linked):
    at = world.clock.now()
    hold(world, linked)

    [item] = admin.get("/api/admin/held").json["items"]

    assert (item["reason"], item["mailbox"], item["count"]) == ("held-removal", ANN.address, 3)
    assert set(item["activityIds"]) == {str(activity.id) for activity, _ in linked}
    assert item["at"].startswith(at.isoformat()[:19])
    assert {one["subject"] for one in item["samples"]} == {"Offer 0", "Offer 1"}
    assert (item["status"], item["removedBefore"]) == ("open", 0)


def test_holds_come_in_pages_the_newest_first(world, admin, linked):
    hold(world, linked[:1], ANN)
    hold(world, linked[1:2], BO)

    first = admin.get("/api/admin/held", limit=1).json
    second = admin.get("/api/admin/held", limit=1, cursor=first["next"]).json

    assert [one["mailbox"] for one in first["items"] + second["items"]] == [BO.address, ANN.address]
    assert second["next"] is None


def test_approving_notes_the_meetings_and_wakes_the_mailbox(world, admin, linked):
    hold(world, linked)
    [item] = admin.get("/api/admin/held").json["items"]
    world.woken.clear()

    approved = admin.post(f"/api/admin/held/{item['id']}/approve")
    again = admin.post(f"/api/admin/held/{item['id']}/approve", {})

    assert approved.json == again.json
    assert (approved.json["status"], approved.json["settledBy"]) == ("approved", DEV.name)
    assert ANN.id in world.woken
    with world.services.database.transaction() as session:
        due = noted.list_due_items(session, ANN.id, world.clock.now(), 10)
        [act] = list_audit(session, limit=1)
    assert len(due) == 3
    assert (act.action, act.actor, act.details) == ("held-approved", DEV.name, {"count": 3})
    assert admin.get("/api/admin/held").json["items"] == []


def test_discarding_ends_the_links_and_keeps_the_activities(world, admin, linked):
    hold(world, linked)
    [item] = admin.get("/api/admin/held").json["items"]

    discarded = admin.post(f"/api/admin/held/{item['id']}/discard")
    again = admin.post(f"/api/admin/held/{item['id']}/discard")

    assert discarded.json == again.json
    assert (discarded.json["status"], discarded.json["count"]) == ("discarded", 3)
    with world.services.database.transaction() as session:
        ended = links.list_links(session, [link_id for _, link_id in linked])
    assert {(one.state, one.ended_by) for one in ended} == {(LinkState.ENDED, DEV.name)}
    told = admin.get("/api/admin/decisions", reason="unlinked-by-person").json["items"]
    assert len(told) == 3


def test_what_was_decided_otherwise_is_refused(world, admin, linked):
    hold(world, linked)
    [item] = admin.get("/api/admin/held").json["items"]
    admin.post(f"/api/admin/held/{item['id']}/approve")

    refused = admin.post(f"/api/admin/held/{item['id']}/discard")

    assert problem(refused) == (409, "hold-settled")


def test_what_waits_no_more_is_refused(world, admin, linked):
    hold(world, linked[:1])
    [item] = admin.get("/api/admin/held").json["items"]
    world.as_(ANN).delete(f"/api/links/{linked[0][1]}")

    for deed in ("approve", "discard"):
        refused = admin.post(f"/api/admin/held/{item['id']}/{deed}")
        assert problem(refused) == (409, "hold-settled")


def test_the_log_says_in_a_sentence_why_a_removal_waits(world, admin, linked):
    activity, _ = linked[0]
    this = Pass(SYNC_MASTER, 1, world.clock.now())
    with world.services.database.transaction() as session:
        entry = this.entry("held-removal", "hold-removal", activity_id=activity.id)
        decisions.log_decisions(session, [entry])

    [told] = admin.get("/api/admin/decisions", reason="held-removal").json["items"]

    assert told["outcome"] == "held"
    assert told["sentence"] == (
        "The removal waits for an administrator, because unusually many meetings vanished at once."
    )


def bury(world, event_id, error="request-rejected"):
    with world.services.database.transaction() as session:
        item = noted.note_event(session, ANN.id, event_id, world.clock.now())
        noted_outcomes.bury_item(session, item, error)
    return str(item.id)


def event_of(world, link_id):
    with world.services.database.transaction() as session:
        [one] = links.list_links(session, [link_id])
    return one.copies[0].event_id


def test_what_failed_is_told_with_why_and_what_may_be_read(world, admin, linked):
    unlinked = bury(world, "strange", "ValueError")
    hidden = bury(world, event_of(world, linked[2][1]))
    shown = bury(world, event_of(world, linked[0][1]))

    found = {one["id"]: one for one in admin.get("/api/admin/failed").json["items"]}

    assert found[shown]["subject"] == "Offer 0"
    assert found[shown]["sentence"] == "Microsoft 365 refused the request as it is."
    assert (found[hidden]["subject"], found[hidden]["activityId"]) == (None, str(linked[2][0].id))
    assert (found[unlinked]["activityId"], found[unlinked]["eventId"]) == (None, "strange")
    assert found[unlinked]["sentence"] == "Liaison could not carry it out."


def test_what_failed_is_tried_again_on_request(world, admin, linked):
    item_id = bury(world, event_of(world, linked[0][1]))
    world.woken.clear()

    assert admin.post(f"/api/admin/failed/{item_id}/retry").status_code == 204
    assert admin.post(f"/api/admin/failed/{item_id}/retry").status_code == 204

    assert admin.get("/api/admin/failed").json["items"] == []
    assert set(world.woken) == {ANN.id}
    with world.services.database.transaction() as session:
        due = noted.list_due_items(session, ANN.id, world.clock.now(), 10)
    assert [item.attempts for item in due if str(item.id) == str(item_id)] == [0]


def note(world, event_id, error=None, owner=ANN):
    with world.services.database.transaction() as session:
        item = noted.note_event(session, owner.id, event_id, world.clock.now())
        if error:
            later = world.clock.now() + timedelta(minutes=5)
            noted_outcomes.postpone_item(session, item, later, error=error)
    return str(item.id)


def test_what_waits_by_itself_is_told_with_why_and_until_when(world, admin, linked):
    """Behind the number of the overview stands what waits, not the log."""
    later = note(world, event_of(world, linked[0][1]), "throttled")
    hidden = note(world, event_of(world, linked[2][1]), "throttled")
    soon = note(world, "strange")
    given_up = bury(world, "given up")

    found = {one["id"]: one for one in admin.get("/api/admin/waiting").json["items"]}

    assert {later, hidden, soon} <= set(found)
    assert given_up not in found
    shown = found[later]
    assert (shown["subject"], shown["attempts"], shown["error"]) == ("Offer 0", 1, "throttled")
    assert shown["sentence"] == "Microsoft 365 asks to slow down."
    assert datetime.fromisoformat(shown["nextAt"]) == world.clock.now() + timedelta(minutes=5)
    assert (found[hidden]["subject"], found[hidden]["activityId"]) == (None, str(linked[2][0].id))
    assert (found[soon]["attempts"], found[soon]["error"]) == (0, None)
    assert found[soon]["sentence"] == "It was noted, and is looked at with the next run."


def test_what_waits_is_asked_for_by_mailbox_and_page(world, admin, linked):
    note(world, "elsewhere")
    of_bo = [note(world, "one", owner=BO), note(world, "other", owner=BO)]

    first = admin.get("/api/admin/waiting", representativeId=BO.id, limit=1).json
    rest = admin.get("/api/admin/waiting", representativeId=BO.id, cursor=first["next"]).json

    assert [one["id"] for one in first["items"] + rest["items"]] == of_bo[::-1]
    assert rest["next"] is None
