import assert from "node:assert/strict";
import { test } from "node:test";
import { movedTo, occurrenceOf, originalStartOf, withCancelled, withChanged, withoutException } from "../../addin/static/lib/occurrences.js";

const AT = "2026-12-01T10:00:00+01:00";
const moved = {
  originalStart: "2026-12-08T10:00:00+01:00",
  kind: "changed",
  fields: { start: "2026-12-09T13:00:00+00:00", end: "2026-12-09T14:00:00+00:00", location: "Online", notes: "Bring it" },
};
const series = {
  subject: "Team",
  location: "Room 4",
  start: "2026-10-06T10:00:00+02:00",
  end: "2026-10-06T11:00:00+02:00",
  allDay: false,
  recurrence: { rule: "FREQ=WEEKLY;BYDAY=TU;WKST=MO", exceptions: [moved] },
};

test("a date is known by what it was meant to be", () => {
  assert.equal(originalStartOf(series, { start: "2026-12-09T14:00:00+01:00" }), moved.originalStart);
  assert.equal(originalStartOf(series, { start: AT }), AT);
  const renamed = { ...series, recurrence: { exceptions: [{ originalStart: AT, kind: "changed", fields: { subject: "Last" } }] } };
  assert.equal(originalStartOf(renamed, { start: "2026-12-01T09:00:00Z" }), AT);
});

test("an occurrence says what its series says, unless it differs", () => {
  assert.deepEqual(occurrenceOf(series, AT), {
    subject: "Team", location: "Room 4", start: AT, end: "2026-12-01T10:00:00.000Z", allDay: false,
  });
  assert.equal(occurrenceOf(series, moved.originalStart).location, "Online");
});

test("only what differs from the series is an exception, and others stay as they are", () => {
  const start = "2026-12-01T15:00:00+01:00";
  const end = "2026-12-01T16:00:00+01:00";

  assert.deepEqual(withChanged(series, AT, { subject: "Team", start, end }), [
    moved,
    { originalStart: AT, kind: "changed", fields: { start, end } },
  ]);
  assert.deepEqual(withChanged(series, AT, { location: "" })[1].fields, { location: "" });
});

test("what is changed back to the series is no exception any more, but keeps what was not shown", () => {
  const renamed = { ...moved, fields: { subject: "Last" } };
  const other = { ...series, recurrence: { ...series.recurrence, exceptions: [renamed] } };

  assert.deepEqual(withChanged(other, moved.originalStart, { subject: "Team" }), []);
  const back = withChanged(series, moved.originalStart, {
    start: moved.originalStart, end: "2026-12-08T11:00:00+01:00", location: "Room 4",
  });
  assert.deepEqual(back[0].fields, { notes: "Bring it" });
});

test("times that stand are sent as they were given", () => {
  const [sent] = withChanged(series, moved.originalStart, { subject: "Last" });

  assert.deepEqual(sent.fields, { ...moved.fields, subject: "Last" });
});

test("cancelling and taking back replace what the occurrence was", () => {
  assert.deepEqual(withCancelled(series, "2026-12-08T09:00:00Z"), [
    { originalStart: "2026-12-08T09:00:00Z", kind: "cancelled", fields: {} },
  ]);
  assert.deepEqual(withoutException(series, moved.originalStart), []);
});

test("with another start it lasts as long", () => {
  const times = { start: AT, end: "2026-12-01T11:30:00+01:00" };

  assert.equal(movedTo(times, "2026-12-02T14:00:00+01:00").end, "2026-12-02T14:30:00.000Z");
  assert.deepEqual(movedTo({ start: "2026-12-01", end: "2026-12-02" }, "2026-12-05"), { start: "2026-12-05", end: "2026-12-06" });
});
