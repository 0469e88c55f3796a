"""What is written to a rehearsed CRM stays nowhere, and holds nobody up."""

from concurrent.futures import ThreadPoolExecutor

from builders import a_new_activity
from crm_worlds import change, create
from liaison.crm.model import SYNC_MASTER, ActivityChange, Applied


def find(crm, session, activity):
    return crm.find_activities(session, [activity.id]).get(activity.id)


def renamed(crm, session, activity, subject):
    wish = ActivityChange(activity.id, activity.version, {"subject": subject})
    [result] = crm.apply_changes(session, [wish], SYNC_MASTER)
    return result


def test_what_is_rehearsed_is_seen_by_the_rehearsal_and_nowhere_afterwards(world):
    [offer] = create(world, a_new_activity(subject="Offer"))

    with world.rehearsal() as session:
        crm = world.crm.rehearse(session)
        renamed(crm, session, offer, "Renewal")
        [made] = crm.create_activities(session, [a_new_activity(subject="New")], SYNC_MASTER)
        assert find(crm, session, offer).subject == "Renewal"
        assert find(crm, session, made) == made

    with world.transaction() as session:
        assert find(world.crm, session, offer) == offer
        assert find(world.crm, session, made) is None


def test_what_is_rehearsed_holds_nobody_up(world):
    [offer] = create(world, a_new_activity(subject="Offer"))

    with world.rehearsal() as session, ThreadPoolExecutor(1) as other:
        crm = world.crm.rehearse(session)
        renamed(crm, session, offer, "Renewal")
        changed = other.submit(change, world, offer, subject="Ours").result(timeout=60)

    assert isinstance(changed, Applied)
    with world.transaction() as session:
        assert find(world.crm, session, offer).subject == "Ours"
