import assert from "node:assert/strict";
import { test } from "node:test";
import { consequenceOf } from "../../addin/static/admin/held-words.js";
import { initial, reduce } from "../../addin/static/admin/state.js";

test("approving says what is looked up and what may go", () => {
  assert.equal(
    consequenceOf({ count: 10, removedBefore: 20 }, "approve"),
    "Looks up all 10 meetings again. What is still gone is removed from the CRM as the policy says; what is back stays. Nobody is mailed.",
  );
});

test("discarding says what is kept and what is taken back", () => {
  const said = consequenceOf({ count: 10, removedBefore: 20 }, "discard");

  assert.match(said, /^Keeps the 10 activities and ends their links;/);
  assert.match(said, /20 removals of the day before are taken back/);
  assert.match(said, /Outlook is not touched and nobody is mailed\.$/);
});

test("one meeting is told in the singular, and nothing is taken back where nothing was removed", () => {
  assert.match(consequenceOf({ count: 1, removedBefore: 0 }, "approve"), /^Looks up the meeting again/);
  assert.equal(
    consequenceOf({ count: 1, removedBefore: 0 }, "discard"),
    "Keeps the activity and ends its link; the sync does not follow this meeting again. Outlook is not touched and nobody is mailed.",
  );
});

test("a decision is asked about before it is sent, and can be dropped", () => {
  const asked = reduce(initial, { type: "decision-asked", id: "h1", deed: "discard" });

  assert.deepEqual(asked.asked, { id: "h1", deed: "discard" });
  assert.equal(reduce(asked, { type: "decision-dropped" }).asked, null);
});
