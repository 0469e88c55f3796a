import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped } from "../../addin/static/admin/policy-view.js";
import {
  changesOf,
  intervalParts,
  isCarriedOut,
  POLICY_TRANSITIONS,
  presetChanges,
  problemsOf,
  rawOf,
  valueOf,
} from "../../addin/static/admin/policy-state.js";
import { keyName, valueName } from "../../addin/static/admin/policy-words.js";

const shapes = [
  { name: "capture", kind: "word", carriedOut: null },
  { name: "windowPastDays", kind: "number", carriedOut: null },
  { name: "internalDomains", kind: "lines", carriedOut: null },
];
const policy = { capture: "linked", windowPastDays: 0, internalDomains: null };

test("only what differs from the policy in force is sent, as its kind is written", () => {
  const drafts = { capture: "linked", windowPastDays: "14", internalDomains: "a.example\n\nb.example" };
  assert.deepEqual(changesOf(shapes, drafts, policy), {
    windowPastDays: 14,
    internalDomains: ["a.example", "b.example"],
  });
});

test("what is no number is sent as it is, so that the server says what is wrong", () => {
  assert.equal(valueOf({ kind: "number" }, "many"), "many");
  assert.equal(valueOf({ kind: "number" }, ""), "");
});

test("an empty field of lines or of a day stands for nothing", () => {
  assert.equal(valueOf({ kind: "lines" }, " \n "), null);
  assert.equal(valueOf({ kind: "day" }, ""), null);
  assert.equal(rawOf({ kind: "lines" }, null), "");
  assert.equal(rawOf({ kind: "number" }, 0), "0");
});

test("an interval falls into number and unit", () => {
  assert.deepEqual(intervalParts("5 minutes"), { number: "5", unit: "minute" });
  assert.deepEqual(intervalParts("1 hour"), { number: "1", unit: "hour" });
});

test("what this version lacks cannot be chosen, what is in force can", () => {
  assert.equal(isCarriedOut({ name: "capture", carriedOut: [] }, "linked", policy), true);
  assert.equal(isCarriedOut({ name: "capture", carriedOut: [] }, "all", policy), false);
  assert.equal(isCarriedOut({ name: "capture", carriedOut: ["all"] }, "all", policy), true);
  assert.equal(isCarriedOut({ name: "capture", carriedOut: null }, "all", policy), true);
});

test("a preset shows what it would change, without what it leaves as it is", () => {
  const preset = { keys: { capture: "all", windowPastDays: 0, tasks: "on" }, notYet: ["tasks"] };
  assert.deepEqual(presetChanges(preset, policy), [{ name: "capture", was: "linked", is: "all" }]);
});

test("refusals that name keys are told at each of them", () => {
  assert.deepEqual(problemsOf({ errors: { capture: ["No."] } }), { capture: ["No."] });
  assert.deepEqual(Object.keys(problemsOf({ keys: ["capture", "mark"] })), ["capture", "mark"]);
  assert.deepEqual(problemsOf({ code: "version-mismatch" }), {});
});

test("a problem goes when its field is written, the others stay", () => {
  const state = { policyDraft: {}, policyProblems: { capture: ["No."], mark: ["No."] } };
  const typed = POLICY_TRANSITIONS["policy-typed"](state, { name: "capture", value: "all" });
  assert.deepEqual(typed.policyDraft, { capture: "all" });
  assert.deepEqual(Object.keys(typed.policyProblems), ["mark"]);
});

test("values read well, and a key or a value of a later version is told as it is", () => {
  assert.equal(valueName("windowFrom", null), "empty");
  assert.equal(valueName("transferTypes", ["call", "visit"]), "call, visit");
  assert.equal(valueName("owners", { subject: "outlook", time: "both" }), "subject: Outlook, time: both");
  assert.equal(valueName("windowPastDays", 0), "0");
  assert.equal(valueName("conflict", "something-new"), "something-new");
  assert.equal(keyName("somethingNew"), "somethingNew");
});

test("a key of no group is shown all the same", () => {
  const titles = grouped([{ name: "capture" }, { name: "somethingNew" }]);
  assert.deepEqual(
    titles.map(({ title, shapes: members }) => [title, members.map(({ name }) => name)]),
    [
      ["Which meetings", ["capture"]],
      ["Failures and the log", ["somethingNew"]],
    ],
  );
});

test("what is typed while the policy is being saved is still to be saved", () => {
  const sent = { capture: "all", windowPastDays: "14" };
  const state = { policyDraft: { ...sent, windowPastDays: "30" }, policyProblems: {}, refusal: null };
  const next = POLICY_TRANSITIONS["policy-taken"](state, { sent });
  assert.deepEqual(next.policyDraft, { windowPastDays: "30" });
});
