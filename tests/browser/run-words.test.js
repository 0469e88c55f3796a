// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { effectOf, effectOnPlan } from "../../addin/static/admin/preset-words.js";
import { NO_RUN, RUN_TRANSITIONS, chosenPeople, countChosen, hasInactive, itemsAsked, whoseOf } from "../../addin/static/admin/run-state.js";
import { activationWords, beginWords, itemWord, mailWords, stateOf, stateWord, stepAhead, twinWords, undoWords } from "../../addin/static/admin/run-words.js";

const run = (members = {}) => ({ status: "planned", phase: null, dryRun: true, progress: { done: 2, total: 5 },
  mails: { people: 0, outsiders: 0 }, applied: { planned: 0, applied: 2, stale: 0, undone: 0 }, counts: {}, changing: 1, ...members });

const eva = { name: "Eva Holm", activates: true, error: null };

test("a run under way says how many mailboxes are done, and that planning writes nothing", () => {
  assert.equal(stateOf(run({ status: "running", phase: "plan" })).title, "Reading 2 of 5 mailboxes");
  assert.match(stateOf(run({ status: "running", phase: "plan" })).detail, /^Nothing is written/);
  assert.equal(stateOf(run({ status: "running", phase: "apply" })).title, "Carrying out: 2 of 5 mailboxes");
  assert.equal(stateWord(run({ status: "running", phase: "plan" })), "being planned");
  assert.equal(stateWord(run({ status: "running", phase: "apply" })), "under way");
  assert.equal(stateWord(run({ status: "undone" })), "undone");
  assert.equal(stateWord(run({ status: "done" })), "applied");
  assert.equal(stateWord(run({ status: "done", dryRun: false })), "done");
});

test("whoever would get mail is counted", () => {
  assert.equal(mailWords(run()), "Nobody would be mailed.");
  assert.equal(mailWords({ mails: { people: 1, outsiders: 1 } }), "Outlook would mail 1 person, 1 of them outside.");
});

test("what was applied and what was left out is said", () => {
  assert.equal(stateOf(run({ status: "done" })).detail, "2 changes applied.");
  const stale = run({ status: "done", applied: { planned: 0, applied: 1, stale: 2 } });
  assert.equal(stateOf(run({ status: "done" })).title, "Carried out as planned");
  assert.equal(stateOf(stale).title, "Carried out, without what had changed");
  assert.equal(stateOf(stale).detail, "1 change applied, 2 left out because they changed after the plan was made.");
  assert.equal(stateOf(run({ status: "done", applied: null, progress: { done: 1, total: 1 } })).title, "Carried out: 1 of 1 mailbox");
});

const undone = (members = {}) => ({ undo: { possible: 0, newer: 0, created: 0, meetings: 0, ...members } });

test("undoing says what it takes back, what it leaves, and that nobody is mailed", () => {
  assert.equal(undoWords(undone()), "There is nothing left to take back.");
  assert.match(undoWords({ ...undone({ possible: 1 }), mailboxes: [eva] }), / Whom the plan activated stays active\.$/);
  assert.match(undoWords(undone({ possible: 1, newer: 2 })), /^Takes back 1 activity\..* 2 activities are left, because something newer happened\. Outlook is not touched and nobody is mailed\.$/);
});

test("undoing says how many meetings are never captured again by themselves, and how many links rest", () => {
  const words = undoWords(undone({ possible: 20, created: 17 }));
  assert.match(words, / 17 that it made are deleted and can be restored; their meetings are not captured again by themselves, only when somebody links each of them\./);
  assert.match(words, / 3 that it changed hold their old values again; their links rest until somebody syncs them\./);
  assert.doesNotMatch(undoWords(undone({ possible: 3 })), /captured/);
  assert.doesNotMatch(undoWords(undone({ possible: 1, created: 1 })), /changed/);
});

test("undoing says how many meetings that the run made stay in Outlook", () => {
  assert.match(undoWords(undone({ possible: 1, meetings: 4 })), / 4 meetings that it made in Outlook stay there\. /);
  assert.match(undoWords(undone({ meetings: 1 })), /^There is nothing left to take back\. 1 meeting that it made in Outlook stays there\.$/);
});

test("a plan says how much of it would change something, or that nothing would", () => {
  const counts = { "already-agreed": 40, "activity-updated": 4 };
  assert.match(stateOf(run({ counts, changing: 4 })).detail, /^4 of 44 would change something\. Nothing was written yet\. /);
  assert.equal(stateOf(run({ counts, changing: 0 })).title, "Nothing would change");
});

test("what was taken back is counted as that, not as applied", () => {
  assert.equal(itemWord({ state: "applied", changes: true }), "applied");
  assert.equal(itemWord({ state: "applied", changes: false }), "");
  assert.equal(itemWord({ state: "undone", changes: true }), "undone");
  assert.equal(itemWord({ state: "stale", changes: true }), "left out");
  assert.equal(itemWord({ state: "planned", changes: true }), "");
});

test("only what changes something is shown at first, and all of a reason that is chosen", () => {
  assert.deepEqual(itemsAsked(NO_RUN), { changes: true });
  assert.deepEqual(itemsAsked({ ...NO_RUN, reason: "private" }), { reason: "private" });
  const all = RUN_TRANSITIONS["run-changes-chosen"]({ run: NO_RUN }, {});
  assert.deepEqual(itemsAsked(all.run), {});
});

test("a plan says how many activities resemble a meeting that is captured too", () => {
  const alike = (/** @type {number} */ twins, linkable = 0, linked = 0) => twinWords({ twins, linkable, linked });
  assert.equal(alike(0), "");
  assert.match(alike(1), /^1 activity resembles a meeting that is captured too: both would be there twice\. Link them in the pane first\.$/);
  assert.match(alike(6), /^6 activities resemble /);
  assert.match(alike(6, 4), / 4 can be linked to the meeting instead of making both anew; chosen for none\.$/);
  assert.match(alike(6, 4, 2), / chosen for 2\.$/);
  assert.equal(itemWord({ state: "applied", changes: true, linked: true }), "linked");
});

test("beginning says how many mailboxes are read", () => {
  assert.match(beginWords(1), /^Reads 1 mailbox /);
  assert.match(beginWords(3), /^Reads 3 mailboxes /);
});

test("whose mailboxes: of everybody who is active, of all, or of those that are ticked", () => {
  const people = [{ syncActive: true, mailbox: true }, { syncActive: true, mailbox: false }, { syncActive: false, mailbox: true }];
  let state = { run: NO_RUN, parts: {} };
  assert.deepEqual(chosenPeople(state.run, people), { representativeIds: null, activeOnly: true });
  assert.equal(countChosen(state.run, people), 1);

  state = RUN_TRANSITIONS["whose-chosen"](state, { whose: "all" });
  assert.deepEqual(chosenPeople(state.run, people), { representativeIds: null });
  assert.equal(countChosen(state.run, people), 2);

  state = RUN_TRANSITIONS["whose-chosen"](state, { whose: "some" });
  state = RUN_TRANSITIONS["person-chosen"](state, { id: "a" });
  state = RUN_TRANSITIONS["person-chosen"](state, { id: "b" });
  state = RUN_TRANSITIONS["person-chosen"](state, { id: "a" });
  assert.deepEqual(chosenPeople(state.run, people), { representativeIds: ["b"] });
  assert.equal(countChosen(state.run, people), 1);
});

test("while the service is stopped the next step is the one that is left", () => {
  const applied = run({ status: "done", policyInForce: true });
  const step = (/** @type {any[]} */ runs, activePeople = 5) => stepAhead({ activePeople }, runs).step;
  assert.equal(step([]), "look");
  assert.equal(step([run({ policyInForce: true })]), "apply");
  assert.equal(step([run({ policyInForce: true }), applied]), "start");
  // Another policy, fewer people than are active, and what was undone do not count.
  assert.equal(step([{ ...applied, policyInForce: false }]), "look");
  assert.equal(step([applied], 6), "look");
  assert.equal(step([{ ...applied, status: "undone" }]), "look");
});

test("a plan of a policy that is not in force says so, and nothing else once it is", () => {
  const trial = { preset: "mirror", keys: { capture: "all" } };
  const tried = stateOf(run({ trial, stale: true }));
  assert.equal(tried.title, "What the preset mirror would do");
  assert.match(tried.detail, /^It is not in force, and nothing was written\. 1 of 0 would change something\. Nobody would be mailed\./);
  assert.equal(stateOf(run({ trial: { preset: null, keys: {} }, stale: true })).title, "What a changed policy would do");
  assert.equal(stateOf(run({ trial, stale: false })).title, "The plan is ready");
});

test("where nobody is active yet, all are meant", () => {
  const newcomers = [{ syncActive: false, mailbox: true }, { syncActive: false, mailbox: false }];
  assert.equal(whoseOf(NO_RUN, newcomers), "all");
  assert.equal(hasInactive(newcomers), true);
  assert.equal(hasInactive([{ syncActive: true, mailbox: true }, { syncActive: false, mailbox: false }]), false);
});

test("whom a plan activates is said by number and name, before and after", () => {
  const mailboxes = [{ name: "Ann Berg", activates: false, error: null }, eva, { ...eva, name: "Finn Oda" }];
  assert.equal(activationWords(run({ activates: 2, mailboxes })), "Applying it activates 2 people, whose mailboxes are followed from then on: Eva Holm, Finn Oda.");
  assert.equal(activationWords(run({ status: "done", activates: 0, mailboxes })), "2 people activated: Eva Holm, Finn Oda.");
  assert.equal(activationWords(run({ activates: 0, mailboxes: mailboxes.slice(0, 1) })), "");
});

test("of many whom a plan activates the first are named", () => {
  const mailboxes = Array.from({ length: 25 }, () => eva);
  assert.match(activationWords(run({ activates: 25, mailboxes })), / and 5 more\.$/);
});

test("a plan made under another policy says that it is not true any more, whatever became of it", () => {
  assert.equal(stateOf(run({ stale: true })).title, "This plan is not true any more");
  assert.equal(stateOf(run({ stale: true, status: "failed" })).title, "This plan is not true any more");
});

test("a preset says whom it concerns at once, and how to look first", () => {
  assert.match(effectOf({ running: true, activePeople: 3 }), /^3 people are active and the service runs: it acts on their calendars at once\./);
  assert.match(effectOf({ running: false, activePeople: 1 }), /^1 person is active, and the service is stopped: nothing is done until it is started\./);
  assert.match(effectOf({ running: true, activePeople: 0 }), /^Nobody is active yet, so nothing is done by it\./);
  assert.equal(effectOf(null), "");
});

test("of a policy that was looked at it is said what comes before its plan", () => {
  assert.match(effectOnPlan({ running: true, activePeople: 3 }), /^3 people are active and the service runs: it acts on their calendars at once, faster than this plan\./);
  assert.match(effectOnPlan({ running: false, activePeople: 1 }), /Before that this plan can be applied\.$/);
  assert.match(effectOnPlan({ running: true, activePeople: 0 }), /^Nobody is active yet/);
  assert.equal(effectOnPlan(null), "");
});

test("a reason chosen twice is let go", () => {
  const once = RUN_TRANSITIONS["run-reason-chosen"]({ run: NO_RUN }, { reason: "private" });
  assert.equal(once.run.reason, "private");
  assert.equal(RUN_TRANSITIONS["run-reason-chosen"](once, { reason: "private" }).run.reason, "");
});
