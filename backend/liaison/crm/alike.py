"""When an activity and a meeting are the same, planned in both places. Pure: all of it has to agree, nothing is guessed."""

from __future__ import annotations

from liaison.crm.activity_changes import same_person
from liaison.crm.model import Activity, ActivityStatus, MeetingFacts


def is_alike(activity: Activity, meeting: MeetingFacts) -> bool:
    """Whether it is planned, with the same subject, organizer, start, end and all-day."""
    is_open = activity.status is ActivityStatus.PLANNED and activity.deleted_at is None
    return (
        is_open
        and " ".join(activity.subject.split()) == " ".join(meeting.subject.split())
        and (activity.recurrence is not None) is meeting.is_series
        and activity.when.same_span(meeting.when)
        and same_person(activity.organizer, meeting.organizer)
    )
