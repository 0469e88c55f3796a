import assert from "node:assert/strict";
import { test } from "node:test";
import { readItem } from "../../addin/static/host/outlook-item.js";

const later =
  (result) =>
  (...rest) =>
    setTimeout(() => rest.at(-1)(result), 0);
const good = (value) => later({ status: "succeeded", value });
const bad = (code) => later({ status: "failed", error: { code, message: "no" } });
const anna = { displayName: "Anna", emailAddress: "anna@n.example" };
const START = new Date("2026-11-24T09:00:00Z");
const END = new Date("2026-11-24T10:00:00Z");

const reading = {
  itemType: "appointment",
  subject: "Review",
  start: START,
  end: END,
  organizer: anna,
  itemId: "AAMk/1+",
};
const composing = (more) => ({
  itemType: "appointment",
  subject: { getAsync: good("Review") },
  start: { getAsync: good(START) },
  end: { getAsync: good(END) },
  organizer: { getAsync: good(anna) },
  getItemIdAsync: good("AAMk/1+"),
  ...more,
});
const facts = {
  subject: "Review",
  start: START.toISOString(),
  end: END.toISOString(),
  organizer: { name: "Anna", address: "anna@n.example" },
  mailbox: null,
};

test("reading and composing give the same meeting", async () => {
  assert.deepEqual(await readItem(reading, { canReadId: true }), {
    mode: "read",
    itemId: "AAMk/1+",
    saved: true,
    ...facts,
  });
  assert.deepEqual(await readItem(composing(), { canReadId: true }), {
    mode: "compose",
    itemId: "AAMk/1+",
    saved: true,
    ...facts,
  });
});

test("a meeting that was never saved has no id and says so", async () => {
  const item = await readItem(composing({ getItemIdAsync: bad(9046) }), { canReadId: true });

  assert.deepEqual([item.itemId, item.saved], [null, false]);
});

test("where the id cannot be had the meeting is found by what it says", async () => {
  const older = await readItem(composing(), { canReadId: false });
  const broken = await readItem(composing({ getItemIdAsync: bad(9020) }), { canReadId: true });
  const empty = await readItem(composing({ getItemIdAsync: good(null) }), { canReadId: true });

  for (const item of [older, broken, empty]) assert.deepEqual([item.itemId, item.saved], [null, true]);
});

test("on a shared calendar the owner's mailbox is named", async () => {
  const shared = {
    ...reading,
    getSharedPropertiesAsync: good({ targetMailbox: "bo@n.example", owner: "bo@n.example" }),
  };

  assert.equal((await readItem(shared, { canReadId: true })).mailbox, "bo@n.example");
  assert.equal((await readItem({ ...shared, getSharedPropertiesAsync: bad(9020) }, { canReadId: true })).mailbox, null);
});

test("no item, or a message, is no meeting", async () => {
  assert.equal(await readItem(null, { canReadId: true }), null);
  assert.equal(await readItem({ ...reading, itemType: "message" }, { canReadId: true }), null);
});
