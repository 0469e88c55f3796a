// @ts-check
// What fields hold while they are edited, as the API wants it. Pure.
import { fromField } from "../lib/dates.js";

/**
 * All-day times are dates, others carry an offset; switching between the two changes both ends.
 * @param {Record<string, any>} drafts @param {any} activity @param {string} zone
 */
export function readied(drafts, activity, zone) {
  const allDay = drafts.allDay ?? activity.allDay ?? false;
  const times = ["start", "end"]
    .filter((field) => field in drafts || ("allDay" in drafts && activity[field]))
    .map((field) => [field, fitted(drafts[field] ?? activity[field], allDay, zone)]);
  return { ...drafts, ...Object.fromEntries(times) };
}

function fitted(value, allDay, zone) {
  if (!value) return value;
  if (allDay) return value.slice(0, 10);
  return value.length === 10 ? fromField(`${value}T09:00`, zone) : value;
}

/** @param {string} field @param {string} value as the control gives it @param {string} zone */
export function chosen(field, value, zone) {
  if (field === "company") return value ? { id: value } : null;
  if (field !== "start" && field !== "end") return value;
  return value.length === 10 ? value : fromField(value, zone);
}
