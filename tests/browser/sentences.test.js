import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changesOf,
  fieldName,
  matchOf,
  responseOf,
  standingOf,
  statusOf,
  valueText,
} from "../../addin/static/lib/sentences.js";

const NOW = new Date("2026-11-20T09:00:00Z");
const ZONE = "Europe/Berlin";
const live = { state: "live", lastSyncedAt: "2026-11-20T09:02:00Z" };
const activity = { subject: "Renewal" };
const view = (values) => ({ link: live, activity, differences: [], decisions: [], ...values });

test("a link stands where its state and its last decision put it", () => {
  assert.equal(standingOf(view({ link: null })), "not-linked");
  assert.equal(standingOf(view({})), "in-step");
  assert.equal(standingOf(view({ link: { state: "reserved" } })), "waiting");
  assert.equal(standingOf(view({ link: { state: "frozen" } })), "frozen");
  assert.equal(standingOf(view({ link: { state: "ended" } })), "ended");
  assert.equal(standingOf(view({ decisions: [{ outcome: "failed" }] })), "failed");
  assert.equal(standingOf(view({ decisions: [{ outcome: "held" }] })), "held");
  assert.equal(standingOf(view({ decisions: [{ outcome: "skipped", reason: "retry-later" }] })), "waiting");
  assert.equal(standingOf(view({ decisions: [{ outcome: "applied" }, { outcome: "failed" }] })), "in-step");
  assert.equal(standingOf(view({ differences: [{ field: "subject" }] })), "differs");
  assert.equal(standingOf(view({ activity: null })), "hidden");
});

test("a frozen link says in words why, an unknown reason in the server's", () => {
  const frozen = (frozenReason) =>
    statusOf(
      view({ link: { state: "frozen", frozenReason }, decisions: [{ sentence: "Said by the server." }] }),
      ZONE,
      NOW,
    );

  assert.match(frozen("mailbox-unavailable").detail, /mailbox cannot be read/);
  assert.equal(frozen("something-new").detail, "Said by the server.");
});

test("an ended link says when and by whom", () => {
  const link = { state: "ended", endedAt: "2026-11-20T09:05:00Z", endedBy: "Anna Vogt" };

  assert.match(statusOf(view({ link }), ZONE, NOW).detail, /^Ended 10:05 by Anna Vogt\./);
});

test("unknown and ambiguous people are visible as such", () => {
  assert.deepEqual(matchOf({ match: { kind: "unknown" } }), { text: "not known", tone: "wait" });
  assert.equal(
    matchOf({ match: { kind: "ambiguous", candidates: [{ name: "A" }, { name: "B" }] } }).text,
    "could be A or B",
  );
  assert.equal(matchOf({ match: { kind: "representative" } }).text, "colleague");
  assert.equal(responseOf({ response: "none" }), "no answer yet");
  assert.equal(responseOf({ role: "resource", response: "accepted" }), "room");
});

test("a decision is told as was and is, only where they differ", () => {
  const changes = changesOf(
    { before: { start: "2026-11-23T09:00:00Z", subject: "A" }, after: { start: "2026-11-24T09:00:00Z", subject: "A" } },
    ZONE,
    NOW,
  );

  assert.deepEqual(changes, [{ field: "Start", was: "Mon 23 Nov, 10:00", is: "Tue 24 Nov, 10:00" }]);
  assert.deepEqual(changesOf({ before: null, after: null }, ZONE, NOW), []);
});

test("values of every kind are put in words", () => {
  assert.equal(valueText("", ZONE, NOW), "nothing");
  assert.equal(valueText([], ZONE, NOW), "nobody");
  assert.equal(
    valueText([{ name: "Bo", response: "accepted" }, { address: "c@x.example" }], ZONE, NOW),
    "Bo (accepted), c@x.example",
  );
  assert.equal(valueText(true, ZONE, NOW), "yes");
  assert.equal(valueText({ start: "2026-11-24", end: "2026-11-24", allDay: true }, ZONE, NOW), "Tue 24 Nov, all day");
  assert.equal(fieldName("webLink"), "Web link");
});

test("how an activity repeats is told in words, not as it is stored", () => {
  const rule = "FREQ=WEEKLY;BYDAY=TH;WKST=MO";
  const moved = { originalStart: "2026-12-03T08:00:00Z", kind: "changed", fields: {} };
  const [change] = changesOf(
    { before: { recurrence: { rule, exceptions: [] } }, after: { recurrence: { rule, exceptions: [moved] } } },
    ZONE,
    NOW,
  );

  assert.deepEqual(change, { field: "Repeats", was: "every Thursday", is: "every Thursday, one exception" });
});
