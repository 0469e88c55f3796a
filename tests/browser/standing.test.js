import assert from "node:assert/strict";
import { test } from "node:test";
import { mayBeSetAside } from "../../addin/static/lib/match-state.js";
import { standingOf, statusOf } from "../../addin/static/lib/standing.js";

const NOW = new Date("2026-11-20T09:00:00Z");
const ZONE = "Europe/Berlin";
const live = { state: "live", lastSyncedAt: "2026-11-20T09:02:00Z" };
const contested = { ...live, contested: [{ field: "subject", how: "held" }] };
const activity = { subject: "Renewal" };
const going = (state, reason = null) => ({ ...activity, outlook: { state, reason } });
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
  assert.equal(standingOf(view({ differences: [{ field: "location", apart: true }] })), "in-step");
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

test("an ended link says what a person did to end it", () => {
  const detail = (/** @type {any} */ members) =>
    statusOf(view({ link: { state: "ended", endedAt: "2026-11-20T09:05:00Z", endedBy: "Ada Admin", ...members } }), ZONE, NOW).detail;

  assert.match(detail({ endedReason: "undone" }), /^Ended 10:05 by Ada Admin, by undoing the run that had captured it\. /);
  assert.match(detail({ endedReason: "undone", endedBy: "command line" }), /by somebody at the command line, by undoing the run/);
  assert.match(detail({ endedReason: "retracted" }), /by Ada Admin, by retracting it from the CRM\. /);
});

test("what has not reached Outlook yet is not called in step", () => {
  assert.equal(standingOf(view({ activity: going("pending") })), "on-its-way");
  assert.equal(standingOf(view({ activity: going("failed", "request-rejected") })), "on-its-way");
  assert.equal(standingOf(view({ activity: going("synchronized") })), "in-step");
  assert.equal(standingOf(view({ activity: going("none", "past-never-written") })), "in-step");
  assert.deepEqual(statusOf(view({ activity: going("pending") }), ZONE, NOW), {
    tone: "wait",
    title: "On its way to Outlook",
    detail: "",
  });
});

test("an activity whose link ended and that is brought to Outlook again is on its way", () => {
  assert.equal(standingOf(view({ link: { state: "ended" }, activity: going("pending") })), "on-its-way");
});

test("what is held is explained once, by whom it waits for", () => {
  const held = { outcome: "held", reason: "mail-held", sentence: "It would send mail to 30 people." };
  const { title, detail } = statusOf(view({ decisions: [held], activity: going("held", "mail-held") }), ZONE, NOW);

  assert.equal(title, "Held");
  assert.match(detail, /^It waits for an administrator, because one action/);
});

test("a choice between two values comes before what else is held", () => {
  assert.equal(standingOf(view({ link: contested, decisions: [{ outcome: "held" }] })), "contested");
  assert.equal(standingOf(view({ link: { ...live, contested: [{ how: "held", chosen: "crm" }] } })), "in-step");
});

test("the mark of a conflict is set aside only where no value can be chosen any more", () => {
  const mark = { reason: "conflict-held" };
  const ahead = { end: "2026-11-24T10:00:00Z", recurrence: null };
  assert.equal(mayBeSetAside(mark, { ...ahead, link: contested }, NOW), false);
  assert.equal(mayBeSetAside(mark, { ...ahead, link: live }, NOW), true);
  assert.equal(mayBeSetAside(mark, { ...ahead, link: { ...contested, state: "ended" } }, NOW), true);
  assert.equal(mayBeSetAside(mark, { ...ahead, link: contested, end: "2026-11-19T10:00:00Z" }, NOW), true);
  assert.equal(mayBeSetAside({ reason: "event-deleted" }, { ...ahead, link: contested }, NOW), true);
});
