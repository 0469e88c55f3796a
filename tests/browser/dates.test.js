import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, formatMoment, formatRange, fromField, toField, zoneNote } from "../../addin/static/lib/dates.js";
import { ianaZone, zoneOf } from "../../addin/static/lib/zones.js";

const NOW = new Date("2026-11-20T09:00:00Z");
const BERLIN = "Europe/Berlin";

test("a meeting is shown in the mailbox's zone, whatever the offset it came with", () => {
  const meeting = { start: "2026-11-24T09:00:00Z", end: "2026-11-24T11:00:00+01:00" };

  assert.equal(formatRange(meeting, BERLIN, NOW), "Tue 24 Nov, 10:00–11:00");
  assert.equal(formatRange(meeting, "America/New_York", NOW), "Tue 24 Nov, 04:00–05:00");
});

test("a meeting over midnight names both days, another year is named", () => {
  const meeting = { start: "2027-01-01T23:00:00+01:00", end: "2027-01-02T01:00:00+01:00" };

  assert.equal(formatRange(meeting, BERLIN, NOW), "Fri 1 Jan 2027, 23:00 – Sat 2 Jan 2027, 01:00");
});

test("an all-day meeting keeps its days in every zone, the last one included", () => {
  const one = { start: "2026-11-24", end: "2026-11-24", allDay: true };
  const two = { ...one, end: "2026-11-25" };

  assert.equal(formatRange(one, "Pacific/Honolulu", NOW), "Tue 24 Nov, all day");
  assert.equal(formatRange(two, BERLIN, NOW), "Tue 24 Nov – Wed 25 Nov, all day");
});

test("today needs no day", () => {
  assert.equal(formatMoment("2026-11-20T09:02:00Z", BERLIN, NOW), "10:02");
  assert.equal(formatMoment("2026-11-19T09:02:00Z", BERLIN, NOW), "Thu 19 Nov, 10:02");
});

test("a field's time becomes an instant with the zone's offset, also around the change of clocks", () => {
  assert.equal(fromField("2026-11-24T10:00", BERLIN), "2026-11-24T10:00:00+01:00");
  assert.equal(fromField("2026-07-24T10:00", BERLIN), "2026-07-24T10:00:00+02:00");
  assert.equal(fromField("2027-03-28T03:30", BERLIN), "2027-03-28T03:30:00+02:00");
  assert.equal(fromField("2026-11-24T10:00", "Asia/Kolkata"), "2026-11-24T10:00:00+05:30");
  assert.equal(fromField("2026-11-24T10:00", "America/New_York"), "2026-11-24T10:00:00-05:00");
  assert.equal(fromField("nonsense", BERLIN), null);
});

test("what a field shows goes back to the same instant", () => {
  const field = toField("2026-10-25T00:30:00Z", BERLIN);

  assert.equal(field, "2026-10-25T02:30");
  assert.equal(
    Date.parse(fromField(toField("2026-11-24T09:00:00Z", BERLIN), BERLIN)),
    Date.parse("2026-11-24T09:00:00Z"),
  );
});

test("the zone is said only where the computer's clock differs", () => {
  assert.equal(zoneNote(BERLIN, BERLIN), "");
  assert.equal(zoneNote(BERLIN, "Europe/Paris"), "");
  assert.equal(zoneNote("America/New_York", BERLIN), "New York time");
});

test("classic Outlook's Windows names are understood, nonsense is not", () => {
  assert.equal(ianaZone("W. Europe Standard Time"), BERLIN);
  assert.equal(ianaZone("Central Standard Time (Mexico)"), "America/Mexico_City");
  assert.equal(ianaZone(BERLIN), BERLIN);
  assert.equal(ianaZone("Customized Time Zone"), null);
  assert.equal(ianaZone(undefined), null);
});

test("the mailbox's zone comes from the server, else from the host", () => {
  assert.equal(zoneOf({ me: { timeZone: BERLIN }, person: { timeZone: "Tokyo Standard Time" } }), BERLIN);
  assert.equal(zoneOf({ me: null, person: { timeZone: "Tokyo Standard Time" } }), "Asia/Tokyo");
});

test("days are counted over months", () => {
  assert.equal(addDays("2026-11-30", 1), "2026-12-01");
});
