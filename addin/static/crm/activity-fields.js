// @ts-check
// The fields of an activity, for the page and for planning; what Outlook owns is shown locked, with the reason.
import { ruleFields } from "../elements/rule-fields.js";
import { toField } from "../lib/dates.js";
import { flag, html } from "../lib/html.js";
import { ruleWords } from "../lib/rule-words.js";
import { problemLine } from "./people-field.js";

const TYPES = ["appointment", "call", "visit", "other"];

/**
 * @param {{value: (field: string) => any, locked: string[], known: any, setting: {zone: string, now: Date}, why?: string, problems?: Record<string, string>,
 *   rule?: import("../lib/rule-model.js").RuleModel|null, hint?: string}} sheet
 *   `why` fields are locked; `problems`: what is wrong, by field; `rule`: how it repeats, null where it cannot; `hint` for whoever changes that
 */
export function activityFields({ value, locked, known, setting, why = "", problems = {}, rule = null, hint = "" }) {
  const { zone } = setting;
  const lock = (/** @type {string} */ name) => lockOf(locked.includes(name), why);
  const text = (name, label) => textField(name, label, value(name), lock(name), problems[name]);
  const area = (name, label) => areaField(name, label, value(name), lock(name), problems[name]);
  const time = (name, label) => timeField(name, label, value, lock(name), zone, problems[name]);
  return html`
    ${lockNote(locked, why)}
    ${text("subject", "Subject")}
    <div class="pair">${time("start", "Start")}${time("end", "End")}</div>
    <label class="check"><input type="checkbox" name="allDay" data-choose="all-day-chosen" ${flag("checked", value("allDay"))} ${locking(lock("allDay"), "disabled")} /> All day${lock("allDay")}</label>
    ${rule ? repeats(rule, lock("recurrence"), setting, hint) : ""}
    <div class="pair">${text("location", "Place")}${choice(
      "type",
      "Type",
      TYPES.map((type) => [type, type]),
      value("type"),
    )}</div>
    ${choice("company", "Company", [["", "none"], ...known.companies.map((company) => [company.id, company.name])], value("company")?.id ?? "")}
    ${text("regarding", "Regarding")}
    ${area("notes", "Notes (attendees can read them)")}
    ${area("internalNotes", "Internal notes")}
    ${value("status") ? html`<div class="pair">${area("outcome", "Outcome")}${area("nextStep", "Next step")}</div>` : ""}`;
}

/** A rhythm that is locked is told in words. */
function repeats(rule, lock, setting, hint) {
  if (!lock) return ruleFields(rule, setting, hint);
  const words = rule.rhythm ? ruleWords(rule.rule, setting) : "never";
  return html`<div class="field" data-key="rule-locked"><span>Repeats${lock}</span><p>${words}</p></div>`;
}

/** Says once, before the fields, what their locks mean. */
function lockNote(locked, why) {
  return locked.length ? html`<p class="quiet lock-note" id="lock-note">${LOCK} ${why}.</p>` : "";
}

const LOCK = html`<svg class="lock" viewBox="0 0 16 16" width="12" height="12" aria-hidden="true"><path d="M8 1a3 3 0 0 0-3 3v2H4a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V7a1 1 0 0 0-1-1h-1V4a3 3 0 0 0-3-3Zm-2 5V4a2 2 0 1 1 4 0v2H6Z" /></svg>`;

/** What stands beside the name of a locked field; nothing beside others. */
const lockOf = (isLocked, why) => (isLocked ? html` <span title="${why}">${LOCK}</span>` : "");

/** A locked field can be read and copied; why it is locked stands above it. */
const locking = (lock, how = "readonly") => (lock ? html`${flag(how, true)} aria-describedby="lock-note"` : "");

const markWrong = (name, problem) => (problem ? html`aria-invalid="true" aria-describedby="${name}-problem"` : "");

function textField(name, label, value, lock, problem) {
  return html`<label class="field"><span>${label}${lock}</span><input name="${name}" id="${name}" data-type="draft-typed" data-field="${name}" value="${value ?? ""}" ${locking(lock)} ${markWrong(name, problem)} />
    ${problemLine(name, problem)}</label>`;
}

function areaField(name, label, value, lock, problem) {
  return html`<label class="field"><span>${label}${lock}</span><textarea name="${name}" id="${name}" rows="3" data-type="draft-typed" data-field="${name}" ${locking(lock)} ${markWrong(name, problem)}>${value ?? ""}</textarea>${problemLine(name, problem)}</label>`;
}

function choice(name, label, options, value) {
  return html`<label class="field"><span>${label}</span><select name="${name}" id="${name}" data-choose="choice-made" data-field="${name}">${options.map(
    ([key, word]) => html`<option value="${key}" ${flag("selected", key === value)}>${word}</option>`,
  )}</select></label>`;
}

function timeField(name, label, value, lock, zone, problem) {
  const stored = value(name) ?? "";
  const allDay = value("allDay");
  const shown = !stored ? "" : allDay ? String(stored).slice(0, 10) : toField(stored, zone);
  return html`<label class="field" data-key="${name}-${allDay ? "day" : "time"}"><span>${label}${lock}</span>
    <input type="${allDay ? "date" : "datetime-local"}" name="${name}" id="${name}" data-choose="choice-made" data-field="${name}" value="${shown}" ${locking(lock)} ${markWrong(name, problem)} />
      ${problemLine(name, problem)}</label>`;
}
