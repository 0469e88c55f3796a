"""What stands against tying a meeting to an activity, or against changing what is tied."""

from __future__ import annotations

from http import HTTPStatus

from liaison.errors.model import LiaisonError


class MeetingNotFound(LiaisonError):
    """Outlook does not know this meeting (yet)."""

    code = "meeting-not-found"
    status = HTTPStatus.NOT_FOUND


class AlreadyLinked(LiaisonError):
    """This meeting is already linked to another activity."""

    code = "already-linked"
    status = HTTPStatus.CONFLICT


class ActivityTaken(LiaisonError):
    """This activity is already linked to another meeting."""

    code = "activity-taken"
    status = HTTPStatus.CONFLICT


class OwnedByOutlook(LiaisonError):
    """These fields are changed in Outlook while the activity is linked."""

    code = "owned-by-outlook"
    status = HTTPStatus.CONFLICT


class NotContested(LiaisonError):
    """Nothing is contested here any more."""

    code = "not-contested"
    status = HTTPStatus.CONFLICT


class StillContested(LiaisonError):
    """Both values are still there. Keep one of them; that takes this mark away as well."""

    code = "still-contested"
    status = HTTPStatus.CONFLICT


class SeveralMeetings(LiaisonError):
    """Several meetings fit this description. Open the meeting and try again."""

    code = "several-meetings"
    status = HTTPStatus.CONFLICT


class OccurrenceStaysCancelled(LiaisonError):
    """Outlook cannot bring back an occurrence that was cancelled. Plan an activity of its own for that time."""

    code = "occurrence-stays-cancelled"
    status = HTTPStatus.CONFLICT


class PrivateMeeting(LiaisonError):
    """This meeting is private, and the policy keeps private meetings out of the CRM."""

    code = "private"
    status = HTTPStatus.CONFLICT


class MeetingCancelled(LiaisonError):
    """This meeting is cancelled."""

    code = "meeting-cancelled"
    status = HTTPStatus.CONFLICT


class ScopeMismatch(LiaisonError):
    """This scope does not fit the meeting."""

    code = "scope-mismatch"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class LinkFrozen(LiaisonError):
    """The link is frozen and follows nothing until its cause is gone."""

    code = "link-frozen"
    status = HTTPStatus.CONFLICT


class LinkEnded(LiaisonError):
    """This link has ended. Link the meeting again to revive it."""

    code = "link-ended"
    status = HTTPStatus.CONFLICT


class ReviewSettled(LiaisonError):
    """This is not marked for editing any more: somebody settled it, or its cause is gone. Nothing was changed."""

    code = "review-settled"
    status = HTTPStatus.CONFLICT


class UnsupportedMeeting(LiaisonError):
    """Liaison cannot hold this meeting."""

    code = "unsupported"
    status = HTTPStatus.CONFLICT
