import assert from "node:assert/strict";
import { test } from "node:test";
import { stepOf } from "../../addin/static/admin/step-words.js";

const setting = { zone: "Europe/Berlin", now: new Date("2026-11-20T12:00:00Z") };
const mailbox = {
  followed: true,
  lastSuccessAt: "2026-11-20T11:55:00Z",
  reconciledAt: "2026-11-20T02:00:00Z",
  differences: 0,
  unsettledDifferences: 0,
};
const step = (...mailboxes) => stepOf(mailboxes, setting);

test("mailboxes that agree are in step, with the age of the oldest look at one", () => {
  const older = { ...mailbox, lastSuccessAt: "2026-11-20T11:50:00Z" };

  assert.deepEqual(step(mailbox, older), {
    tone: "good",
    title: "In step",
    detail: "2 mailboxes compared, 0 differences. Every mailbox was read at 12:50 or later.",
  });
});

test("what was found and settled is told, what is not settled comes first", () => {
  assert.match(step({ ...mailbox, differences: 2 }).detail, /2 differences found and settled/);
  assert.equal(step({ ...mailbox, differences: 2, unsettledDifferences: 1 }).title, "1 difference not settled yet");
});

test("a mailbox that cannot be read is worse than any difference", () => {
  const lost = { ...mailbox, unavailableSince: "2026-11-20T10:00:00Z", unsettledDifferences: 3 };

  assert.equal(step(mailbox, lost).tone, "bad");
  assert.equal(step(mailbox, lost).title, "1 mailbox cannot be read");
});

test("nothing is claimed before the first comparison, or of mailboxes that nobody follows", () => {
  const fresh = { ...mailbox, reconciledAt: null, lastSuccessAt: null };

  assert.equal(step(fresh).title, "Not compared yet");
  assert.match(step(fresh).detail, /1 mailbox not read so far/);
  assert.equal(step({ ...mailbox, followed: false }).title, "Nothing to keep in step");
});
