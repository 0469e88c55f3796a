// @ts-check
// Times as people write them, always in a named zone (the mailbox's), never silently in the browser's.
import { computerZone } from "./zones.js";

const DAY = 86_400_000;

/** @param {Date} date @param {string} zone @param {Intl.DateTimeFormatOptions} options */
function parts(date, zone, options) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
  return Object.fromEntries(format.formatToParts(date).map((p) => [p.type, p.value]));
}

/** @param {Date} date @param {string} zone */
function wallClock(date, zone) {
  const options = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  };
  return parts(date, zone, /** @type {any} */ ({ ...options, hourCycle: "h23" }));
}

/** "2026-11-24" as seen in the zone. @param {Date} date @param {string} zone */
function dayOf(date, zone) {
  const p = wallClock(date, zone);
  return `${p.year}-${p.month}-${p.day}`;
}

/** @param {string|Date} instant @param {string} zone */
export function formatTime(instant, zone) {
  const p = wallClock(new Date(instant), zone);
  return `${p.hour}:${p.minute}`;
}

/** "Tue 24 Nov", with the year where it is not this one. @param {Date} date @param {string} zone @param {Date} now */
function dayName(date, zone, now) {
  const p = parts(date, zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const year = p.year === wallClock(now, zone).year ? "" : ` ${p.year}`;
  return `${p.weekday} ${p.day} ${p.month}${year}`;
}

/** @param {string|Date} instant @param {string} zone @param {Date} now */
function formatDay(instant, zone, now) {
  return dayName(new Date(instant), isBare(instant) ? "UTC" : zone, now);
}

/** "18 Dec", with the year where it is not this one. @param {string} day a date or an instant @param {string} zone @param {Date} now */
export function formatDate(day, zone, now) {
  return formatDay(day, zone, now).replace(/^\w+ /, "");
}

/** "Tue 24 Nov, 10:00"; of a whole day only the day. @param {string} start @param {string} zone @param {Date} now */
export function formatStart(start, zone, now) {
  const day = formatDay(start, zone, now);
  return isBare(start) ? day : `${day}, ${formatTime(start, zone)}`;
}

/** A bare date is a day of its own and belongs to no zone. @param {string|Date} instant */
function isBare(instant) {
  return typeof instant === "string" && /^\d{4}-\d\d-\d\d$/.test(instant);
}

/** "10:02" today, else "Tue 24 Nov, 10:02". @param {string|Date} instant @param {string} zone @param {Date} now */
export function formatMoment(instant, zone, now) {
  const date = new Date(instant);
  const time = formatTime(date, zone);
  return dayOf(date, zone) === dayOf(now, zone) ? time : `${dayName(date, zone, now)}, ${time}`;
}

/**
 * "Tue 24 Nov, 10:00–11:00"; a meeting over midnight names both days; an all-day one has an inclusive end.
 * @param {{start: string, end: string, allDay?: boolean}} meeting @param {string} zone @param {Date} now
 */
export function formatRange({ start, end, allDay }, zone, now) {
  const first = formatDay(start, zone, now);
  const last = formatDay(end, zone, now);
  if (allDay) return first === last ? `${first}, all day` : `${first} – ${last}, all day`;
  if (first === last) return `${first}, ${formatTime(start, zone)}–${formatTime(end, zone)}`;
  return `${first}, ${formatTime(start, zone)} – ${last}, ${formatTime(end, zone)}`;
}

/** Says the zone only where the computer would show other times. @param {string} zone @param {string} [computer] */
export function zoneNote(zone, computer = computerZone()) {
  const now = new Date();
  const differs =
    computer !== zone && JSON.stringify(wallClock(now, computer)) !== JSON.stringify(wallClock(now, zone));
  return differs ? `${zone.split("/").pop()?.replaceAll("_", " ")} time` : "";
}

/** What a datetime-local field wants: "2026-11-24T10:00" in the zone. @param {string|Date} instant @param {string} zone */
export function toField(instant, zone) {
  const p = wallClock(new Date(instant), zone);
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

/** @param {number} utc @param {string} zone */
function offsetAt(utc, zone) {
  const p = wallClock(new Date(utc), zone);
  const asIfUtc = Date.UTC(+p.year, +p.month - 1, +p.day, +p.hour, +p.minute, +p.second);
  return asIfUtc - Math.floor(utc / 1000) * 1000;
}

/** The instant that a clock in the zone shows as `field`, as RFC 3339 with offset. @param {string} field @param {string} zone */
export function fromField(field, zone) {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(field)) return null;
  const wall = Date.parse(`${field}:00Z`);
  // The offset of the wrong instant may differ on the day the clocks change; the second look settles it.
  const guess = wall - offsetAt(wall, zone);
  const offset = offsetAt(guess, zone);
  const sign = offset < 0 ? "-" : "+";
  const minutes = Math.abs(offset) / 60_000;
  const hh = String(Math.floor(minutes / 60)).padStart(2, "0");
  const mm = String(minutes % 60).padStart(2, "0");
  return `${field}:00${sign}${hh}:${mm}`;
}

/** The day `days` later, for fields and filters. @param {string} day @param {number} days */
export function addDays(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
