// @ts-check
// How a series repeats: as Graph holds it, as the form shows it, as people say it.

const TYPES = { daily: "daily", weekly: "weekly", monthly: "absoluteMonthly", yearly: "absoluteYearly" };
const UNITS = { daily: "day", weekly: "week", monthly: "month", yearly: "year" };
const ENDS = { noEnd: "never", endDate: "date", numbered: "count" };

export const KINDS = ["none", ...Object.keys(TYPES)];
export const NEVER = { kind: "none", interval: 1, ends: "never", until: "", count: 10 };

export function repeatOf(recurrence) {
  if (!recurrence) return NEVER;
  const { pattern, range } = recurrence;
  return {
    kind: kindOf(pattern.type), interval: pattern.interval, ends: ENDS[range.type],
    until: range.type === "endDate" ? range.endDate : "", count: range.numberOfOccurrences || NEVER.count,
  };
}

/** What the form does not show, such as the days of a week, stays as `old` has it. */
export function recurrenceOf(repeat, old) {
  if (repeat.kind === "none") return null;
  const kept = old && kindOf(old.pattern.type) === repeat.kind ? old.pattern : { type: TYPES[repeat.kind] };
  const zone = old ? { recurrenceTimeZone: old.range.recurrenceTimeZone } : {};
  return { pattern: { ...kept, interval: repeat.interval }, range: { ...rangeOf(repeat), ...zone } };
}

export function repeatText(recurrence) {
  const { kind, interval, ends, until, count } = repeatOf(recurrence);
  const every = interval === 1 ? `every ${UNITS[kind]}` : `every ${interval} ${UNITS[kind]}s`;
  return every + { never: "", date: ` until ${until}`, count: `, ${count} times` }[ends];
}

export function isInSeries(meeting) {
  return meeting.seriesMasterId !== null;
}

function rangeOf({ ends, until, count }) {
  if (ends === "date") return { type: "endDate", endDate: until };
  return ends === "count" ? { type: "numbered", numberOfOccurrences: count } : { type: "noEnd" };
}

function kindOf(type) {
  return type.replace(/^(absolute|relative)/, "").toLowerCase();
}
