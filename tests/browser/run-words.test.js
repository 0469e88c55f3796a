// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_RUN, RUN_TRANSITIONS, chosenPeople, countChosen } from "../../addin/static/admin/run-state.js";
import { beginWords, mailWords, stateOf, stateWord, undoWords } from "../../addin/static/admin/run-words.js";

const run = (members = {}) => ({ status: "planned", phase: null, dryRun: true, progress: { done: 2, total: 5 },
  mails: { people: 0, outsiders: 0 }, applied: { planned: 0, applied: 2, stale: 0 }, ...members });

test("a run under way says how many mailboxes are done, and that planning writes nothing", () => {
  assert.equal(stateOf(run({ status: "running", phase: "plan" })).title, "Reading 2 of 5 mailboxes");
  assert.match(stateOf(run({ status: "running", phase: "plan" })).detail, /^Nothing is written/);
  assert.equal(stateOf(run({ status: "running", phase: "apply" })).title, "Carrying out: 2 of 5 mailboxes");
  assert.equal(stateWord(run({ status: "running", phase: "plan" })), "being planned");
  assert.equal(stateWord(run({ status: "running", phase: "apply" })), "under way");
  assert.equal(stateWord(run({ status: "undone" })), "undone");
});

test("whoever would get mail is counted", () => {
  assert.equal(mailWords(run()), "Nobody would be mailed.");
  assert.equal(mailWords({ mails: { people: 1, outsiders: 1 } }), "Outlook would mail 1 person, 1 of them outside.");
});

test("what was applied and what was left out is said", () => {
  assert.equal(stateOf(run({ status: "done" })).detail, "2 decisions applied.");
  const stale = run({ status: "done", applied: { planned: 0, applied: 1, stale: 2 } });
  assert.equal(stateOf(run({ status: "done" })).title, "Carried out as planned");
  assert.equal(stateOf(stale).title, "Carried out, without what had changed");
  assert.equal(stateOf(stale).detail, "1 decision applied, 2 left out because they changed after the plan was made.");
  assert.equal(stateOf(run({ status: "done", applied: null, progress: { done: 1, total: 1 } })).title, "Carried out: 1 of 1 mailbox");
});

test("undoing says what it takes back, what it leaves, and that nobody is mailed", () => {
  assert.equal(undoWords({ possible: 0, newer: 0 }), "There is nothing left to take back.");
  assert.match(undoWords({ possible: 1, newer: 2 }), /^Takes back 1 activity:.* 2 activities are left, because something newer happened\. Outlook is not touched and nobody is mailed\.$/);
});

test("beginning says how many mailboxes are read", () => {
  assert.match(beginWords(1), /^Reads 1 mailbox /);
  assert.match(beginWords(3), /^Reads 3 mailboxes /);
});

test("whose mailboxes: everybody who is active, or those that are ticked", () => {
  const people = [{ syncActive: true, mailbox: true }, { syncActive: true, mailbox: false }, { syncActive: false, mailbox: true }];
  let state = { run: NO_RUN, parts: {} };
  assert.equal(chosenPeople(state.run), null);
  assert.equal(countChosen(state.run, people), 1);

  state = RUN_TRANSITIONS["whose-chosen"](state, { everybody: false });
  state = RUN_TRANSITIONS["person-chosen"](state, { id: "a" });
  state = RUN_TRANSITIONS["person-chosen"](state, { id: "b" });
  state = RUN_TRANSITIONS["person-chosen"](state, { id: "a" });
  assert.deepEqual(chosenPeople(state.run), ["b"]);
  assert.equal(countChosen(state.run, people), 1);
});

test("a reason chosen twice is let go", () => {
  const once = RUN_TRANSITIONS["run-reason-chosen"]({ run: NO_RUN }, { reason: "private" });
  assert.equal(once.run.reason, "private");
  assert.equal(RUN_TRANSITIONS["run-reason-chosen"](once, { reason: "private" }).run.reason, "");
});
