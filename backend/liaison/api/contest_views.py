"""Fields that both sides changed, as they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liaison.calendar.model import Contest, Link
from liaison.policy.values import Conflict

HOW = {
    Conflict.HOLD: "held",
    Conflict.OUTLOOK_WINS: "outlook-won",
    Conflict.CRM_WINS: "crm-won",
}
SIDES = {Conflict.OUTLOOK_WINS: "outlook", Conflict.CRM_WINS: "crm"}


def show_contests(link: Link) -> list[dict[str, Any]]:
    """As `ContestAnswer` writes them."""
    return [_show(name, one) for name, one in link.contested.items()]


def _show(name: str, one: Contest) -> dict[str, Any]:
    return {
        "field": name,
        "outlook": _value(name, one.outlook),
        "crm": _value(name, one.crm),
        "how": HOW[one.how],
        "chosen": SIDES[one.chosen] if one.chosen else None,
    }


def _value(name: str, value: Mapping[str, Any]) -> Any:
    """A time has several members; of the others the value alone is meant."""
    return value if name == "time" else next(iter(value.values()), None)
