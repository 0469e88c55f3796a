// @ts-check
// One occurrence of a series in its place: its own fields, or the question before it is cancelled or taken back.
import { formatRange, formatStart, toField } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { occurrenceOf } from "../lib/occurrences.js";
import { meantRange } from "../lib/series.js";
import { failureNote } from "./failure-note.js";
import { pushButton } from "./push-button.js";

/**
 * @param {any} occurrence {at, deed, drafts, status, problem} @param {any} activity its series @param {{zone: string, now: Date}} setting
 * @param {{mails: string, placeOf: (originalStart: string) => string}} told whom Outlook mails, in a sentence; where one is planned in its place
 */
export function occurrenceForm(occurrence, activity, setting, told) {
  const shown = occurrence.deed === "change" ? fields : question;
  return shown(occurrence, activity, setting, told);
}

function fields({ at, drafts, status, problem }, activity, setting, told) {
  const value = { ...occurrenceOf(activity, at), ...drafts };
  const field = (name, label, text, type = "text") =>
    html`<label class="field"><span>${label}</span><input type="${type}" id="occurrence-${name}" data-${type === "text" ? "type" : "choose"}="occurrence-typed" data-field="${name}" value="${text}" /></label>`;
  const time = (name, label) =>
    activity.allDay
      ? field(name, label, value[name].slice(0, 10), "date")
      : field(name, label, toField(value[name], setting.zone), "datetime-local");
  return html`<form class="occurrence" data-submit="occurrence-sent" data-key="occurrence" aria-label="Only ${formatStart(at, setting.zone, setting.now)}">
    ${field("subject", "Subject", value.subject ?? "")}
    ${time("start", "Start")}${time("end", "End")}
    ${field("location", "Place", value.location ?? "")}
    ${refusal({ at, status, problem }, activity, setting, told)}
    <p class="ways">${pushButton("Save this one", { submit: true, look: "primary", busy: status === "sending" })} ${pushButton("Leave", { does: "occurrence-left", look: "subtle" })} <span class="quiet">${told.mails}</span></p></form>`;
}

const QUESTIONS = /** @type {Record<string, [string, string, string]>} */ ({
  cancel: ["Cancel only", "Cancel this one", "Keep it"],
  restore: ["Take back", "Take it back", "Leave it"],
});

function question({ at, deed, status, problem }, activity, setting, told) {
  const { zone, now } = setting;
  const [title, yes, no] = QUESTIONS[deed];
  const text = deed === "cancel" ? "The series goes on without it." : `It takes place as the series has it: ${formatRange(meantRange(activity, at), zone, now)}.`;
  return html`<section class="occurrence" role="alertdialog" aria-labelledby="occurrence-title" aria-describedby="occurrence-text" data-key="occurrence">
    <p class="strong" id="occurrence-title">${title} ${formatStart(at, zone, now)}?</p>
    <p id="occurrence-text">${text} ${told.mails}</p>
    ${refusal({ at, status, problem }, activity, setting, told)}
    <p class="ways">${pushButton(yes, { does: "occurrence-sent", busy: status === "sending" })} ${pushButton(no, { does: "occurrence-left", look: "subtle", key: "occurrence-no" })}</p></section>`;
}

/** Where something stands against it: what, what was kept, and a way on. */
function refusal({ at, status, problem }, activity, { zone, now }, { placeOf }) {
  if (status === "conflict")
    return html`<div class="failure-note" role="alert" data-key="occurrence-failure"><div class="failure-words"><p>${activity.changedBy || "Somebody"} changed this activity meanwhile. Your words are kept; save again if they shall stand.</p>
      <p class="quiet">Now it is ${formatRange({ ...occurrenceOf(activity, at) }, zone, now)}.</p></div></div>`;
  if (status !== "failed" || !problem) return "";
  const stays = problem.code === "occurrence-stays-cancelled";
  return html`${failureNote(problem, { key: "occurrence-failure" })}${stays ? html`<p><a href="${placeOf(at)}">Plan one in its place</a></p>` : ""}`;
}
