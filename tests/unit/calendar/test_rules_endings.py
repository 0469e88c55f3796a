"""What remains of a link that has ended, and what the log names of one."""

from dataclasses import replace
from uuid import UUID

from calendar_builders import NOW, a_copy, a_link
from liaison.calendar.model import FrozenReason, LinkState
from liaison.calendar.rules.endings import ended, whose
from people import ANN, BO


def test_a_link_that_has_ended_says_when_by_whom_and_why_and_waits_for_nothing():
    frozen = a_link(
        state=LinkState.FROZEN, frozen_reason=FrozenReason.LAST_COPY_GONE, removal_version=3
    )

    over = replace(frozen, **ended("unlinked", "Ann Berg", NOW))

    assert (over.state, over.frozen_reason, over.removal_version) == (LinkState.ENDED, None, None)
    assert (over.ended_at, over.ended_by, over.ended_reason) == (NOW, "Ann Berg", "unlinked")


def test_a_line_of_the_log_names_the_event_of_the_mailbox_that_it_is_about():
    link = a_link(copies=(a_copy(BO.id, event_id="AAMk-bo"), a_copy(event_id="AAMk-ann")))

    assert whose(link, ANN.id) == {
        "mailbox_id": ANN.id,
        "event_id": "AAMk-ann",
        "link_id": UUID(int=0xF001),
        "activity_id": UUID(int=0xE001),
    }


def test_a_mailbox_without_a_copy_has_no_event_to_name():
    assert whose(a_link(), BO.id)["event_id"] is None
