// @ts-check
// How a series repeats, as fields hold it while it is written, and as a rule of RFC 5545. Pure.
// Every field has a value, also those that the chosen rhythm does not ask for: whoever looks around loses nothing.
import { toField } from "./dates.js";
import { DAYS, dayOfMonth, daysOf, MONTHS, partsOf, SAFE_DAYS, SETS } from "./rule-words.js";

/** "" is one activity, "own" a rule that these fields cannot say. */
export const RHYTHMS = [
  ["", "Never"],
  ["DAILY", "Daily"],
  ["WEEKLY", "Weekly"],
  ["MONTHLY", "Monthly"],
  ["YEARLY", "Yearly"],
];
export const UNITS = /** @type {Record<string, string>} */ ({ DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" });
export const KINDS = [...Object.entries(DAYS), ...Object.entries(SETS).map(([codes, word]) => [codes.replaceAll(" ", ","), word])];
const CODES = Object.keys(DAYS);
const MOST = 999;

/** @typedef {{rhythm: string, interval: string, days: string[], weekStart: string, by: string, day: string, place: string, kind: string,
 *   month: string, end: string, until: string, count: string, rule: string}} RuleModel */

/**
 * What the fields begin with: the rule of the activity, and for all that it leaves open what its first day suggests.
 * @param {{start?: string, timeZone?: string, recurrence?: any}} activity @param {string} zone where it has none of its own
 * @returns {RuleModel}
 */
export function modelOf({ start, timeZone, recurrence }, zone) {
  const suggested = suggestedBy(dayIn(start, timeZone ?? zone));
  if (!recurrence) return suggested;
  const { rule } = recurrence;
  const parts = partsOf(rule);
  const pattern = parts && patternOf(parts);
  if (!pattern) return { ...suggested, rhythm: "own", rule };
  return { ...suggested, ...pattern, ...endOf(parts, timeZone ?? zone), interval: parts.INTERVAL ?? "1", rule };
}

/** @param {string|undefined} start @param {string} zone @returns {string} "2026-11-24" */
function dayIn(start, zone) {
  if (!start) return toField(new Date(), zone).slice(0, 10);
  return start.includes("T") ? toField(start, zone).slice(0, 10) : start;
}

/** @param {string} first @returns {RuleModel} */
function suggestedBy(first) {
  const [, month, day] = first.split("-").map(Number);
  const code = CODES[(new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7];
  const place = Math.ceil(day / 7);
  return {
    rhythm: "",
    interval: "1",
    days: [code],
    weekStart: "MO",
    by: "day",
    day: String(day),
    place: place > 4 ? "-1" : String(place),
    kind: code,
    month: String(month),
    end: "never",
    until: "",
    count: "10",
    rule: "",
  };
}

/** @param {Record<string, string>} parts @returns {Partial<RuleModel>|null} null for what the fields cannot say */
function patternOf(parts) {
  const { FREQ: rhythm, BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS, WKST = "MO" } = parts;
  if (rhythm === "DAILY") return BYDAY || BYMONTH || BYMONTHDAY || BYSETPOS ? null : { rhythm };
  if (rhythm === "WEEKLY") {
    const days = daysOf(BYDAY ?? "");
    return days && !BYMONTH && !BYMONTHDAY && !BYSETPOS ? { rhythm, days, weekStart: WKST } : null;
  }
  const isYearly = rhythm === "YEARLY";
  if ((!isYearly && rhythm !== "MONTHLY") || isYearly !== Boolean(BYMONTH)) return null;
  const which = BYDAY ? placeOf(parts) : dayOf(parts);
  return which && { rhythm, ...which, ...(isYearly ? { month: BYMONTH } : {}) };
}

function placeOf({ BYDAY, BYSETPOS, BYMONTHDAY }) {
  const single = BYDAY.match(/^([+-]?\d)([A-Z]{2})$/);
  const [place, kind] = single ? [String(Number(single[1])), single[2]] : [BYSETPOS, BYDAY];
  const isKnown = ["1", "2", "3", "4", "-1"].includes(place) && KINDS.some(([codes]) => codes === kind);
  return isKnown && !BYMONTHDAY && !(single && BYSETPOS) ? { by: "place", place, kind } : null;
}

function dayOf(parts) {
  const found = dayOfMonth(parts, 31);
  return found && { by: "day", day: String(found.number) };
}

/** @param {Record<string, string>} parts @param {string} zone @returns {Partial<RuleModel>} */
function endOf({ COUNT, UNTIL }, zone) {
  if (COUNT) return { end: "count", count: COUNT };
  const until = UNTIL?.match(/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?$/);
  if (!until) return {};
  const [, year, month, day, hour, minute, second] = until;
  const moment = `${year}-${month}-${day}${hour ? `T${hour}:${minute}:${second}Z` : ""}`;
  return { end: "until", until: dayIn(moment, zone) };
}

/** The rule as the API takes it; empty for one activity. @param {RuleModel} model */
export function ruleOf(model) {
  if (!model.rhythm) return "";
  if (model.rhythm === "own") return model.rule;
  const interval = Number(model.interval) > 1 ? [`INTERVAL=${Number(model.interval)}`] : [];
  return [`FREQ=${model.rhythm}`, ...interval, ...whichDays(model), ...ending(model)].join(";");
}

/** @param {RuleModel} model */
function whichDays({ rhythm, days, weekStart, by, day, place, kind, month }) {
  if (rhythm === "DAILY") return [];
  if (rhythm === "WEEKLY") return [`BYDAY=${CODES.filter((code) => days.includes(code)).join(",")}`, `WKST=${weekStart}`];
  const inMonth = rhythm === "YEARLY" ? [`BYMONTH=${month}`] : [];
  if (by === "day") return [...inMonth, ...onDay(Number(day))];
  return [...inMonth, ...(kind.includes(",") ? [`BYDAY=${kind}`, `BYSETPOS=${place}`] : [`BYDAY=${place}${kind}`])];
}

/** A day that not every month has is the last one of shorter months, as in Outlook. @param {number} day */
function onDay(day) {
  if (day <= SAFE_DAYS) return [`BYMONTHDAY=${day}`];
  const meant = Array.from({ length: day - SAFE_DAYS + 1 }, (_, more) => SAFE_DAYS + more);
  return [`BYMONTHDAY=${meant.join(",")}`, "BYSETPOS=-1"];
}

/** @param {RuleModel} model */
function ending({ end, until, count }) {
  if (end === "count") return [`COUNT=${Number(count)}`];
  return end === "until" ? [`UNTIL=${until.replaceAll("-", "")}`] : [];
}

/** What is still wrong with the fields, as a sentence; empty where nothing is. @param {RuleModel} model */
export function problemOf(model) {
  const { rhythm, interval, days, by, day, end, until, count } = model;
  if (!rhythm || rhythm === "own") return "";
  if (!isNumber(interval)) return `Say every how many ${UNITS[rhythm]}s, from 1 to ${MOST}.`;
  if (rhythm === "WEEKLY" && !days.length) return "Choose at least one day of the week.";
  const isOfMonth = rhythm === "MONTHLY" || rhythm === "YEARLY";
  if (isOfMonth && by === "day" && !isNumber(day, 31)) return "Give a day of the month, from 1 to 31.";
  if (end === "count" && !isNumber(count)) return `Say after how many times it ends, from 1 to ${MOST}.`;
  return end === "until" && !until ? "Say on which day it ends." : "";
}

const isNumber = (/** @type {string} */ text, most = MOST) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most;

/**
 * What is asked of the API: null for one activity, undefined where nothing differs from what there is.
 * @param {RuleModel} model @param {any} activity @param {string} zone
 */
export function recurrenceWish(model, activity, zone) {
  if (!model.rhythm) return activity.recurrence ? null : undefined;
  if (activity.recurrence && ruleOf(model) === ruleOf(modelOf(activity, zone))) return undefined;
  return { rule: ruleOf(model) };
}

export const MONTH_NAMES = MONTHS.map((name, at) => [String(at + 1), name]);
