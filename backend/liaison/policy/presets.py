"""Four ways of working that administrators know from other products. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from liaison.policy.settings import Policy
from liaison.policy.values import (
    Capture,
    Conflict,
    FollowPast,
    Interval,
    OnCrmDelete,
    OnRemoval,
    Owner,
    Owners,
    Private,
    Transfer,
    UnknownParticipants,
)

DELIVERED = Policy()
SHARED = Owners(Owner.BOTH, Owner.OUTLOOK, Owner.BOTH, Owner.BOTH, Owner.BOTH)

ORGANIZER = Policy(
    capture=Capture.ALL,
    window_past_days=14,
    owners=SHARED,
    transfer=Transfer.ALL,
    on_cancel=OnRemoval.DELETE,
    on_delete=OnRemoval.DELETE,
    on_crm_delete=OnCrmDelete.CANCEL,
    private=Private.OWNER_ONLY,
    regarding_text=True,
    mark=False,
)

MIRROR = Policy(
    capture=Capture.ALL,
    follow_past=FollowPast.PUSH,
    owners=SHARED,
    conflict=Conflict.HOLD,
    transfer_types=("appointment", "call"),
    on_cancel=OnRemoval.DELETE,
    on_delete=OnRemoval.DELETE,
    on_crm_delete=OnCrmDelete.CANCEL,
    calendar_interval=Interval(15, "minute"),
    align_to_clock=True,
    mark=False,
    contacts=True,
)

MATCHED = Policy(
    capture=Capture.ALL,
    window_past_days=30,
    window_future_days=180,
    unknown_participants=UnknownParticipants.REVIEW,
    owners=SHARED,
    conflict=Conflict.HOLD,
    transfer=Transfer.ALL,
    on_cancel=OnRemoval.MARK,
    on_delete=OnRemoval.MARK,
    on_crm_delete=OnCrmDelete.CANCEL,
    calendar_interval=Interval(10, "minute"),
    push=False,
    deep_link=True,
    tasks=True,
    contacts=True,
)

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "linked": "People choose which meetings become activities; Outlook's values count.",
        "organizer": "All meetings are taken over by their organizer; both sides change them.",
        "mirror": "Calendars and activities mirror each other at the full quarter of an hour.",
        "matched": "Meetings, tasks and contacts are matched with known people; doubt is reviewed.",
    }
)

PRESETS: Mapping[str, Policy] = MappingProxyType(
    {"linked": DELIVERED, "organizer": ORGANIZER, "mirror": MIRROR, "matched": MATCHED}
)
