"""Every key of the policy: its name, what it takes, what it means, and what this version carries out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from liaison.policy import kinds
from liaison.policy.settings import TASK_STATUS_MAP, Policy
from liaison.policy.values import (
    Capture,
    Conflict,
    FollowPast,
    OnCrmDelete,
    OnRemoval,
    OutsideOrganizer,
    Private,
    Transfer,
    UnknownParticipants,
)

ALL: Literal["all"] = "all"
NOTHING_ELSE: tuple[Any, ...] = ()
ON_OFF = "on, off"
INTERVAL = "number and minute, hour or day"
TYPES = ("appointment", "call", "visit", "other")


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `carried_out`: the values that this version acts on besides the one in force, or all."""

    name: str
    values: str
    meaning: str
    read: kinds.Reader
    carried_out: tuple[Any, ...] | Literal["all"] = ALL

    @property
    def attribute(self) -> str:
        """Its name in `Policy`."""
        return re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", self.name)


def _words(words: type[StrEnum]) -> tuple[str, kinds.Reader]:
    return ", ".join(words), kinds.read_word(words)


def _key(
    name: str,
    kind: tuple[str, kinds.Reader],
    meaning: str,
    carried_out: tuple[Any, ...] | Literal["all"] = ALL,
) -> Key:
    return Key(name, kind[0], meaning, kind[1], carried_out)


def _number(least: int, most: int) -> tuple[str, kinds.Reader]:
    return f"{least} to {most}", kinds.read_number(least, most)


SWITCH = (ON_OFF, kinds.read_switch)
TEXT = ("text", kinds.read_text)
TIME = (INTERVAL, kinds.read_interval)

KEYS = (
    _key(
        "capture",
        _words(Capture),
        "Which meetings become activities: those that people link, those with the category, or all.",
    ),
    _key("categoryName", TEXT, "The category of Outlook that asks for capture."),
    _key(
        "captureInternal",
        SWITCH,
        "Whether meetings without anybody from outside are captured too.",
    ),
    _key(
        "windowPastDays",
        _number(0, 3650),
        "How many days back meetings are looked at; 0: those that have not ended.",
    ),
    _key(
        "windowFrom",
        ("a date, or empty", kinds.read_day),
        "A fixed first day of the window, instead of a number of days.",
    ),
    _key("windowFutureDays", _number(1, 730), "How many days ahead meetings are looked at."),
    _key(
        "followPast",
        _words(FollowPast),
        "Whether a linked meeting is followed when it is over: always, on notifications, or never.",
    ),
    _key(
        "outsideOrganizer",
        _words(OutsideOrganizer),
        "What a captured meeting becomes whose organizer is outside.",
    ),
    _key(
        "unknownParticipants",
        _words(UnknownParticipants),
        "Whether attendees whom nobody knows mark the activity for editing.",
    ),
    _key(
        "owners",
        (
            "for subject, notes, time, place, participants: outlook, crm, both (notes: outlook)",
            kinds.read_owners,
        ),
        "Whose changes of a synced field count.",
    ),
    _key(
        "conflict",
        _words(Conflict),
        "Who wins where both sides changed the same field.",
    ),
    _key(
        "transfer",
        _words(Transfer),
        "Which activities are brought to Outlook: those flagged, or all.",
    ),
    _key(
        "transferTypes",
        (", ".join(TYPES), kinds.read_words(TYPES)),
        "The types of activities that are brought to Outlook.",
    ),
    _key(
        "onCancel",
        _words(OnRemoval),
        "What becomes of the activity of a cancelled meeting, also of one with guests that its organizer deletes.",
    ),
    _key(
        "onDelete",
        _words(OnRemoval),
        "What becomes of the activity of a deleted meeting to which nobody else was invited.",
    ),
    _key(
        "onCrmDelete",
        _words(OnCrmDelete),
        "What becomes of the meeting of a cancelled or deleted activity.",
    ),
    _key(
        "private",
        _words(Private),
        "What is taken over of private and confidential meetings.",
    ),
    _key("calendarInterval", TIME, "How often each calendar is read, whatever is notified."),
    _key(
        "alignToClock",
        SWITCH,
        "Whether calendars are read at full intervals of the clock (1 hour: 16:00, 17:00).",
    ),
    _key("push", SWITCH, "Whether Microsoft is asked to notify changes at once."),
    _key(
        "deepLink",
        SWITCH,
        "Whether an address of the activity is put into the meeting's text.",
    ),
    _key(
        "regardingText",
        SWITCH,
        "Whether a line with what the activity regards is put into the meeting's text.",
    ),
    _key(
        "mark", SWITCH, "Whether linked meetings get a category in Outlook: In CRM or CRM failed."
    ),
    _key("tasks", SWITCH, "Whether tasks are brought to To Do.", NOTHING_ELSE),
    _key("tasksInterval", TIME, "How often tasks are compared.", NOTHING_ELSE),
    _key("taskWindowPastDays", _number(0, 3650), "How many days back tasks go.", NOTHING_ELSE),
    _key("taskWindowFutureDays", _number(1, 3650), "How many days ahead tasks go.", NOTHING_ELSE),
    _key(
        "taskStatusMap",
        ("a word of Outlook for each status", kinds.read_status_map(TASK_STATUS_MAP)),
        "Which status of To Do stands for which of the CRM.",
        NOTHING_ELSE,
    ),
    _key("contacts", SWITCH, "Whether contacts are brought to Outlook.", NOTHING_ELSE),
    _key("contactsInterval", TIME, "How often contacts are compared.", NOTHING_ELSE),
    _key("contactFolder", TEXT, "The folder of Outlook that holds the contacts.", NOTHING_ELSE),
    _key(
        "removalLimit",
        _number(0, 100000),
        "How many removals of one mailbox within 24 hours are carried out unasked.",
    ),
    _key(
        "removalPercent",
        _number(0, 100),
        "What share of a mailbox's links, in per cent, may go within 24 hours unasked, from 5 removals on.",
    ),
    _key(
        "mailBudgetPerAction",
        _number(0, 100000),
        "How many people outside may get mail by one action unasked.",
    ),
    _key(
        "internalDomains",
        ("mail domains, or empty", kinds.read_domains),
        "Whose addresses are our own; empty: the domains of the representatives.",
    ),
    _key("reconcileInterval", TIME, "How often every live link is looked at."),
    _key("maxAttempts", _number(1, 100), "How often a failing item is tried."),
    _key("retryMax", TIME, "The longest time between two tries."),
    _key("logRetentionDays", _number(1, 36500), "How long the log keeps a decision."),
)

BY_NAME = {key.name: key for key in KEYS}
NOT_YET = tuple(key.name for key in KEYS if key.carried_out != ALL)


def policy_as_json(policy: Policy) -> dict[str, Any]:
    """Every key with its value, in the order of the documentation."""
    return {key.name: kinds.as_json(getattr(policy, key.attribute)) for key in KEYS}


def policy_reference() -> list[tuple[str, str, str, str]]:
    """Key, values, meaning and default of each, for the documentation."""
    delivered = policy_as_json(Policy())
    return [(key.name, key.values, key.meaning, written(delivered[key.name])) for key in KEYS]


def written(value: Any) -> str:
    """A value as people read it."""
    match value:
        case None:
            return "empty"
        case dict():
            return ", ".join(f"{name}: {one}" for name, one in value.items())
        case list():
            return ", ".join(value)
    return str(value)
