"""A CRM with what a test needs to fill it: the embedded one and the fake, alike."""

from contextlib import nullcontext
from uuid import uuid4

from builders import a_company, a_contact
from fakes.crm import FakeCrm
from liaison.crm.embedded import companies, contacts
from liaison.crm.embedded.adapter import EmbeddedCrm
from liaison.crm.model import SYNC_MASTER, ActivityChange, Company, CompanyKind, Contact


class EmbeddedWorld:
    def __init__(self, database, clock):
        self.crm = EmbeddedCrm(clock)
        self.transaction = database.transaction
        self.rehearsal = database.rehearsal

    def add_company(self, **members):
        with self.transaction() as session:
            return companies.create_company(session, a_company(**members))

    def add_contact(self, **members):
        with self.transaction() as session:
            return contacts.create_contact(session, a_contact(**members))


class FakeWorld:
    def __init__(self, clock):
        self.crm = FakeCrm(clock)
        self.transaction = nullcontext
        self.rehearsal = nullcontext

    def add_company(self, **members):
        made = a_company(**members)
        kind, domains = CompanyKind(made["kind"]), tuple(made["domains"])
        self.crm.add(company := Company(uuid4(), made["name"], kind, domains, 1))
        return company

    def add_contact(self, **members):
        made = a_contact(**members)
        made["addresses"] = tuple(made["addresses"])
        self.crm.add(contact := Contact(id=uuid4(), version=1, **made))
        return contact


def create(world, *new):
    with world.transaction() as session:
        return world.crm.create_activities(session, new, SYNC_MASTER)


def change(world, activity, **fields):
    wish = ActivityChange(activity.id, activity.version, fields)
    with world.transaction() as session:
        return world.crm.apply_changes(session, [wish], SYNC_MASTER)[0]
