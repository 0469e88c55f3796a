"""A link of which the last copy left, and what thaws one whose organizer's mailbox was lost."""

from dataclasses import replace

import pytest

from calendar_builders import (
    NOT_OURS,
    a_copy,
    a_link,
    a_situation,
    an_activity,
    an_event,
    an_outside_meeting,
)
from liaison.calendar.model import FrozenReason, LinkState
from liaison.calendar.rules.copies import governing_mailbox
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import (
    Agree,
    Decision,
    FreezeLink,
    Leave,
    RemoveActivity,
    RestoreLink,
    ResumeLink,
    UpdateActivity,
    activity_wish,
)
from liaison.calendar.rules.left import LEFT
from liaison.calendar.rules.situation import NotFound
from liaison.outlook.model import Organizer
from people import BO, CARLA, KIM

SUBJECT = {"subject": "New"}
AGREED = a_link().baseline


@pytest.mark.parametrize(
    ("stub", "fields", "version"), [(True, {"review": (LEFT,)}, 4), (False, {}, 0)]
)
def test_a_stub_whose_last_copy_left_is_marked_at_the_version_that_was_seen(stub, fields, version):
    link = a_link(copies=(a_copy(BO.id),))
    gone = an_outside_meeting(BO.id, link=link, activity=an_activity(stub=stub))

    decision = decide(replace(gone, observation=NotFound("AAMk")))

    frozen = FreezeLink(
        FrozenReason.LAST_COPY_GONE, copy_present=False, fields=fields, if_version=version
    )
    assert decision == Decision(frozen, "last-copy-gone")


def test_after_a_hand_over_the_smallest_other_copy_governs_and_not_the_former_organizers():
    handed_over = an_event(organizer=Organizer(KIM.name, KIM.addresses[0]), is_organizer=False)
    link = a_link(copies=(a_copy(), a_copy(BO.id), a_copy(CARLA.id)))
    seen = a_situation(handed_over, mailbox_id=CARLA.id, link=link, organizer=NOT_OURS)

    assert governing_mailbox(seen, link) == BO.id


@pytest.mark.parametrize("because", [FrozenReason.ORGANIZER_INACTIVE, FrozenReason.MAILBOX_UNAVAILABLE])  # fmt: skip
def test_the_organizers_own_copy_thaws_the_link_though_it_was_not_followed_when_last_seen(because):
    copies = (a_copy(event_id="AAMk-ann", is_followed=False), a_copy(BO.id))
    link = a_link(state=LinkState.FROZEN, frozen_reason=because, copies=copies)

    assert decide(a_situation(link=link)) == Decision(ResumeLink(), "link-resumed")


@pytest.mark.parametrize(
    ("action", "wish"),
    [
        (UpdateActivity(SUBJECT, 4, AGREED), (SUBJECT, 4)),
        (RemoveActivity("cancel", SUBJECT, 4), (SUBJECT, 4)),
        (RemoveActivity("keep", {}, 4), None),
        (FreezeLink(FrozenReason.LAST_COPY_GONE, fields=SUBJECT, if_version=4), (SUBJECT, 4)),
        (FreezeLink(FrozenReason.PRIVATE), None),
        (RestoreLink(SUBJECT, 4), (SUBJECT, 4)),
        (RestoreLink(SUBJECT, None), None),
        (RestoreLink({}, 4), None),
        (Agree(AGREED), None),
        (Leave(), None),
    ],
)
def test_an_activity_is_written_only_with_members_and_the_version_that_was_seen(action, wish):
    assert activity_wish(action) == wish
