// @ts-check
// The fields of an activity, for the page and for planning; what Outlook owns is shown locked, with the reason.
import { toField } from "../lib/dates.js";
import { flag, html } from "../lib/html.js";

const TYPES = ["appointment", "call", "visit", "other"];

/**
 * @param {{value: (field: string) => any, locked: string[], known: any, zone: string, why?: string}} sheet `why` fields are locked
 */
export function activityFields({ value, locked, known, zone, why = "" }) {
  const lock = (/** @type {string} */ name) => lockOf(locked.includes(name), why);
  const text = (name, label) => textField(name, label, value(name), lock(name));
  const area = (name, label) => areaField(name, label, value(name), lock(name));
  return html`
    ${text("subject", "Subject")}
    <div class="pair">${timeField("start", "Start", value, lock("start"), zone)}${timeField("end", "End", value, lock("end"), zone)}</div>
    <label class="check"><input type="checkbox" name="allDay" data-choose="all-day-chosen" ${flag("checked", value("allDay"))} ${flag("disabled", lock("allDay"))} /> All day${lock("allDay")}</label>
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
    <div class="pair">${area("outcome", "Outcome")}${area("nextStep", "Next step")}</div>`;
}

/** What stands beside the name of a locked field; nothing beside others. */
function lockOf(isLocked, why) {
  const [brief] = why.split(/:| while/);
  return isLocked ? html` <span class="lock" title="${why}">· ${brief.charAt(0).toLowerCase()}${brief.slice(1)}</span>` : "";
}

function textField(name, label, value, lock) {
  return html`<label class="field"><span>${label}${lock}</span><input name="${name}" id="${name}" data-type="draft-typed" data-field="${name}" value="${value ?? ""}" ${flag("readonly", lock)} />
    </label>`;
}

function areaField(name, label, value, lock) {
  return html`<label class="field"><span>${label}${lock}</span><textarea name="${name}" id="${name}" rows="3" data-type="draft-typed" data-field="${name}" ${flag("readonly", lock)}>${value ?? ""}</textarea></label>`;
}

function choice(name, label, options, value) {
  return html`<label class="field"><span>${label}</span><select name="${name}" id="${name}" data-choose="choice-made" data-field="${name}">${options.map(
    ([key, word]) => html`<option value="${key}" ${flag("selected", key === value)}>${word}</option>`,
  )}</select></label>`;
}

function timeField(name, label, value, lock, zone) {
  const stored = value(name) ?? "";
  const allDay = value("allDay");
  const shown = !stored ? "" : allDay ? String(stored).slice(0, 10) : toField(stored, zone);
  return html`<label class="field" data-key="${name}-${allDay ? "day" : "time"}"><span>${label}${lock}</span>
    <input type="${allDay ? "date" : "datetime-local"}" name="${name}" id="${name}" data-choose="choice-made" data-field="${name}" value="${shown}" ${flag("readonly", lock)} />
      </label>`;
}
