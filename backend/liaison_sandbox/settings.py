"""The tenant's habits that tests and stories switch. The default is the unpleasant choice."""

from dataclasses import dataclass
from typing import Literal


@dataclass(slots=True)
class Settings:
    """Read afresh at every call, so that a test may change one between two calls."""

    # Soft-deleted items still answer by immutable id, as Exchange's Deleted Items do.
    deleted_items_still_answer: bool = True
    # A full round begins with an empty page that has a nextLink.
    delta_starts_with_an_empty_page: bool = True
    # The first item of a round comes once more on its last page.
    delta_repeats_items: bool = True
    # A round tells what the round before it told already.
    delta_replays: bool = False
    # Whether a first round tells of items outside its window, as removed.
    delta_first_round_tells_removed: bool = True
    # Whether each occurrence has an iCalUId of its own, as documented, or the series' one.
    occurrence_ical_uid: Literal["differ", "same"] = "differ"
    # What a round after the first tells of a changed series.
    delta_lists: Literal["master-and-occurrences", "master"] = "master-and-occurrences"
    # Such a round leaves out a master whose first occurrence is before the window.
    delta_omits_old_masters: bool = True
    # An older service: no exceptionOccurrences to expand, no cancelledOccurrences in an answer.
    knows_series_members: bool = True
    # A program's change of a series mails its changed occurrences too, each by itself.
    patched_series_mails_exceptions: bool = True
    # Classic Outlook gives the pane the series' id for an occurrence.
    pane_gets_master_id: bool = False
    # The status of the repeated POST with a known transactionId is not documented.
    repeated_transaction_status: Literal[201, 409] = 201
    # What a person's token gets for a mailbox that nobody shared with him.
    foreign_mailbox_status: Literal[403, 404] = 403
    answer_delay_ms: float = 0
    calls_in_flight_per_mailbox: int = 4
    calls_per_ten_minutes: int = 10_000
    notification_delay_ms: float = 0
    double_notifications: bool = False
    drop_notifications: bool = False
    reorder_notifications: bool = False
    # One edit often arrives as created and updated, or as several updated.
    created_comes_with_updated: bool = True
    notification_attempts: int = 5
    notification_retry_ms: float = 200
