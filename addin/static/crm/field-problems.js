// @ts-check
// What was wrong with an activity that was written, said at the fields where it was written. Pure.
import { linesOf } from "./people-field.js";

const FIELDS = ["subject", "start", "end", "location", "regarding", "notes", "internalNotes"];
const MISSING = /** @type {Record<string, string>} */ ({
  subject: "Give a subject.",
  start: "Say when it begins.",
  end: "Say when it ends.",
});

/**
 * By field of the form; `refusal` is what has no field there, null where nothing is left.
 * @param {any} problem @param {string} people the lines as they were written @param {number} before them: how many participants no line is for
 */
export function fieldProblems(problem, people, before = 0) {
  const told = /** @type {Record<string, string>} */ ({});
  const left = /** @type {Record<string, any>} */ ({});
  for (const [path, said] of Object.entries(problem.errors ?? {})) {
    const line = linesOf(people)[Number(/^participants\.(\d+)\./.exec(path)?.[1]) - before];
    if (line) told.people = [told.people, `${line} is not known. Give an address.`].filter(Boolean).join(" ");
    else if (FIELDS.includes(path)) told[path] = sentence(path, [said].flat());
    else left[path] = said;
  }
  const isTold = Object.keys(told).length > 0 && !Object.keys(left).length;
  return { told, refusal: isTold ? null : { ...problem, errors: left } };
}

const sentence = (field, said) => (said.includes("Is needed.") ? MISSING[field] : said.join(" "));

/** @param {Record<string, string>} problems */
export const firstProblem = (problems) => [...FIELDS, "people"].find((field) => field in problems);
