import assert from "node:assert/strict";
import { test } from "node:test";
import { folded, newsOf } from "../../addin/static/elements/decision-list.js";

const agreed = { reason: "already-agreed", outcome: "skipped" };
const moved = { reason: "activity-updated", outcome: "applied" };
const marked = { reason: "marked", outcome: "applied" };

test("the line beside Why tells what changed last, not what was looked at since", () => {
  const skipped = { reason: "invitee-copy", outcome: "skipped" };
  const marked = { reason: "marked", outcome: "applied" };
  const moved = { reason: "activity-updated", outcome: "applied" };

  assert.equal(newsOf([skipped, marked, moved, skipped]), moved);
  assert.equal(newsOf([skipped]), skipped);
  assert.equal(newsOf([]), undefined);
});

test("what changed is told, what changed nothing is folded", () => {
  const failed = { reason: "retry-later", outcome: "failed" };

  assert.deepEqual(folded([agreed, failed, marked, moved, agreed]), {
    told: [failed, moved],
    rest: [agreed, marked, agreed],
  });
});

test("the last word is told although nothing was done, where it says why", () => {
  const kept = { reason: "completed-kept", outcome: "skipped" };

  assert.deepEqual(folded([kept, moved, kept]), { told: [kept, moved], rest: [kept] });
  assert.deepEqual(folded([agreed]), { told: [], rest: [agreed] });
});

test("who was found in the CRM is no change of its own", () => {
  const found = { reason: "participants-matched", outcome: "applied" };

  assert.deepEqual(folded([moved, found]), { told: [moved], rest: [found] });
  assert.equal(newsOf([found, moved]), moved);
});

test("of a failure that came again and again the last try is told", () => {
  const tries = [1, 2, 3].map((id) => ({ id, reason: "retry-later", outcome: "failed" }));

  assert.deepEqual(folded([tries[0], agreed, tries[1], moved, tries[2]]), {
    told: [tries[0], moved, tries[2]],
    rest: [agreed, tries[1]],
  });
});
