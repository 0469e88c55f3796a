"""A person said whom an address of a linked meeting is: told in the log of the link, in his name."""

from __future__ import annotations

from sqlalchemy.orm import Session

from liaison.calendar.linking.link import pass_of
from liaison.calendar.rules import log_values
from liaison.calendar.rules.endings import whose
from liaison.calendar.stores import decisions, links
from liaison.calendar.tools import Tools
from liaison.crm.model import Activity
from liaison.people.model import Representative
from liaison.policy.store import read_policy

REASON = "participants-matched"
MEMBERS = ("participants", "organizer", "review")


def log_match(
    session: Session,
    tools: Tools,
    before: Activity,
    after: Activity,
    address: str,
    own: Representative,
) -> None:
    """Nothing is told of an activity that has no link: then it is the CRM's alone."""
    link = links.find_link_of_activity(session, after.id)
    if link is None:
        return
    now_is = {name: getattr(after, name) for name in MEMBERS}
    was, became = log_values.only_changes(
        log_values.values_of(before, now_is), log_values.to_log(now_is)
    )
    this = pass_of(tools, own, read_policy(session))
    facts = {"people": [address]}
    entry = this.entry(
        REASON,
        "update-activity",
        before=was,
        after=became,
        facts=facts,
        **whose(link, own.id),
    )
    decisions.log_decisions(session, [entry])
