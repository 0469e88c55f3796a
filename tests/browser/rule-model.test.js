import assert from "node:assert/strict";
import { test } from "node:test";
import { modelOf, problemOf, recurrenceWish, ruleOf } from "../../addin/static/lib/rule-model.js";

const ZONE = "Europe/Berlin";
const START = "2026-11-24T10:00:00+01:00";
const single = { start: START, timeZone: ZONE, recurrence: null };
const series = (rule, more = {}) => ({ ...single, recurrence: { rule, exceptions: [] }, ...more });
const written = (rule) => ruleOf(modelOf(series(rule), ZONE));

for (const rule of [
  "FREQ=DAILY",
  "FREQ=DAILY;INTERVAL=3;COUNT=5",
  "FREQ=WEEKLY;BYDAY=TU;WKST=MO",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU;UNTIL=20261218",
  "FREQ=MONTHLY;BYMONTHDAY=24",
  "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
  "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1TH",
  "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
  "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24",
  "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU;COUNT=3",
])
  test(`the fields say ${rule} as it was`, () => assert.equal(written(rule), rule));

for (const rule of ["FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=1", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=9", "FREQ=YEARLY"])
  test(`what the fields cannot say stays as it is: ${rule}`, () => {
    const model = modelOf(series(rule), ZONE);

    assert.equal(model.rhythm, "own");
    assert.equal(ruleOf(model), rule);
    assert.equal(problemOf(model), "");
  });

test("an end is a day of the series' own zone", () => {
  const evening = series("FREQ=DAILY;UNTIL=20261218T230000Z", { timeZone: "Europe/Berlin" });

  assert.equal(modelOf(evening, "America/New_York").until, "2026-12-19");
  assert.equal(modelOf({ ...evening, timeZone: "America/New_York" }, ZONE).until, "2026-12-18");
});

test("what is open follows from the first day", () => {
  const { rhythm, days, day, place, kind, month } = modelOf(single, "America/New_York");

  assert.deepEqual([rhythm, days, day, place, kind, month], ["", ["TU"], "24", "4", "TU", "11"]);
  assert.equal(modelOf({ start: "2026-12-31" }, ZONE).place, "-1");
  assert.equal(modelOf({ start: "2026-11-24T23:30:00Z", timeZone: "Asia/Tokyo" }, ZONE).day, "25");
});

test("a single activity becomes a series by its rhythm alone", () => {
  const model = modelOf(single, ZONE);

  assert.equal(ruleOf(model), "");
  assert.equal(ruleOf({ ...model, rhythm: "WEEKLY" }), "FREQ=WEEKLY;BYDAY=TU;WKST=MO");
  assert.equal(ruleOf({ ...model, rhythm: "MONTHLY", by: "place" }), "FREQ=MONTHLY;BYDAY=4TU");
});

test("only what differs is asked for", () => {
  const weekly = series("FREQ=WEEKLY;BYDAY=TU;WKST=MO;UNTIL=20261218T090000Z");
  const model = modelOf(weekly, ZONE);

  assert.equal(recurrenceWish(model, weekly, ZONE), undefined);
  assert.equal(recurrenceWish({ ...model, interval: "01" }, weekly, ZONE), undefined);
  assert.deepEqual(recurrenceWish({ ...model, interval: "2" }, weekly, ZONE), {
    rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO;UNTIL=20261218",
  });
  assert.equal(recurrenceWish({ ...model, rhythm: "" }, weekly, ZONE), null);
  assert.equal(recurrenceWish(modelOf(single, ZONE), single, ZONE), undefined);
});

test("what is wrong is said before anything is sent", () => {
  const model = { ...modelOf(single, ZONE), rhythm: "WEEKLY" };

  assert.equal(problemOf(model), "");
  assert.match(problemOf({ ...model, days: [] }), /at least one day/);
  for (const interval of ["", "0", "1.5", "-2", "1000"])
    assert.match(problemOf({ ...model, interval }), /every how many weeks/);
  assert.match(problemOf({ ...model, rhythm: "MONTHLY", day: "32" }), /day of the month/);
  assert.match(problemOf({ ...model, end: "count", count: "0" }), /how many times/);
  assert.match(problemOf({ ...model, end: "until", until: "" }), /which day it ends/);
  assert.equal(problemOf({ ...model, rhythm: "", interval: "" }), "");
});
