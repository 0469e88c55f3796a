"""What may happen in an office, as data: the same script is played with and without what goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from passing_faults import passing_faults

LIGHT_FAULTS = passing_faults()
# The same for what is written only.
WRITTEN = r"/v1\.0/users/.*/events(?!.*/delta)"
FAULTS_OF_WRITES = tuple(
    {**fault, "method": method, "path_regex": WRITTEN}
    for method in ("POST", "PATCH", "DELETE")
    for fault in (
        {"kind": "drop-before"},
        {"kind": "drop-after"},
        {"kind": "truncate"},
        {"status": 503, "times": 2},
        {"status": 412, "code": "ErrorIrresolvableConflict"},
    )
)
FIELDS = ("subject", "location", "start", "people")
PRESETS = ("organizer", "mirror", "matched", "linked")
POLICIES = (
    {"conflict": "outlook-wins"},
    {"conflict": "crm-wins"},
    {"conflict": "hold"},
    {"onCrmDelete": "leave"},
    {"onCrmDelete": "cancel"},
    {"mailBudgetPerAction": 1},
    {"mailBudgetPerAction": 20},
    {"capture": "category"},
    {"capture": "all"},
    {"transfer": "all"},
    {"transfer": "flagged"},
    {"unknownParticipants": "review"},
    {"mark": True},
    {"private": "owner-only"},
    {"private": "skip"},
    {"private": "busy-only"},
    {"owners": {"subject": "crm", "place": "outlook"}},
)


@dataclass(frozen=True)
class Happening:
    """`what` names an act; `item` counts into what was made before, None where it concerns no item."""

    what: str
    item: int | None = None
    given: tuple[Any, ...] = ()

    @property
    def is_trouble(self) -> bool:
        """Whether it is left out where nothing goes wrong."""
        return self.what in {"fault", "lost", "denied", "tokens"}


WHO = (0, 1, 2)
SOME = (frozenset(), *(frozenset(one) for one in ({0}, {1}, {2}, {0, 1}, {1, 2}, {0, 1, 2})))
GUESTS = (0, 1, 2)
SERIES = (False, False, False, True)
# Mostly the first ones, so that much happens to each.
ITEMS = (0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7)
YES_OR_NO = (False, True)
ENDS = ("cancel", "delete", "restore", "plan")
DEATHS = (*([None] * 12), *range(1, 13))


@dataclass(frozen=True)
class Kind:
    """A kind of happening, and among what it chooses."""

    what: str
    given: tuple[Sequence[Any], ...] = ()
    has_item: bool = False


MADE = (
    Kind("meet", (WHO, SOME, GUESTS, SERIES)),
    Kind("plan", (WHO, SOME, GUESTS, SERIES)),
    Kind("plan", (WHO, SOME, GUESTS, SERIES)),
    Kind("invite", (SOME,)),
)
CHANGED = (
    Kind("edit meeting", (FIELDS,), has_item=True),
    Kind("edit meeting", (FIELDS,), has_item=True),
    Kind("edit activity", (FIELDS,), has_item=True),
    Kind("edit activity", (FIELDS,), has_item=True),
    Kind("collide", (FIELDS,), has_item=True),
    Kind("answer", (WHO, ("accepted", "tentative", "declined")), has_item=True),
    Kind("report", has_item=True),
    Kind("settle", (("outlook", "crm"),), has_item=True),
)
ENDED = (
    Kind("end activity", (ENDS,), has_item=True),
    Kind("end activity", (ENDS,), has_item=True),
    Kind("remove", has_item=True),
    Kind("leave", (WHO,), has_item=True),
    Kind("hand over", (WHO,), has_item=True),
    Kind("link", (WHO,), has_item=True),
    Kind("unlink", (WHO,), has_item=True),
    Kind("transfer again", has_item=True),
    Kind("set private", (YES_OR_NO,), has_item=True),
)
RULED = (
    Kind("policy", (POLICIES,)),
    Kind("preset", (PRESETS,)),
    Kind("switch", (WHO,)),
    Kind("decide hold", (YES_OR_NO,)),
    Kind("wait", ((1, 5),)),
)
TROUBLES = (
    Kind("fault", (LIGHT_FAULTS,)),
    Kind("fault", (FAULTS_OF_WRITES,)),
    Kind("fault", (FAULTS_OF_WRITES,)),
    Kind("lost", (ITEMS,)),
    Kind("denied", (WHO,)),
    Kind("tokens"),
)
WORK = (
    Kind("work", (WHO, DEATHS)),
    Kind("work", (WHO, DEATHS)),
    Kind("deliver", (ITEMS, YES_OR_NO)),
)
GROUPS = (CHANGED, CHANGED, MADE, ENDED, RULED, TROUBLES, WORK, WORK, WORK)

# Says which of several; hypothesis or dice.
Choose = Callable[[Sequence[Any]], Any]


def script_of(choose: Choose, steps: int) -> list[Happening]:
    """Begins with a preset and one of everything, so that much may happen to it."""
    begun = [_happening(choose, Kind("preset", (PRESETS,)))]
    begun += [_happening(choose, kind) for kind in MADE]
    begun += [Happening("work", None, (person, None)) for person in WHO]
    return begun + [_happening(choose, choose(choose(GROUPS))) for _ in range(steps)]


def _happening(choose: Choose, kind: Kind) -> Happening:
    item = choose(ITEMS) if kind.has_item else None
    return Happening(kind.what, item, tuple(choose(among) for among in kind.given))


@st.composite
def scripts(draw: Callable[[Any], Any], steps: int) -> list[Happening]:
    """Random ones."""
    return script_of(lambda among: draw(st.sampled_from(among)), steps)
