// @ts-check
// An activity in a list: subject, what it is, when, and one thing to do with it.
import { formatRange } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { repeatsSentence, timeOf } from "../lib/series.js";
import { activityLine } from "../lib/sentences.js";

/** @param {any} activity @param {{zone: string, now: Date, why?: string, note?: string, action?: unknown}} options */
export function activityCard(activity, { zone, now, why, note = "", action = "" }) {
  return html`<li class="activity-card" data-key="activity-${activity.id}">
    <div class="activity-words">
      <p class="strong clip" title="${activity.subject}">${activity.subject || "(no subject)"}</p>
      ${why ? html`<p class="quiet clip">${why}</p>` : ""}
      <p class="quiet clip">${activity.start ? formatRange(timeOf(activity), zone, now) : ""}</p>
      ${activity.recurrence ? html`<p class="quiet clip">${repeatsSentence(activity.recurrence, { zone, now })}</p>` : ""}
      <p class="quiet clip">${activityLine(activity)}</p>
      ${note ? html`<p class="quiet">${note}</p>` : ""}
    </div>
    ${action}
  </li>`;
}
