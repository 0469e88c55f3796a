import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, fieldName, firstSentence, matchOf, responseOf, valueText } from "../../addin/static/lib/sentences.js";

const NOW = new Date("2026-11-20T09:00:00Z");
const ZONE = "Europe/Berlin";

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

test("start and end that move together are told as one time", () => {
  const monday = { start: "2026-11-23T09:00:00Z", end: "2026-11-23T10:00:00Z" };
  const tuesday = { start: "2026-11-24T09:00:00Z", end: "2026-11-24T10:30:00Z" };
  const days = { start: "2026-11-24", end: "2026-11-25", allDay: true };
  const told = (before, after) => changesOf({ before, after }, ZONE, NOW).map(({ field, was, is }) => [field, was, is]);

  assert.deepEqual(told(monday, tuesday), [["Time", "Mon 23 Nov, 10:00–11:00", "Tue 24 Nov, 10:00–11:30"]]);
  assert.deepEqual(told({}, days), [["Time", "nothing", "Tue 24 Nov – Wed 25 Nov, all day"]]);
  assert.deepEqual(told({ ...monday, end: tuesday.end }, tuesday), [["Start", "Mon 23 Nov, 10:00", "Tue 24 Nov, 10:00"]]);
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

test("how an activity repeats is told in words, with the occurrences that differ, so that what fell out can be planned again", () => {
  const rule = "FREQ=WEEKLY;BYDAY=TH;WKST=MO";
  const at = (day, kind, fields = {}) => ({ originalStart: `2026-12-${day}T08:00:00Z`, kind, fields });
  const before = [
    at("03", "changed", { start: "2026-12-04T09:00:00Z" }),
    at("10", "cancelled"),
    at("17", "changed", { location: "Room 2" }),
  ];
  const [change] = changesOf(
    { before: { recurrence: { rule, exceptions: before } }, after: { recurrence: { rule, exceptions: [] } } },
    ZONE,
    NOW,
  );

  assert.deepEqual(change, {
    field: "Repeats",
    was: "every Thursday; Thu 3 Dec, 09:00 moved to Fri 4 Dec, 10:00; Thu 10 Dec, 09:00 cancelled; Thu 17 Dec, 09:00 changed",
    is: "every Thursday",
  });
});

test("of many occurrences that differ the first are named", () => {
  const exceptions = Array.from({ length: 9 }, (_, at) => ({ originalStart: `2026-12-0${at + 1}`, kind: "cancelled" }));

  assert.match(valueText({ rule: "FREQ=DAILY", exceptions }, ZONE, NOW), /; Sun 6 Dec cancelled; 3 more exceptions$/);
});

test("what is cut to one line ends as a sentence does", () => {
  assert.equal(firstSentence("The meeting is private: it is not captured. Nor linked."), "The meeting is private.");
  assert.equal(firstSentence("Values were erased together; the line stays."), "Values were erased together.");
  assert.equal(firstSentence("The service was stopped."), "The service was stopped.");
});
