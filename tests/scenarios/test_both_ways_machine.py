"""Both sides change everything, under changing policies, with people who come and go, faults, deaths and lost notifications.

Each script of random happenings is played twice: with everything that goes wrong, and without. The short profile is
the same in every run; `make soak PLAYS=10000` plays that many, always others.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from databases import new_database
from fakes.clock import STORIES_BEGIN, FakeClock
from liaison.db.embedded import EmbeddedPostgres
from liaison.db.session import Database
from liaison_sandbox.server import Sandbox
from liaison_sandbox.tenant import Tenant
from office import Office
from office_checks import check, compare
from office_play import be_quiet, play, told
from office_script import scripts
from scenario_traffic import check_traffic
from scenario_world import World

PLAYS = int(os.environ.get("SOAK_PLAYS", "0"))
SHORT, STEPS = 3, 32


@dataclass(frozen=True)
class Place:
    """Where plays take place."""

    postgres: EmbeddedPostgres
    template: str
    folder: Path

    @contextmanager
    def office(self) -> Iterator[Office]:
        """A tenant and a database of its own."""
        clock = FakeClock(STORIES_BEGIN)
        tenant = Tenant.create(clock.now)
        with (
            Sandbox.start(tenant, ca_folder=self.folder) as sandbox,
            new_database(self.postgres, self.template) as url,
        ):
            world = World.start(sandbox, Database(url), clock)
            try:
                office = Office.open(world)
                yield office
                check_traffic(sandbox)
                office.check_calls()
            finally:
                world.tools.outlook.close()
                world.database.close()


def play_both(place: Place, script: list) -> None:
    """With what goes wrong and without; everything that must hold."""
    told["plays"] += 1
    with place.office() as faulty, place.office() as faultless:
        play(faulty, script)
        be_quiet(faulty)
        check(faulty)
        play(faultless, script, is_faultless=True)
        be_quiet(faultless)
        check(faultless)
        compare(faulty, faultless)


def test_whatever_both_sides_do_they_agree_in_the_end_and_nobody_is_mailed_more_than_without_faults(
    postgres, template_database, tmp_path: Path
):
    place = Place(postgres, template_database, tmp_path)

    @settings(
        max_examples=PLAYS or SHORT,
        deadline=None,
        derandomize=not PLAYS,
        database=None,
        suppress_health_check=list(HealthCheck),
        # A play is long, and a shorter one that fails as well takes longer to find than to read this one.
        phases=[Phase.generate],
    )
    @given(script=scripts(STEPS))
    def plays(script):
        play_both(place, script)

    plays()

    assert told["plays"] >= (PLAYS or SHORT)
    lines = [f"{count:8} {what}" for what, count in told.most_common()]
    sys.stdout.write("\n".join(["", *lines, ""]))
