// @ts-check
// Days are "YYYY-MM-DD", times of day are minutes since midnight, both in a named zone.

const DAY = 24 * 60 * 60 * 1000;
const readers = new Map();

/** The wall clock of a zone at an instant: {day, minutes}. */
export function wallClock(instant, zone) {
  const parts = {};
  for (const { type, value } of reader(zone).formatToParts(new Date(instant))) parts[type] = value;
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/** The instant at which a zone's clock shows this; a second look settles days the clock changes. */
export function instantOf(day, minutes, zone) {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * 60000;
  const first = wanted - offsetAt(wanted, zone);
  return new Date(wanted - offsetAt(first, zone)).toISOString().replace(".000Z", "Z");
}

export function addDays(day, count) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);
}

export function daysBetween(from, to) {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** The week of the day; from Friday on the coming one is of more use. */
export function weekToShow(day) {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, weekday > 3 ? 7 - weekday : -weekday);
}

export function mondayOf(day) {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

export function clockText(minutes) {
  const within = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}

export function minutesOf(text) {
  const [hours, minutes] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

export function dayText(day, options = { weekday: "short", day: "numeric", month: "short" }) {
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

export function weekText(monday) {
  const sunday = addDays(monday, 6);
  const long = { day: "numeric", month: "long", year: "numeric" };
  const short = monday.slice(0, 7) === sunday.slice(0, 7) ? { day: "numeric" } : { day: "numeric", month: "long" };
  return `${dayText(monday, short)} – ${dayText(sunday, long)}`;
}

function offsetAt(instant, zone) {
  const { day, minutes } = wallClock(instant, zone);
  return Date.parse(`${day}T00:00:00Z`) + minutes * 60000 - Math.floor(instant / 60000) * 60000;
}

function reader(zone) {
  if (!readers.has(zone)) {
    const digits = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
    readers.set(zone, new Intl.DateTimeFormat("en-CA", { ...digits, hourCycle: "h23", timeZone: zone }));
  }
  return readers.get(zone);
}
