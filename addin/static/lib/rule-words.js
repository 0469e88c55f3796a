// @ts-check
// A rule of RFC 5545 in plain words: "every second Tuesday until 18 Dec". Pure.
// Outlook holds a meeting of the 31st on the last day of shorter months; such rules name all days that may be meant.
import { formatDate } from "./dates.js";

/** What is said of a rule that has no short name; it fits after "repeats". */
export const NO_SHORT_NAME = "by a rule of its own";

export const DAYS = /** @type {Record<string, string>} */ ({
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
});
export const SETS = /** @type {Record<string, string>} */ ({
  "MO TU WE TH FR": "weekday",
  "SA SU": "weekend day",
  "MO TU WE TH FR SA SU": "day",
});
export const PLACES = /** @type {Record<string, string>} */ ({
  1: "first",
  2: "second",
  3: "third",
  4: "fourth",
  "-1": "last",
  "-2": "second last",
});
export const MONTHS = "January February March April May June July August September October November December".split(" ");
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const UNITS = /** @type {Record<string, string>} */ ({ DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" });
const KNOWN = ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "COUNT", "UNTIL"];
/** Days that every month has. */
export const SAFE_DAYS = 28;

/**
 * @param {string} rule without "RRULE:" @param {{zone: string, now: Date}} setting @returns {string} fits after "repeats"
 */
export function ruleWords(rule, { zone, now }) {
  const parts = partsOf(rule);
  const pattern = parts && patternWords(parts);
  if (!parts || !pattern) return NO_SHORT_NAME;
  return `${pattern}${endWords(parts, zone, now)}`;
}

/** @param {string} rule @returns {Record<string, string>|null} null for what no reader here understands */
export function partsOf(rule) {
  const parts = Object.fromEntries(rule.split(";").map((part) => part.split("=", 2)));
  return Object.keys(parts).every((name) => KNOWN.includes(name)) ? parts : null;
}

/** @param {Record<string, string>} parts */
function patternWords(parts) {
  const interval = Number(parts.INTERVAL ?? 1);
  if (!UNITS[parts.FREQ] || !(interval >= 1)) return null;
  const words = { DAILY: dailyWords, WEEKLY: weeklyWords, MONTHLY: monthlyWords, YEARLY: yearlyWords };
  return words[/** @type {"DAILY"} */ (parts.FREQ)](parts, interval);
}

/** "every week", "every second week", "every 3 weeks". @param {string} unit @param {number} interval */
function every(unit, interval) {
  if (interval === 1) return `every ${unit}`;
  return interval === 2 ? `every second ${unit}` : `every ${interval} ${unit}s`;
}

function dailyWords({ BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS }, interval) {
  return BYDAY || BYMONTH || BYMONTHDAY || BYSETPOS ? null : every("day", interval);
}

function weeklyWords({ BYDAY = "", BYMONTH, BYMONTHDAY, BYSETPOS }, interval) {
  const days = daysOf(BYDAY);
  if (!days || BYMONTH || BYMONTHDAY || BYSETPOS) return null;
  if (interval === 1) return `every ${daysWords(days, "and")}`;
  // "Every third Tuesday" would be taken for the third one of a month.
  if (interval === 2 && days.length === 1) return `every second ${daysWords(days, "and")}`;
  return `${every("week", interval)} on ${daysWords(days, "and")}`;
}

function monthlyWords(parts, interval) {
  if (parts.BYMONTH) return null;
  const day = parts.BYDAY ? placeWords(parts) : dayOfMonth(parts, 31);
  const how = interval === 1 ? "monthly" : every("month", interval);
  if (!day) return null;
  return `${how} on ${typeof day === "string" ? day : monthDayWords(day)}`;
}

function yearlyWords(parts, interval) {
  const month = Number(parts.BYMONTH) - 1;
  if (!MONTHS[month]) return null;
  const how = interval === 1 ? "yearly" : every("year", interval);
  if (parts.BYDAY) {
    const place = placeWords(parts);
    return place && `${how} on ${place} of ${MONTHS[month]}`;
  }
  const day = dayOfMonth(parts, LONGEST[month]);
  if (!day) return null;
  const leap = month === 1 && day.number === LONGEST[1] ? " (28 in other years)" : "";
  return `${how} on ${day.number} ${MONTHS[month].slice(0, 3)}${leap}`;
}

/** The codes of days in their order; null for what is no plain list of them. @param {string} text */
export function daysOf(text) {
  const codes = text.split(",");
  return codes.every((code) => DAYS[code]) ? Object.keys(DAYS).filter((code) => codes.includes(code)) : null;
}

/** @param {string[]} days @param {"and"|"or"} joined */
function daysWords(days, joined) {
  const set = SETS[days.join(" ")];
  if (set) return set;
  const names = days.map((day) => DAYS[day]);
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} ${joined} ${names.at(-1)}`;
}

/** "the last weekday". */
function placeWords({ BYDAY, BYSETPOS, BYMONTHDAY }) {
  const single = BYDAY.match(/^([+-]?\d)([A-Z]{2})$/);
  const place = PLACES[Number(single ? single[1] : BYSETPOS)];
  const days = single ? daysOf(single[2]) : daysOf(BYDAY);
  if (!place || !days || BYMONTHDAY || (single && BYSETPOS)) return null;
  return `the ${place} ${daysWords(days, "or")}`;
}

/** The day that is meant and whether shorter months have it earlier. @param {any} parts @param {number} longest */
export function dayOfMonth({ BYMONTHDAY = "", BYSETPOS }, longest) {
  if (BYMONTHDAY === "-1" && !BYSETPOS) return { number: longest, moves: true };
  const days = BYMONTHDAY.split(",").map(Number);
  const last = days[days.length - 1];
  const isClamped = BYSETPOS === "-1" && days.every((day, i) => day === SAFE_DAYS + i);
  const isPlain = days.length === 1 && !BYSETPOS;
  if (!(isClamped || isPlain) || !(last >= 1 && last <= 31)) return null;
  return { number: Math.min(last, isClamped ? longest : last), moves: isClamped && last > SAFE_DAYS };
}

function monthDayWords({ number, moves }) {
  if (moves && number === 31) return "the last day";
  return `the ${ordinal(number)}${moves ? " (the last day of shorter months)" : ""}`;
}

/** @param {number} number */
function ordinal(number) {
  const ending = { 1: "st", 2: "nd", 3: "rd" }[/** @type {1} */ (number % 10)];
  const isTeen = number > 10 && number < 20;
  return `${number}${isTeen || !ending ? "th" : ending}`;
}

function endWords({ COUNT, UNTIL }, zone, now) {
  if (COUNT) return COUNT === "1" ? ", once" : `, ${COUNT} times`;
  const until = UNTIL?.match(/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?$/);
  if (!until) return "";
  const [, year, month, day, hour, minute, second] = until;
  const text = `${year}-${month}-${day}${hour ? `T${hour}:${minute}:${second}Z` : ""}`;
  return ` until ${formatDate(text, zone, now)}`;
}
