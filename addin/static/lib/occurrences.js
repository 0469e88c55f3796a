// @ts-check
// Single occurrences of a series as they are edited: which one a date is, what it says, and what to send. Pure.
import { meantRange } from "./series.js";

const same = (/** @type {string} */ one, /** @type {string} */ other) => Date.parse(one) === Date.parse(other);

/** The exception of the occurrence that was meant to begin then. @param {any} activity @param {string} originalStart */
export const exceptionAt = ({ recurrence }, originalStart) =>
  (recurrence?.exceptions ?? []).find((one) => same(one.originalStart, originalStart)) ?? null;

/** When the occurrence was meant to begin that takes place at this date. @param {any} activity @param {{start: string}} date */
export function originalStartOf({ recurrence }, { start }) {
  const changed = (recurrence?.exceptions ?? []).filter(({ kind }) => kind === "changed");
  return changed.find((one) => same(one.fields?.start ?? one.originalStart, start))?.originalStart ?? start;
}

/** What an occurrence says: that of the series, unless it differs. @param {any} activity @param {string} originalStart */
export function occurrenceOf(activity, originalStart) {
  const { subject, location } = activity;
  const fields = exceptionAt(activity, originalStart)?.fields ?? {};
  return { subject, location, ...meantRange(activity, originalStart), ...fields };
}

/** Its times after another start was chosen: it lasts as long as before. @param {any} values start and end so far @param {string} start */
export function movedTo({ start: before, end }, start) {
  const later = new Date(Date.parse(end) + Date.parse(start) - Date.parse(before)).toISOString();
  return { start, end: start.includes("T") ? later : later.slice(0, 10) };
}

/** The list of exceptions without this occurrence: it is as the series has it again. @param {any} activity @param {string} originalStart */
export const withoutException = ({ recurrence }, originalStart) =>
  recurrence.exceptions.filter((one) => !same(one.originalStart, originalStart));

/** The list with this occurrence cancelled. @param {any} activity @param {string} originalStart */
export const withCancelled = (activity, originalStart) => [
  ...withoutException(activity, originalStart),
  { originalStart, kind: "cancelled", fields: {} },
];

/**
 * The list with this occurrence as it was written; one that differs in nothing is no exception.
 * @param {any} activity @param {string} originalStart @param {Record<string, string>} drafts
 */
export function withChanged(activity, originalStart, drafts) {
  const fields = differing(activity, originalStart, drafts);
  const others = withoutException(activity, originalStart);
  return Object.keys(fields).length ? [...others, { originalStart, kind: "changed", fields }] : others;
}

/** What somebody else gave the occurrence (people, notes) stays. */
function differing(activity, originalStart, drafts) {
  const { start, end, timeZone, allDay, ...kept } = exceptionAt(activity, originalStart)?.fields ?? {};
  const wanted = { ...occurrenceOf(activity, originalStart), ...drafts };
  for (const name of ["subject", "location"]) {
    delete kept[name];
    if (wanted[name] !== (activity[name] ?? "")) kept[name] = wanted[name];
  }
  const meant = meantRange(activity, originalStart);
  if (same(wanted.start, meant.start) && same(wanted.end, meant.end)) return kept;
  const isAsBefore = start && end && same(wanted.start, start) && same(wanted.end, end);
  const zone = { ...(timeZone ? { timeZone } : {}), ...(allDay === undefined ? {} : { allDay }) };
  return { ...kept, ...zone, ...(isAsBefore ? { start, end } : { start: wanted.start, end: wanted.end }) };
}
