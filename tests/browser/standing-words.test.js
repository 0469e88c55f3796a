import assert from "node:assert/strict";
import { test } from "node:test";
import {
  endingSentences,
  followedCopy,
  keptSentence,
  mailedBy,
  mailSentence,
  outlookStanding,
  waitsFor,
} from "../../addin/static/lib/standing-words.js";
import { isInCharge, markSentence, MATCH_TRANSITIONS } from "../../addin/static/lib/match-state.js";

const live = { state: "live", isOrganizerCopy: false, followedMailbox: "bo@nordwind.example" };

test("an organizer's copy needs no explanation, an invitee's does", () => {
  assert.equal(followedCopy({ link: { ...live, isOrganizerCopy: true } }, "x"), null);
  assert.equal(followedCopy({ link: { ...live, state: "ended" } }, "x"), null);
  assert.match(followedCopy({ link: live, activity: {} }, "ann@x").text, /follows the copy of bo@nordwind.example/);
  assert.match(followedCopy({ link: live, activity: {} }, "bo@nordwind.example").text, /follows your copy/);
});

test("each form of private says what is kept", () => {
  const meeting = { private: true };
  assert.match(keptSentence({ meeting }, { private: "skip" }), /keeps nothing/);
  assert.match(keptSentence({ meeting }, { private: "busy-only" }), /times only/);
  assert.match(keptSentence({ meeting }, { private: "owner-only" }), /Only the activity's owner/);
  assert.match(keptSentence({ meeting }, { private: "include" }), /everybody in the CRM/);
  assert.match(keptSentence({ meeting, link: { state: "live" } }, { private: "skip" }), /you can retract it/);
});

test("what is not private is read by everybody, what is confidential by its people", () => {
  const meeting = { private: false };
  assert.match(keptSentence({ meeting }, {}), /^Nothing is kept yet/);
  assert.match(keptSentence({ meeting, link: live, activity: {} }, {}), /^The CRM keeps .* Everybody/);
  assert.match(keptSentence({ meeting, link: live, activity: { confidential: true } }, {}), /Only the activity's/);
});

test("both directions of an ending are told, and nothing where the policy is not known", () => {
  assert.deepEqual(endingSentences(undefined), []);
  const [cancelled, deleted, back] = endingSentences({ onCancel: "mark", onDelete: "keep", onCrmDelete: "leave" });
  assert.match(cancelled, /marked for editing/);
  assert.match(deleted, /the link ends/);
  assert.match(back, /stays in Outlook, the link ends, and nobody is mailed/);
});

test("those are counted who are invited: colleagues unless said otherwise, others only if said", () => {
  const participants = [
    { kind: "representative", address: "ann@n", response: "organizer" },
    { kind: "representative", address: "bo@n", response: "none", invite: null },
    { kind: "representative", address: "cy@n", response: "none", invite: false },
    { kind: "contact", address: "i@c", response: "none", invite: true },
    { kind: "contact", address: "j@c", response: "none", invite: null },
    { kind: "other", address: "", response: "none", invite: true },
  ];
  const counted = { people: 9, outside: ["i@c", "j@c"], budget: 0 };
  assert.deepEqual(mailedBy({ participants }, counted), { people: 2, outsiders: 1, willBeHeld: true });
  assert.deepEqual(mailedBy({ participants }), {});
});

test("the number of people who get mail is said in words", () => {
  assert.equal(mailSentence({ people: 0, outsiders: 0 }), "Nobody is mailed.");
  assert.equal(mailSentence({ people: 1, outsiders: 1 }), "One person from outside gets mail.");
  assert.equal(mailSentence({ people: 3, outsiders: 0 }), "3 people get mail.");
  assert.equal(mailSentence({ people: 3, outsiders: 2 }), "3 people get mail, 2 of them from outside.");
  assert.match(mailSentence({ people: 3, outsiders: 2, willBeHeld: true }), /waits for an administrator first/);
  assert.match(mailSentence({}), /is being counted/);
  assert.match(mailSentence({ people: null, outsiders: null, willBeHeld: null }), /how many is not known/);
  assert.match(mailSentence({ problem: { code: "page" } }), /could not be counted/);
});

test("an activity that nobody brings to Outlook has no state there", () => {
  assert.equal(outlookStanding({ outlook: { state: "none" } }), null);
  assert.match(outlookStanding({ outlook: { state: "failed", reason: "organizer-not-active" } }).detail, /not active/);
  assert.match(outlookStanding({ outlook: { state: "pending", reason: "gateway-timeout" } }).detail, /tried again/);
  assert.equal(outlookStanding({ outlook: { state: "none", reason: "past-never-written" } }).title, "Not in Outlook");
});

test("what waits names who decides", () => {
  assert.match(waitsFor({ reason: "conflict-held" }), /waits for you/);
  assert.equal(
    waitsFor({ reason: "something-new", sentence: "It is new." }),
    "It is new. It waits for an administrator.",
  );
});

test("only owner and organizer are in charge, and nobody of a deleted activity", () => {
  const me = { representative: { id: "a" } };
  assert.equal(isInCharge({ owner: { id: "a" } }, me), true);
  assert.equal(isInCharge({ owner: { id: "b" }, organizer: { id: "a" } }, me), true);
  assert.equal(isInCharge({ owner: { id: "b" } }, me), false);
  assert.equal(isInCharge({ owner: { id: "a" }, deletedAt: "2026" }, me), false);
  assert.equal(isInCharge({ owner: { id: undefined } }, null), false);
});

test("each mark is told in a sentence, also one of a later version", () => {
  assert.equal(markSentence({ reason: "participants-unknown", address: "a@b" }), "a@b is not known to the CRM.");
  assert.match(markSentence({ reason: "occurrence-orphaned", address: null }), /lost when the series was shifted/);
  assert.equal(markSentence({ reason: "new-reason", address: null }), "Somebody has to look at it.");
});

test("a late answer to an older search is dropped", () => {
  const state = { matching: { query: "mia", found: [], status: "busy" } };
  const same = MATCH_TRANSITIONS["match-arrived"](state, { query: "mi", found: [{}] });
  assert.equal(same, state);
  const arrived = MATCH_TRANSITIONS["match-arrived"](state, { query: "mia", found: [{}] });
  assert.equal(arrived.matching.status, "done");
  assert.equal(arrived.notice, "One person found.");
});
