"""The series of the team, around the week that the story tells. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from liaison_sandbox.story import ANN, BO, CARLA, INES, JON, YES, Meeting, Week

WEEKS_SO_FAR = 8
_INDEXES = ("first", "second", "third", "fourth", "last")


@dataclass(frozen=True, slots=True)
class Series:
    """`first` is the first occurrence; the others are named by their days."""

    first: Meeting
    recurrence: Mapping[str, Any]
    moved: Mapping[date, datetime] = field(default_factory=dict)
    cancelled: tuple[date, ...] = ()


def tell_series(today: date) -> list[Series]:
    week = Week(today)
    return [_team(week), _reviews(week)]


def _team(week: Week) -> Series:
    """Thursdays; the coming week's is on Friday, the one after it was called off."""
    begun = 3 - 7 * WEEKS_SO_FAR
    return Series(
        Meeting(
            "Sales team weekly",
            week.at(begun, "09:00", 30),
            organizer=ANN,
            people=(BO, CARLA),
            body="Numbers, open offers, who needs help",
            answers={BO.address: YES, CARLA.address: YES},
        ),
        {"pattern": {"type": "weekly"}},
        moved={week.monday + timedelta(days=10): week.at(11, "08:30").start},
        cancelled=(week.monday + timedelta(days=17),),
    )


def _reviews(week: Week) -> Series:
    """Each month on this week's Friday, as people say it: the third Friday."""
    friday = week.monday + timedelta(days=4)
    index = _INDEXES[(friday.day - 1) // 7]
    pattern = {"type": "relativeMonthly", "index": index, "daysOfWeek": ["friday"]}
    return Series(
        Meeting(
            "Monthly review Contoso",
            week.at(4, "13:00", 45),
            organizer=BO,
            people=(INES, JON, ANN),
            location="Online",
            answers={INES.address: YES},
        ),
        {"pattern": pattern, "range": {"type": "numbered", "numberOfOccurrences": 12}},
    )
