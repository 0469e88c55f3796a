"""All reasons, in the order in which the rules are asked. A code stands here once. Pure."""

from __future__ import annotations

from liaison.reasons.copies import COPIES_REASONS
from liaison.reasons.failures import FAILURES_REASONS
from liaison.reasons.inbound import INBOUND_REASONS
from liaison.reasons.later import CONTACTS_REASONS, SERIES_REASONS, TASKS_REASONS
from liaison.reasons.model import Group, Reason
from liaison.reasons.outbound import OUTBOUND_REASONS
from liaison.reasons.run_level import RUN_REASONS
from liaison.reasons.scope import SCOPE_REASONS

REASONS: tuple[Reason, ...] = (
    RUN_REASONS
    + SCOPE_REASONS
    + COPIES_REASONS
    + INBOUND_REASONS
    + OUTBOUND_REASONS
    + SERIES_REASONS
    + TASKS_REASONS
    + CONTACTS_REASONS
    + FAILURES_REASONS
)

_BY_CODE = {reason.code: reason for reason in REASONS}


def find_reason(code: str) -> Reason | None:
    """The reason with this code, None for an unknown one."""
    return _BY_CODE.get(code)


def get_reason(code: str) -> Reason:
    """The reason with this code. Raises KeyError for an unknown one: a code that is not registered is a mistake of ours."""
    return _BY_CODE[code]


def reasons_of(group: Group) -> tuple[Reason, ...]:
    """The reasons of one group, in order."""
    return tuple(reason for reason in REASONS if reason.group is group)
