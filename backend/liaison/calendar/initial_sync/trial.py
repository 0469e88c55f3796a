"""A dry run of a policy that is not in force: what would happen if it were taken. No network here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from liaison.calendar.initial_sync.model import Trial
from liaison.errors import InvalidRequest
from liaison.policy.changes import preset_wishes
from liaison.policy.keys import policy_as_json
from liaison.policy.settings import Policy
from liaison.policy.store import read_policy, wished_policy

ALONE = "Is given alone, without keys."
ONLY_LOOKED_AT = "Is only looked at, in a dry run; take it before anything is carried out."


def policy_to_try(
    session: Session, wished: Trial | None, *, dry_run: bool
) -> tuple[Policy | None, Trial | None]:
    """The policy that is wished for, with the keys that differ from the one in force; None where nothing does.

    Raises `InvalidRequest`, `NotAvailableYet`, with all that is wrong, as for a policy that is saved.
    """
    if wished is None:
        return None, None
    if not dry_run:
        raise InvalidRequest(errors={_named(wished): [ONLY_LOOKED_AT]})
    if wished.preset is not None and wished.keys:
        raise InvalidRequest(errors={"preset": [ALONE]})
    wishes = wished.keys if wished.preset is None else preset_wishes(wished.preset)
    policy, now = wished_policy(session, wishes), read_policy(session).policy
    differing = _differing(policy, now)
    return (policy, replace(wished, keys=differing)) if differing else (None, None)


def _named(wished: Trial) -> str:
    return "policy" if wished.preset is None else "preset"


def _differing(policy: Policy, now: Policy) -> dict[str, Any]:
    """Of a value with members only those that differ."""
    before, after = policy_as_json(now), policy_as_json(policy)
    differing = {key: value for key, value in after.items() if before[key] != value}
    return {key: _members(before[key], value) for key, value in differing.items()}


def _members(before: Any, after: Any) -> Any:
    if not isinstance(after, dict):
        return after
    return {name: value for name, value in after.items() if before.get(name) != value}
