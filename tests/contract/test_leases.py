import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
import tenacity

from liaison.worker.leases import lease

HOLDER = """
import sys, uuid
from liaison.db.session import Database
from liaison.worker.leases import lease

with lease(Database(sys.argv[1]))(uuid.UUID(sys.argv[2])) as is_ours:
    print(is_ours, flush=True)
    sys.stdin.read()
"""


@tenacity.retry(
    stop=tenacity.stop_after_delay(timedelta(seconds=60)),
    wait=tenacity.wait_fixed(0.02),
    retry=tenacity.retry_if_result(lambda is_free: not is_free),
)
def wait_until_free(database, mailbox_id):
    with lease(database)(mailbox_id) as is_ours:
        return is_ours


def test_only_one_at_a_time_has_the_lease_of_a_mailbox(database):
    mailbox_id, lease_of = uuid4(), lease(database)

    with lease_of(mailbox_id) as first, lease_of(mailbox_id) as second:
        assert (first, second) == (True, False)


def test_another_mailbox_has_a_lease_of_its_own(database):
    lease_of = lease(database)

    with lease_of(uuid4()) as one, lease_of(uuid4()) as another:
        assert (one, another) == (True, True)


def test_a_lease_is_free_as_soon_as_it_is_given_back(database):
    mailbox_id, lease_of = uuid4(), lease(database)

    for _ in range(20):
        with lease_of(mailbox_id) as is_ours:
            assert is_ours


def test_a_failing_run_gives_its_lease_back(database):
    mailbox_id, lease_of = uuid4(), lease(database)

    with pytest.raises(ZeroDivisionError), lease_of(mailbox_id):
        raise ZeroDivisionError

    with lease_of(mailbox_id) as is_ours:
        assert is_ours


def test_having_a_lease_is_no_transaction(database):
    with lease(database)(uuid4()):
        assert not database.in_transaction()


def test_a_killed_process_lets_go_at_once(database):
    mailbox_id = uuid4()
    command = [sys.executable, "-c", HOLDER, database.url, str(mailbox_id)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "True\n"
        with lease(database)(mailbox_id) as is_ours:
            assert not is_ours

        holder.kill()

        assert wait_until_free(database, mailbox_id)
