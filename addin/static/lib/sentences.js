// @ts-check
// What the pages say about people, fields and changes, in plain words.
import { formatMoment, formatRange, formatStart } from "./dates.js";
import { ruleWords } from "./rule-words.js";

const MOST_EXCEPTIONS = 6;

const RESPONSES = /** @type {Record<string, string>} */ ({
  organizer: "organizer",
  accepted: "accepted",
  declined: "declined",
  tentative: "tentative",
  "tentatively-accepted": "tentative",
  none: "no answer yet",
  "not-responded": "no answer yet",
});

/** @param {any} participant */
export function responseOf(participant) {
  if (participant.role === "resource" || participant.match?.kind === "resource") return "room";
  return RESPONSES[participant.response] ?? participant.response ?? "";
}

/** Who this is for the CRM: {text, tone}. @param {any} participant */
export function matchOf({ match }) {
  if (!match || match.kind === "unknown") return { text: "not known", tone: "wait" };
  if (match.kind === "ambiguous") {
    const names = (match.candidates ?? []).map((candidate) => candidate.name).filter(Boolean);
    return { text: names.length ? `could be ${names.join(" or ")}` : "several contacts fit", tone: "wait" };
  }
  if (match.kind === "representative") return { text: "colleague", tone: "quiet" };
  if (match.kind === "resource") return { text: "", tone: "quiet" };
  return { text: match.company?.name ?? "contact", tone: "quiet" };
}

const FIELDS = /** @type {Record<string, string>} */ ({
  subject: "Subject",
  start: "Start",
  end: "End",
  time: "Time",
  recurrence: "Repeats",
  allDay: "All day",
  timeZone: "Time zone",
  location: "Place",
  place: "Place",
  notes: "Notes",
  internalNotes: "Internal notes",
  outcome: "Outcome",
  nextStep: "Next step",
  regarding: "Regarding",
  status: "Status",
  deletedAt: "Deleted",
  confidential: "Confidential",
  owner: "Owner",
  organizer: "Organizer",
  company: "Company",
  participants: "People",
  type: "Type",
  review: "Marked for editing",
  transferToOutlook: "Transfer to Outlook",
  state: "State",
  response: "Response",
});

const IN_ORDER = Object.keys(FIELDS);

/** Known fields in the order people read them, others after them. @param {string} field */
function placeOf(field) {
  const at = IN_ORDER.indexOf(field);
  return at < 0 ? IN_ORDER.length : at;
}

/** @param {string} field */
export function fieldName(field) {
  return (
    FIELDS[field] ??
    field
      .replace(/([A-Z])/g, " $1")
      .replace(/^./, (c) => c.toUpperCase())
      .replace(/ [A-Z]/g, (c) => c.toLowerCase())
  );
}

/** @param {unknown} value @param {string} zone @param {Date} now @returns {string} */
export function valueText(value, zone, now) {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length ? value.map((one) => valueText(one, zone, now)).join(", ") : "nobody";
  if (typeof value === "object") return objectText(/** @type {any} */ (value), zone, now);
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? formatMoment(text, zone, now) : text;
}

function objectText(value, zone, now) {
  if (value.start && value.end) return formatRange(value, zone, now);
  if (value.rule) return recurrenceText(value, zone, now);
  const name = value.name || value.displayName || value.address || value.subject;
  if (name) return value.response && value.response !== "none" ? `${name} (${value.response})` : name;
  return Object.entries(value)
    .map(([k, v]) => `${fieldName(k)}: ${valueText(v, zone, now)}`)
    .join(", ");
}

function recurrenceText({ rule, exceptions = [] }, zone, now) {
  const words = ruleWords(rule, { zone, now });
  const told = exceptions.slice(0, MOST_EXCEPTIONS).map((one) => exceptionText(one, zone, now));
  const rest = exceptions.length - told.length;
  return [words, ...told, ...(rest ? [`${rest} more exceptions`] : [])].join("; ");
}

function exceptionText({ originalStart, kind, fields = {} }, zone, now) {
  const became = fields.start ? `moved to ${formatStart(fields.start, zone, now)}` : "changed";
  return `${formatStart(originalStart, zone, now)} ${kind === "cancelled" ? kind : became}`;
}

/**
 * The lines "was -> is" of a decision.
 * @param {any} decision @param {string} zone @param {Date} now
 */
export function changesOf(decision, zone, now) {
  const { before, after } = withWholeTimes(decision);
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .sort((a, b) => placeOf(a) - placeOf(b))
    .filter((field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]))
    .map((field) => ({
      field: fieldName(field),
      was: valueText(before?.[field], zone, now),
      is: valueText(after?.[field], zone, now),
    }));
}

/** Start and end that change together are one time, as people write it. */
function withWholeTimes({ before, after }) {
  const sides = [before ?? {}, after ?? {}];
  const isWhole = sides.every(({ start, end }) => Boolean(start) === Boolean(end));
  const isMoved = ["start", "end"].every((name) => sides[0][name] !== sides[1][name]);
  const [was, is] = isWhole && isMoved ? sides.map(wholeTime) : sides;
  return { before: was, after: is };
}

function wholeTime({ start, end, allDay, ...others }) {
  return start ? { ...others, time: { start, end, allDay } } : others;
}

/** Seen once, or tried once: it is looked at again by itself. */
const WAITS = ["retry-later", "throttled"];

/** What came of a decision. @param {any} decision */
export const outcomeWord = ({ outcome, reason }) => (outcome === "failed" && WAITS.includes(reason) ? "waits" : outcome);

/** @param {any} activity */
export function activityLine(activity) {
  const state = activity.deletedAt ? "deleted" : activity.status;
  return [state, activity.company?.name, activity.owner?.name].filter(Boolean).join(" · ");
}

/** As far as it can be read by itself, where there is room for one line. @param {string} text */
export const firstSentence = (text) => text.split(/(?<=[.;:]) /)[0].replace(/[;:]$/, ".");
