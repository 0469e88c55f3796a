"""Whose mailbox a command is about."""

from __future__ import annotations

from liaison.calendar.tools import Tools
from liaison.errors import NotFound
from liaison.people.model import Representative
from liaison.people.representatives import find_by_addresses


def get_owner(tools: Tools, address: str) -> Representative:
    """The representative with this address, main or alias. Raises `NotFound`."""
    with tools.database.transaction() as session:
        found = find_by_addresses(session, [address]).get(address.lower())
    if found is None:
        raise NotFound(f"No representative has the address {address}.")
    return found
