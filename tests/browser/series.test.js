import assert from "node:assert/strict";
import { test } from "node:test";
import { coverSentence, draftInPlaceOf, exceptionLines, isRecurring, occurrenceSentence, scopeWords, timeOf } from "../../addin/static/lib/series.js";

const setting = { zone: "Europe/Berlin", now: new Date("2026-11-20T09:00:00Z") };
const activity = (...exceptions) => ({
  subject: "Team",
  start: "2026-10-06T10:00:00+02:00",
  end: "2026-10-06T10:45:00+02:00",
  allDay: false,
  recurrence: { rule: "FREQ=WEEKLY;BYDAY=TU;WKST=MO", exceptions },
});
const at = (originalStart, kind = "cancelled", fields = {}) => ({ originalStart, kind, fields, apart: false });

test("both answers are put into the words of this very meeting", () => {
  const meeting = { kind: "occurrence", start: "2026-11-24T10:00:00+01:00" };
  const recurrence = { rule: "FREQ=WEEKLY;BYDAY=TU;WKST=MO;UNTIL=20261218T090000Z" };

  assert.deepEqual(scopeWords({ meeting, recurrence }, setting), {
    occurrence: "only Tue 24 Nov, 10:00",
    series: "every Tuesday until 18 Dec",
  });
  assert.equal(scopeWords({ meeting: { start: "2026-11-24" } }, setting).occurrence, "only Tue 24 Nov");
});

test("a moved occurrence says when it was and when it is, as long as the series lasts", () => {
  const fields = { start: "2026-12-02T13:00:00+00:00", end: "2026-12-02T13:45:00+00:00", location: "Online" };

  const { coming } = exceptionLines(activity(at("2026-12-01T10:00:00+01:00", "changed", fields)), setting);

  assert.equal(coming[0].title, "Tue 1 Dec, 10:00");
  assert.equal(coming[0].what, "moved");
  assert.deepEqual(coming[0].changes, [
    { field: "Time", was: "Tue 1 Dec, 10:00–10:45", is: "Wed 2 Dec, 14:00–14:45" },
    { field: "Place", was: "nothing", is: "Online" },
  ]);
});

test("a changed occurrence that stays where it was names only what differs", () => {
  const renamed = at("2026-12-01T10:00:00+01:00", "changed", { subject: "Year's end" });

  const { coming } = exceptionLines(activity(renamed), setting);

  assert.equal(coming[0].what, "changed");
  assert.deepEqual(coming[0].changes, [{ field: "Subject", was: "Team", is: "Year's end" }]);
});

test("of the people of an occurrence those who differ are named, and answers that a move reset are not", () => {
  const bo = { name: "Bo Lind", address: "Bo@n.example", response: "accepted" };
  const people = [bo, { name: "Ines", address: "ines@c.example", response: "accepted" }];
  const asked = people.map((one) => ({ ...one, address: one.address.toLowerCase(), response: "none" }));
  const moved = { start: "2026-12-02T14:00:00+01:00", end: "2026-12-02T14:45:00+01:00", participants: asked };
  const changes = (fields) =>
    exceptionLines({ ...activity(at("2026-12-01T10:00:00+01:00", "changed", fields)), participants: people }, setting).coming[0].changes;

  assert.deepEqual(
    changes(moved).map(({ field }) => field),
    ["Time"],
  );
  assert.deepEqual(changes({ participants: [...people, { name: "Jo", address: "jo@x.example", response: "none" }] }), [
    { field: "People", was: "nobody", is: "Jo" },
  ]);
});

test("whole days are moved in days, the last one included", () => {
  const series = { ...activity(), start: "2026-10-06", end: "2026-10-07", allDay: true };
  const moved = at("2026-12-01", "changed", { start: "2026-12-03", end: "2026-12-04", allDay: true });

  const { coming } = exceptionLines({ ...series, recurrence: { exceptions: [moved] } }, setting);

  assert.equal(coming[0].changes[0].was, "Tue 1 Dec – Wed 2 Dec, all day");
  assert.equal(coming[0].changes[0].is, "Thu 3 Dec – Fri 4 Dec, all day");
});

test("one that was linked by itself is not called cancelled", () => {
  const lines = exceptionLines(
    activity(
      { ...at("2026-11-24T10:00:00+01:00"), apart: true, activityId: "own" },
      at("2026-12-01T10:00:00+01:00"),
    ),
    setting,
  );

  assert.deepEqual(
    lines.coming.map((line) => line.what),
    ["has an activity of its own", "cancelled"],
  );
  assert.equal(lines.coming[0].activityId, "own");
});

test("what is over stands apart, the latest first", () => {
  const { coming, earlier } = exceptionLines(
    activity(at("2026-10-13T10:00:00+02:00"), at("2026-11-17T10:00:00+01:00"), at("2026-11-24T10:00:00+01:00")),
    setting,
  );

  assert.deepEqual(
    earlier.map((line) => line.title),
    ["Tue 17 Nov, 10:00", "Tue 13 Oct, 10:00"],
  );
  assert.equal(coming.length, 1);
});

test("of a series the next date is shown, after its end the last one", () => {
  const series = activity();
  const next = { start: "2026-11-24T10:00:00+01:00", end: "2026-11-24T10:45:00+01:00" };

  assert.equal(timeOf({ ...series, recurrence: { nextDates: [next] } }).start, next.start);
  assert.equal(timeOf({ ...series, recurrence: { nextDates: [], lastDate: next } }).start, next.start);
  assert.equal(timeOf({ ...series, recurrence: { nextDates: [], lastDate: null } }).start, series.start);
  assert.equal(timeOf({ ...series, recurrence: { nextDates: [{ start: "2026-11-24", end: "2026-11-24" }] } }).allDay, true);
});

test("the activity of one occurrence says so", () => {
  const link = { scope: "occurrence", originalStart: "2026-11-24T09:00:00Z" };

  assert.equal(occurrenceSentence({ link }, setting), "One occurrence of a series, meant for Tue 24 Nov, 10:00");
  assert.equal(occurrenceSentence({ link: { scope: "series", originalStart: null } }, setting), "");
  assert.equal(occurrenceSentence({ link: null }, setting), "");
});

test("it is said which of both a link covers", () => {
  const said = (kind, scope) => coverSentence({ meeting: { kind }, link: { scope } });

  assert.match(said("occurrence", "occurrence"), /activity of its own/);
  assert.match(said("exception", "series"), /belongs to the activity of the whole series/);
  assert.match(said("series-master", "series"), /that of the whole series/);
  assert.equal(isRecurring({ kind: "single-instance" }), false);
});

test("in place of a cancelled occurrence its series' words and its own time are planned", () => {
  const series = {
    ...activity(),
    location: "Room 4",
    company: { id: "c", name: "Contoso" },
    outcome: "Held",
    recurrence: { rule: "FREQ=WEEKLY" },
  };

  assert.deepEqual(draftInPlaceOf(series, "2026-12-01T10:00:00+01:00"), {
    subject: "Team",
    location: "Room 4",
    company: { id: "c" },
    start: "2026-12-01T10:00:00+01:00",
    end: "2026-12-01T09:45:00.000Z",
    allDay: false,
  });
});

test("only a cancelled occurrence can be planned in its place", () => {
  const { coming } = exceptionLines(
    activity(
      at("2026-12-01T10:00:00+01:00"),
      { ...at("2026-12-08T10:00:00+01:00"), apart: true },
      at("2026-12-15T10:00:00+01:00", "changed", { subject: "Other" }),
    ),
    setting,
  );

  assert.deepEqual(
    coming.map((line) => line.isCancelled),
    [true, false, false],
  );
});
