"""A linked meeting of which both sides may change: what each does, and what became of it."""

from __future__ import annotations

from collections import Counter

from liaison.calendar.linking.settling import settle_field
from scenario_runs import sync
from scenario_traffic import writes_of

INES, JON, KIM = "ines@contoso.example", "jon@contoso.example", "kim@fabrikam.example"
OWNED_BY_BOTH = dict.fromkeys(("subject", "time", "place", "participants"), "both")


class Stage:
    """Ann's meeting with Ines and its activity, under a policy that lets both sides change it."""

    def __init__(self, world, ann, **given):
        self.world, self.ann = world, ann
        world.writes_allowed = True
        world.set_policy(owners=given.pop("owners", OWNED_BY_BOTH))
        if "conflict" in given:
            world.set_policy(conflict=given.pop("conflict"))
        fields = {"start": world.tomorrow(), "attendees": [INES], "location": "Room 1"} | given
        self.event_id = ann.create_event(subject="Review", **fields)
        made = world.create(ann, self.event_id)
        self.link, self.activity = made.link, made.activity
        world.run(ann)
        self.mails_before = len(world.sandbox.tenant.mails)

    def edit(self, **wishes):
        """What Ann changes in the CRM; no run yet."""
        return self.world.edit(self.ann, self.activity, **wishes)

    def edit_both(self, there, here, member="subject"):
        """Both sides change the same field before anybody looks."""
        place = {"place": "location"}.get(member, member)
        self.ann.change_event(self.event_id, **{place: there})
        self.edit(**{place: here})

    def work(self, times=1):
        """What a worker does when it is woken."""
        for _ in range(times):
            sync(self.world, self.ann)

    def settle(self, keep, field="subject"):
        who = self.world.sign_in(self.ann)
        return settle_field(self.world.tools, who, self.link.id, field, keep)

    @property
    def event(self):
        return self.ann.event(self.event_id)

    @property
    def activity_now(self):
        return self.world.activity_now(self.activity)

    @property
    def subjects(self):
        """In Outlook and in the CRM."""
        return self.event.subject, self.activity_now.subject

    @property
    def link_now(self):
        return self.world.link_now(self.link)

    def told(self, reason):
        """The lines of the log with this reason, the oldest first."""
        return [one for one in self.world.log(self.link) if one.reason == reason]

    def mails(self):
        """To whom Exchange wrote since the two were linked, and how often."""
        sent = self.world.sandbox.tenant.mails[self.mails_before :]
        return Counter((mail.recipient, mail.kind) for mail in sent)

    def writes(self):
        return len(writes_of(self.world.sandbox))
