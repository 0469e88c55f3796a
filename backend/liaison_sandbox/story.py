"""A week of Nordwind's sales team, told relative to today. Values only; staging.py plays it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TIME_ZONE = "Europe/Berlin"
THURSDAY = 3


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    address: str
    type: str = "required"


@dataclass(frozen=True, slots=True)
class Employee:
    name: str
    address: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """In UTC; whole days float, so their midnights are written as if in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """`answers` are by address; without one a person has not answered yet."""

    subject: str
    when: Span
    organizer: Role
    people: tuple[Role, ...] = ()
    location: str = ""
    body: str = ""
    all_day: bool = False
    sensitivity: str = "normal"
    answers: Mapping[str, str] = field(default_factory=dict)
    is_cancelled: bool = False


EMPLOYEES = (
    Employee("Ann Berg", "ann@nordwind.example", ("a.berg@nordwind.example",), ("Liaison.Admin",)),
    Employee("Bo Lind", "bo@nordwind.example"),
    Employee("Carla Ruiz", "carla@nordwind.example"),
    Employee("Dev Patel", "dev@nordwind.example"),
)
ANN, BO, CARLA, DEV = (Role(one.name, one.address) for one in EMPLOYEES)
INES = Role("Ines Moreau", "ines@contoso.example")
JON = Role("Jon Okafor", "jon@contoso.example")
KIM = Role("Kim Sato", "kim@fabrikam.example")
STRANGER = Role("sam.lee@litware.example", "sam.lee@litware.example")
ROOM = Role("Room Elbe", "room-elbe@nordwind.example", "resource")
YES, NO, MAYBE = "accepted", "declined", "tentative"


def day_there(now: datetime) -> date:
    """The page and the story must agree on what day it is where the team works."""
    return now.astimezone(ZoneInfo(TIME_ZONE)).date()


def tell_week(today: date) -> list[Meeting]:
    """From Friday on it is the coming week: a demo of meetings that are over is a dull one."""
    week = Week(today)
    return [*_with_contoso(week), *_with_fabrikam(week), *_among_us(week), *_next_week(week)]


class Week:
    def __init__(self, today: date) -> None:
        back = today.weekday() if today.weekday() <= THURSDAY else today.weekday() - 7
        self.monday = today - timedelta(days=back)

    def at(self, day: int, clock: str, minutes: int = 60) -> Span:
        """`day` counts from this Monday; the clock is the wall's in Berlin."""
        zone = ZoneInfo(TIME_ZONE)
        wall = datetime.combine(self.monday + timedelta(days=day), time.fromisoformat(clock), zone)
        start = wall.astimezone(UTC)
        return Span(start, start + timedelta(minutes=minutes))

    def whole(self, day: int, days: int = 1) -> Span:
        start = datetime.combine(self.monday + timedelta(days=day), time(), UTC)
        return Span(start, start + timedelta(days=days))


def _with_contoso(week: Week) -> list[Meeting]:
    return [
        Meeting(
            "Quarterly review Contoso",
            week.at(1, "10:00", 90),
            organizer=ANN,
            people=(INES, JON, BO),
            location="Contoso, Hamburg",
            body="1. Figures of the quarter\n2. Open deliveries\n3. Renewal",
            answers={INES.address: YES, BO.address: YES},
        ),
        Meeting(
            "Renewal Contoso",
            week.at(3, "14:00"),
            organizer=ANN,
            people=(INES,),
            location="Online",
            body="Terms for another two years.",
            answers={INES.address: MAYBE},
        ),
        Meeting(
            "Contract talk",
            week.at(3, "10:00"),
            organizer=INES,
            people=(ANN, BO),
            location="Contoso, Hamburg",
            body="Our lawyer will join for the first half hour.",
            answers={BO.address: YES},
        ),
        Meeting("Call with Jon Okafor", week.at(0, "11:00", 30), organizer=ANN, people=(JON,)),
    ]


def _with_fabrikam(week: Week) -> list[Meeting]:
    return [
        Meeting(
            "Demo for Fabrikam",
            week.at(2, "09:00", 90),
            organizer=BO,
            people=(KIM, ANN),
            location="Online",
            answers={KIM.address: YES, ANN.address: YES},
        ),
        Meeting(
            "Price round Fabrikam",
            week.at(3, "16:00"),
            organizer=CARLA,
            people=(KIM, BO, ANN),
            is_cancelled=True,
        ),
        Meeting(
            "Handover Fabrikam",
            week.at(0, "14:00"),
            organizer=CARLA,
            people=(BO,),
            answers={BO.address: MAYBE},
        ),
        Meeting(
            "Support case 4711",
            week.at(2, "15:00", 45),
            organizer=CARLA,
            people=(KIM, Role(BO.name, BO.address, "optional")),
        ),
    ]


def _among_us(week: Week) -> list[Meeting]:
    return [
        Meeting(
            "Week planning",
            week.at(0, "09:00", 45),
            organizer=ANN,
            people=(BO, CARLA, DEV),
            answers={BO.address: YES, CARLA.address: YES},
        ),
        Meeting(
            "One to one",
            week.at(1, "16:00", 30),
            organizer=ANN,
            people=(CARLA,),
            answers={CARLA.address: NO},
        ),
        Meeting("Dentist", week.at(2, "12:00", 45), organizer=ANN, sensitivity="private"),
        Meeting(
            "Trade fair",
            week.whole(2, 2),
            organizer=CARLA,
            people=(ANN,),
            all_day=True,
            location="Hamburg",
        ),
        Meeting(
            "Forecast", week.at(1, "13:00"), organizer=DEV, people=(ANN, BO), location="Online"
        ),
        Meeting(
            "Workshop: better offers",
            week.at(4, "11:00", 90),
            organizer=ANN,
            people=(BO, CARLA, ROOM),
            location="Room Elbe",
            answers={BO.address: YES},
        ),
        Meeting(
            "First visit Litware",
            week.at(4, "09:00"),
            organizer=BO,
            people=(STRANGER, ANN),
            location="Litware, Bremen",
        ),
        Meeting("Offers to write", week.at(4, "14:00", 120), organizer=ANN),
    ]


def _next_week(week: Week) -> list[Meeting]:
    return [
        Meeting(
            "Kick-off Contoso roll-out",
            week.at(7, "10:00", 120),
            organizer=BO,
            people=(INES, JON, ANN),
            answers={INES.address: YES},
        ),
        Meeting(
            "Site visit Fabrikam",
            week.at(8, "13:00", 120),
            organizer=ANN,
            people=(KIM,),
            location="Fabrikam, plant 2",
        ),
        Meeting(
            "Signing Contoso",
            week.at(9, "10:00", 30),
            organizer=ANN,
            people=(INES, Role(CARLA.name, CARLA.address, "optional")),
        ),
        Meeting("Lunch with Kim Sato", week.at(10, "12:00", 75), organizer=BO, people=(KIM,)),
    ]
