"""Random happenings in several mailboxes, in random order, with faults, deaths and unreliable notifications.

The short profile is the same in every run; `make soak PLAYS=10000` plays that many, always others.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from databases import new_database
from fakes.clock import STORIES_BEGIN, FakeClock
from liaison.db.embedded import EmbeddedPostgres
from liaison.db.session import Database
from liaison_sandbox.server import Sandbox
from liaison_sandbox.tenant import Tenant
from machine_play import Play
from passing_faults import passing_faults
from scenario_traffic import check_traffic
from scenario_world import World

PLAYS = int(os.environ.get("SOAK_PLAYS", "0"))
SHORT = 6
FAULTS = passing_faults()


@dataclass(frozen=True)
class Place:
    """Where plays take place."""

    postgres: EmbeddedPostgres
    template: str
    folder: Path


TROUBLES = (*FAULTS, "tokens", "denied", "switch")
numbers = st.integers(0, 9)
who = st.integers(0, 2)
told: Counter[str] = Counter()


class Machine(RuleBasedStateMachine):
    """Each play has a tenant and a database of its own, in a place that the test says."""

    place: Place

    def __init__(self) -> None:
        super().__init__()
        self.ends = ExitStack()
        clock = FakeClock(STORIES_BEGIN)
        tenant = Tenant.create(clock.now)
        self.sandbox = self.ends.enter_context(Sandbox.start(tenant, ca_folder=self.place.folder))
        url = self.ends.enter_context(new_database(self.place.postgres, self.place.template))
        database = Database(url)
        world = World.start(self.sandbox, database, clock)
        self.ends.callback(database.close)
        self.ends.callback(world.close)
        people = [world.representative(name) for name in ("Ann Berg", "Bo Lind", "Carla Ruiz")]
        self.play = Play(world, people)
        world.set_policy(push=False)
        told["plays"] += 1

    def person(self, number):
        return self.play.people[number]

    def meeting(self, number):
        present = [one for one in self.play.meetings if not (one.is_gone or one.is_unlinked)]
        return present[number % len(present)] if present else None

    @initialize()
    def begin(self):
        """A single meeting with a guest, a series, one that its guest linked, and one alone."""
        ann, bo, carla = self.play.people
        self.play.make(ann, [bo], is_series=False, by=0)
        self.play.make(ann, [bo, carla], is_series=True, by=0)
        self.play.make(bo, [ann, carla], is_series=False, by=1)
        self.play.make(carla, [], is_series=False, by=0)

    @rule(organizer=who, invited=st.sets(who), is_series=st.booleans(), by=numbers)
    def make(self, organizer, invited, is_series, by):
        if not self.play.is_calm():
            return
        self.happens("make")
        others = [self.person(one) for one in sorted(invited) if one != organizer]
        self.play.make(self.person(organizer), others, is_series=is_series, by=by)

    @rule(number=numbers, subject=st.text("abc", min_size=1, max_size=5))
    def rename(self, number, subject):
        if meeting := self.meeting(number):
            self.happens("rename")
            self.play.rename(meeting, subject)

    @rule(number=numbers, hours=st.sampled_from([1, 26, 24 * 900]))
    def shift(self, number, hours):
        if meeting := self.meeting(number):
            self.happens("shift")
            self.play.shift(meeting, hours)

    @rule(number=numbers, person=who, response=st.sampled_from(["accepted", "tentative"]))
    def answer(self, number, person, response):
        if meeting := self.meeting(number):
            self.happens("answer")
            self.play.answer(meeting, self.person(person), response)

    @rule(number=numbers, person=who, leaves=st.booleans())
    def meddle(self, number, person, leaves):
        if meeting := self.meeting(number):
            self.happens("leave" if leaves else "meddle")
            act = self.play.leave if leaves else self.play.meddle
            act(meeting, self.person(person))

    @rule(number=numbers, occurrence=st.integers(0, 4))
    def cancel_one(self, number, occurrence):
        meeting = self.meeting(number)
        if meeting and meeting.is_series:
            self.happens("cancel an occurrence")
            self.play.cancel_one(meeting, occurrence)

    @rule(number=numbers)
    def remove(self, number):
        if meeting := self.meeting(number):
            self.happens("remove")
            self.play.remove(meeting)

    @rule(number=numbers)
    def unlink(self, number):
        if meeting := self.meeting(number):
            self.happens("unlink")
            self.play.unlink(meeting)

    @rule(number=numbers, outcome=st.text("xyz", max_size=3))
    def report(self, number, outcome):
        if meeting := self.meeting(number):
            self.happens("report")
            self.play.report(meeting, outcome)

    @rule(trouble=st.sampled_from(TROUBLES), person=who)
    def trouble(self, trouble, person):
        one = self.person(person)
        match trouble:
            case "tokens":
                self.happens("tokens expire")
                self.sandbox.tenant.expire_delta_tokens()
            case "denied":
                self.happens("mailbox denied or back")
                one.mailbox_state = "ready" if one.mailbox_state == "denied" else "denied"
            case "switch":
                self.happens("representative switched")
                is_active = self.play.world.own(one).sync_active
                self.play.world.switch(one, active=not is_active)
            case fault:
                self.happens("fault")
                self.sandbox.faults.add(**fault)

    @precondition(lambda self: self.play.hints)
    @rule(number=numbers, is_lost=st.booleans(), is_doubled=st.booleans())
    def deliver(self, number, is_lost, is_doubled):
        self.happens("notification")
        self.play.deliver(number, is_lost=is_lost, is_doubled=is_doubled)

    @rule(person=who, dies_at=st.none() | st.integers(1, 12))
    def work(self, person, dies_at):
        self.happens("run" if dies_at is None else "run that dies")
        self.play.work(self.person(person), dies_at)

    def happens(self, what):
        told[what] += 1

    def teardown(self):
        with self.ends:
            self.play.be_quiet()
            self.play.check()
            check_traffic(self.sandbox)


def test_whatever_happens_in_several_mailboxes_both_sides_agree_in_the_end(
    postgres, template_database, tmp_path: Path
):
    profile = settings(
        max_examples=PLAYS or SHORT,
        stateful_step_count=40,
        deadline=None,
        derandomize=not PLAYS,
        database=None,
        suppress_health_check=list(HealthCheck),
        # A play is long, and a shorter one that fails as well takes longer to find than to read this one.
        phases=[Phase.generate],
    )

    Machine.place = Place(postgres, template_database, tmp_path)
    run_state_machine_as_test(Machine, settings=profile)

    assert told["plays"] >= (PLAYS or SHORT)
    lines = [f"{count:8} {what}" for what, count in told.most_common()]
    sys.stdout.write("\n".join(["", *lines, ""]))
