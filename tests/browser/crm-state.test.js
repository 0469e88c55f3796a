import assert from "node:assert/strict";
import { test } from "node:test";
import { entryFrom } from "../../addin/static/crm/directory-view.js";
import { participantsAfter, participantsFrom, peopleText } from "../../addin/static/crm/people-field.js";
import { endingWords } from "../../addin/static/crm/outlook-part.js";
import { asQuery } from "../../addin/static/crm/reading.js";
import { changesOf, initial, lockedFields, reduce, routeOf } from "../../addin/static/crm/state.js";

test("an address says which page is meant", () => {
  assert.deepEqual(routeOf("/crm/activities/4%2B2", ""), { name: "activity", id: "4+2" });
  assert.deepEqual(routeOf("/crm", "?view=contacts"), { name: "contacts", id: null });
  assert.deepEqual(routeOf("/crm", "?view=meetings"), { name: "meetings", id: null });
  assert.deepEqual(routeOf("/crm", "?view=surprise"), { name: "activities", id: null });
  assert.deepEqual(routeOf("/crm", "?view=plan"), { name: "plan", id: null });
  assert.deepEqual(routeOf("/crm", "?view=plan&from=42&at=2026-12-01"), { name: "plan", id: "42", at: "2026-12-01" });
});

test("what Outlook owns is locked while the link lives, and only then", () => {
  assert.ok(lockedFields({ link: { state: "live" } }).includes("subject"));
  assert.ok(!lockedFields({ link: { state: "live" } }).includes("outcome"));
  assert.deepEqual(lockedFields({ link: { state: "ended" } }), []);
  assert.deepEqual(lockedFields({ link: null }), []);
});

test("only what differs is sent", () => {
  assert.deepEqual(changesOf({ outcome: "a", nextStep: null }, { outcome: "a", nextStep: "", subject: "new" }), {
    subject: "new",
  });
});

test("the next page is added to the list, an answer to an older question is dropped", () => {
  const asked = reduce(initial, { type: "list-asked" });
  const first = reduce(asked, { type: "list-arrived", of: 1, items: [{ id: 1 }], next: "c" });
  const more = reduce(reduce(first, { type: "list-asked", more: true }), {
    type: "list-arrived",
    of: 2,
    items: [{ id: 2 }],
    next: null,
    more: true,
  });

  assert.deepEqual(
    more.list.items.map((one) => one.id),
    [1, 2],
  );
  assert.equal(reduce(more, { type: "list-arrived", of: 1, items: [], next: null }), more);
});

test("a reading that was overtaken by what was done takes nothing back", () => {
  const planned = { type: "activity-arrived", activity: { id: "1", version: 1, status: "planned" } };
  const completed = { type: "status-changed", activity: { id: "1", version: 2, status: "completed" } };
  const state = [planned, completed, planned].reduce(reduce, initial);

  assert.equal(state.page.activity.status, "completed");
});

test("a conflict shows the newer activity and keeps the drafts", () => {
  const typed = reduce(initial, { type: "draft-typed", field: "outcome", value: "mine" });
  const state = reduce(typed, { type: "save-failed", problem: { code: "version-mismatch" }, newer: { version: 3 } });

  assert.equal(state.edit.status, "conflict");
  assert.equal(state.edit.drafts.outcome, "mine");
  assert.equal(state.page.activity.version, 3);
});

test("people are recognised by name or address, others are kept by address", () => {
  const known = {
    representatives: [{ id: "r", name: "Bo Lind", address: "bo@n.example" }],
    contacts: [{ id: "c", givenName: "Ines", surname: "Moreau", addresses: ["Ines@c.example"] }],
  };

  const people = participantsFrom("bo lind\nINES@c.example; x@y.example", known);

  assert.deepEqual(
    people.map(({ kind, id }) => [kind, id]),
    [
      ["representative", "r"],
      ["contact", "c"],
      ["other", undefined],
    ],
  );
  assert.equal(people[2].address, "x@y.example");
});

test("days of a filter are whole days in the person's zone", () => {
  const query = asQuery({ query: "a", from: "2026-11-24", to: "2026-11-24" }, "Europe/Berlin");

  assert.deepEqual(query, { query: "a", from: "2026-11-24T00:00:00+01:00", to: "2026-11-25T00:00:00+01:00" });
});

test("a form's lines become a contact's addresses", () => {
  assert.deepEqual(
    entryFrom("contacts", {
      givenName: "I",
      surname: "M",
      phone: "",
      mobile: "",
      jobTitle: "",
      companyId: "",
      addresses: "a@x.example\n b@x.example",
    }).addresses,
    ["a@x.example", "b@x.example"],
  );
  assert.deepEqual(entryFrom("companies", { name: " C ", kind: "customer", domains: "" }), {
    name: "C",
    kind: "customer",
    domains: [],
  });
});

test("who was there stays as he was, who is new is looked up, who is gone from the lines leaves", () => {
  const organizer = { kind: "representative", id: "r1", name: "Anna Vogt", address: "anna@n.example", response: "organizer" };
  const ines = { kind: "contact", id: "c1", name: "Ines", address: "ines@c.example", role: "optional", response: "accepted" };
  const jon = { kind: "other", id: null, name: "", address: "jon@c.example", role: "required", response: "none" };
  const activity = { participants: [organizer, ines, jon] };
  const known = { representatives: [{ id: "r2", name: "Bo Lind", address: "bo@n.example" }], contacts: [] };

  assert.equal(peopleText(activity), "ines@c.example\njon@c.example");
  assert.deepEqual(participantsAfter("Ines@c.example\nBo Lind", activity, known), [
    organizer,
    ines,
    { kind: "representative", id: "r2", role: "required" },
  ]);
});

test("what cancelling does is said first, also while the organizer is away", () => {
  const policy = { onCrmDelete: "cancel" };
  const mails = { people: 2, outsiders: 1 };
  const said = (link) => endingWords({ link }, policy, mails);
  assert.match(said({ state: "live" }), /^The meeting in Outlook is cancelled too\. 2 people get mail/);
  const away = said({ state: "frozen", frozenReason: "organizer-inactive" });
  assert.match(away, /^The meeting stays in Outlook until its organizer.*2 people get mail/);
  assert.equal(said({ state: "frozen", frozenReason: "private" }), "Nobody is mailed.");
  assert.match(endingWords({ link: { state: "live" } }, { onCrmDelete: "leave" }, mails), /nobody is mailed/);
});

test("what is typed into an occurrence while it is sent, and another one that was opened meanwhile, stay open", () => {
  const at = "2026-12-01T10:00:00+01:00";
  const asked = (/** @type {string} */ when) => ({ type: "occurrence-asked", at: when, deed: "change" });
  const typed = (/** @type {string} */ subject) => ({ type: "occurrence-typed", values: { subject } });
  const sent = [asked(at), typed("One"), { type: "occurrence-sending" }];
  const saved = { type: "occurrence-saved", activity: { id: "1" } };
  const after = (/** @type {any[]} */ ...meanwhile) =>
    [...sent, ...meanwhile, saved].reduce(reduce, initial).page.occurrence;

  assert.equal(after(), null);
  assert.deepEqual([after(typed("Two")).drafts, after(typed("Two")).status], [{ subject: "Two" }, "open"]);
  assert.equal(after(asked("2026-12-08T10:00:00+01:00")).at, "2026-12-08T10:00:00+01:00");
  assert.equal(after({ type: "occurrence-left" }), null);
});

test("an occurrence that could not be saved after it was left is told at the top of the page", () => {
  const problem = { title: "Not now." };
  const happenings = [
    { type: "occurrence-asked", at: "2026-12-01", deed: "cancel" },
    { type: "occurrence-sending" },
    { type: "occurrence-left" },
    { type: "occurrence-failed", problem },
  ];
  const state = happenings.reduce(reduce, initial);
  assert.deepEqual([state.page.occurrence, state.refusal], [null, problem]);
});

test("whoever chooses another start moves the end along, and a plan lasts an hour until another end is chosen", () => {
  const start = (state, value) => reduce(state, { type: "draft-typed", field: "start", value });
  const stored = { id: "a1", version: 1, start: "2026-11-24T10:00:00+01:00", end: "2026-11-24T11:30:00+01:00" };
  const shown = reduce(initial, { type: "activity-arrived", activity: stored });

  assert.equal(start(shown, "2026-11-25T14:00:00+01:00").edit.drafts.end, "2026-11-25T14:30:00.000Z");
  const planned = start(initial, "2026-11-25T14:00:00+01:00");
  assert.equal(planned.edit.drafts.end, "2026-11-25T14:00:00.000Z");
  assert.equal(start(planned, "2026-11-25T15:00:00+01:00").edit.drafts.end, "2026-11-25T15:00:00.000Z");
  assert.deepEqual(start(shown, "").edit.drafts, { start: "" });
  assert.deepEqual(start(initial, "2026-11-25").edit.drafts, { start: "2026-11-25" });
});
