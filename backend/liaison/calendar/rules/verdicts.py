"""What becomes of one value that both sides hold: whose counts, or who has to decide. Pure.

The same rule serves whole fields, single people of a meeting, and single occurrences of a series.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from liaison.policy.values import Conflict, Owner


class Fate(StrEnum):
    """Both agree; Outlook's goes to the CRM; the CRM's goes to Outlook; each keeps its own."""

    AGREED = "agreed"
    INBOUND = "inbound"
    OUTBOUND = "outbound"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The fate of a value, and how it was settled where both sides changed it."""

    fate: Fate
    conflict: Conflict | None = None

    @property
    def is_settled(self) -> bool:
        """Whether both sides hold Outlook's value afterwards, so that it is the new baseline."""
        return self.fate in {Fate.AGREED, Fate.INBOUND}


AGREED = Verdict(Fate.AGREED)
INBOUND = Verdict(Fate.INBOUND)
OUTBOUND = Verdict(Fate.OUTBOUND)
APART = Verdict(Fate.APART)
_CONTESTED = {
    Conflict.OUTLOOK_WINS: Verdict(Fate.INBOUND, Conflict.OUTLOOK_WINS),
    Conflict.CRM_WINS: Verdict(Fate.OUTBOUND, Conflict.CRM_WINS),
    Conflict.HOLD: Verdict(Fate.APART, Conflict.HOLD),
}


def judge(owner: Owner, conflict: Conflict, *, in_outlook: bool, in_crm: bool) -> Verdict:
    """About a value that differs: whether it was changed in Outlook, and in the CRM, since both agreed.

    What is the CRM's goes out only where the CRM changed it: nothing that happens in Outlook causes a write there.
    Where neither changed it they agreed to differ, and do.
    """
    if owner is Owner.OUTLOOK:
        return INBOUND
    if not (in_outlook or in_crm):
        return APART
    if in_outlook and in_crm:
        return _CONTESTED[Conflict.CRM_WINS if owner is Owner.CRM else conflict]
    if in_crm:
        return OUTBOUND
    return APART if owner is Owner.CRM else INBOUND


def judge_first(owner: Owner, outlook: Any, crm: Any) -> Verdict:
    """About a value that differs when the two are linked: Outlook's wins, unless it is the CRM's or Outlook has none.

    Linking changes nothing in the CRM's own value, so that nothing is written to Outlook: it stays apart, which both
    agree on from then on. The next change of either side is a change like any other.
    """
    if owner is Owner.CRM:
        return APART if crm else INBOUND
    return APART if owner is Owner.BOTH and not outlook else INBOUND
