import assert from "node:assert/strict";
import { test } from "node:test";
import { actName, detailWords, policyChanges, subjectOf } from "../../addin/static/admin/audit-words.js";

test("an act is told in words, one of another version by its own word", () => {
  assert.equal(actName("service-stopped"), "Stopped the service");
  assert.equal(actName("moon-landed"), "moon-landed");
  assert.equal(detailWords({ action: "moon-landed", details: { crew: 3 } }), "");
});

test("what came with an act is told with it", () => {
  const said = (action, details) => detailWords({ action, details });

  assert.equal(said("people-imported", { added: 2, updated: 0 }), "2 added, 0 updated");
  assert.equal(said("representative-changed", { syncActive: false }), "deactivated");
  assert.equal(said("representative-changed", { permissions: [] }), "has no permission any more");
  assert.equal(said("held-discarded", { count: 1, restored: 3, left: 0 }), "1 change, 3 taken back, 0 changed meanwhile and left");
  assert.equal(said("initial-sync-started", { dryRun: true, mailboxes: 1 }), "as a dry run, 1 mailbox");
  assert.equal(said("initial-sync-applied", { activated: 0 }), "");
  assert.equal(said("service-stopped", {}), "");
});

test("of a changed policy each key says what it was and what it is", () => {
  const entry = { action: "policy-changed", details: { capture: { before: "linked", after: "all" } } };

  const [change] = policyChanges(entry);

  assert.equal(change.field, "Meetings that become activities");
  assert.notEqual(change.was, change.is);
  assert.deepEqual(policyChanges({ action: "service-stopped", details: {} }), []);
});

test("an id is told by whom it names, or leads to its run", () => {
  const people = [{ id: "r1", name: "Ann Berg" }];

  assert.deepEqual(subjectOf({ action: "held-approved", subject: "r1" }, people), { text: "Ann Berg" });
  assert.deepEqual(subjectOf({ action: "held-approved", subject: "gone" }, people), { text: "" });
  assert.deepEqual(subjectOf({ action: "run-undone", subject: "u7" }, people), { text: "The run", runId: "u7" });
  assert.deepEqual(subjectOf({ action: "representative-changed", subject: "Bo" }, people), { text: "Bo" });
  assert.deepEqual(subjectOf({ action: "people-imported", subject: "a-tenant" }, people), { text: "" });
});
