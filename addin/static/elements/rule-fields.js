// @ts-check
// The fields of a rhythm, and beside them in words what they mean.
import { flag, html } from "../lib/html.js";
import { KINDS, MONTH_NAMES, problemOf, RHYTHMS, ruleOf, UNITS } from "../lib/rule-model.js";
import { DAYS, NO_SHORT_NAME, PLACES, ruleWords } from "../lib/rule-words.js";

const ENDS = [
  ["never", "Never"],
  ["until", "On a date"],
  ["count", "After a number of times"],
];
const WAYS = [
  ["day", "On a day of the month"],
  ["place", "On a weekday of the month"],
];
const PLACE_NAMES = ["1", "2", "3", "4", "-1"].map((place) => [place, PLACES[place]]);

/**
 * @param {import("../lib/rule-model.js").RuleModel} model @param {{zone: string, now: Date}} setting
 * @param {string} [hint] what somebody should know before he changes it
 */
export function ruleFields(model, setting, hint = "") {
  const { rhythm } = model;
  const rhythms = rhythm === "own" ? [...RHYTHMS, ["own", `As it is: ${NO_SHORT_NAME}`]] : RHYTHMS;
  const isRegular = rhythm in UNITS;
  return html`<fieldset class="rule" data-key="rule" aria-describedby="rule-words"><legend>Repeats</legend>
    <div class="pair">${choice("rhythm", "Rhythm", rhythms, rhythm)}
      ${isRegular ? number("interval", `Every how many ${UNITS[rhythm]}s`, model.interval, 999) : ""}</div>
    ${rhythm === "WEEKLY" ? weekdays(model) : ""}
    ${rhythm === "MONTHLY" || rhythm === "YEARLY" ? ofMonth(model) : ""}
    ${isRegular ? ending(model) : ""}
    <p id="rule-words" class="${problemOf(model) ? "problem" : ""}">${rhythmWords(model, setting)}</p>
    ${hint ? html`<p class="quiet">${hint}</p>` : ""}</fieldset>`;
}

/** What the fields mean, or what is wrong with them. @param {import("../lib/rule-model.js").RuleModel} model @param {{zone: string, now: Date}} setting */
export function rhythmWords(model, setting) {
  if (!model.rhythm) return "Takes place once.";
  return problemOf(model) || `Repeats ${ruleWords(ruleOf(model), setting)}.`;
}

function weekdays({ days }) {
  return html`<div class="days" role="group" aria-label="Days of the week">${Object.entries(DAYS).map(
    ([code, name]) => html`<label class="check"><input type="checkbox" id="rule-${code}" data-type="rule-typed" data-part="days" value="${code}" ${flag("checked", days.includes(code))} /> <span title="${name}">${name.slice(0, 3)}</span></label>`,
  )}</div>`;
}

function ofMonth({ rhythm, by, day, place, kind, month }) {
  return html`<div class="pair">${rhythm === "YEARLY" ? choice("month", "Month", MONTH_NAMES, month) : ""}
    ${choice("by", "Which day", WAYS, by)}
    ${by === "day" ? number("day", "Day", day, 31) : html`<div class="pair" data-key="rule-which">${choice("place", "Which", PLACE_NAMES, place)}${choice("kind", "Weekday", KINDS, kind)}</div>`}</div>`;
}

function ending({ end, until, count }) {
  return html`<div class="pair">${choice("end", "Ends", ENDS, end)}
    ${end === "until" ? html`<label class="field"><span>Last day</span><input type="date" id="rule-until" data-type="rule-typed" data-part="until" value="${until}" /></label>` : ""}
    ${end === "count" ? number("count", "Times", count, 999) : ""}</div>`;
}

function choice(part, label, options, value) {
  return html`<label class="field"><span>${label}</span><select id="rule-${part}" data-type="rule-typed" data-part="${part}">${options.map(
    ([key, word]) => html`<option value="${key}" ${flag("selected", key === value)}>${word}</option>`,
  )}</select></label>`;
}

function number(part, label, value, most) {
  return html`<label class="field"><span>${label}</span><input type="number" min="1" max="${most}" step="1" id="rule-${part}" data-type="rule-typed" data-part="${part}" value="${value}" /></label>`;
}
