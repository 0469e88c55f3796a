// @ts-check
// How a series repeats, when it takes place next, and which occurrences are not as the series has them.
import { activityAddress, windowRelation } from "../lib/addresses.js";
import { formatRange } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { exceptionLines, repeatsSentence } from "../lib/series.js";
import { changeList } from "./decision-list.js";

/**
 * @param {{rule: string, nextDates?: any[]}} recurrence @param {{zone: string, now: Date}} setting
 * @param {any} [activity] that of the series, which knows the exceptions
 * @param {(originalStart: string) => string} [placeOf] the address at which an activity is planned in place of a cancelled occurrence
 */
export function seriesFacts(recurrence, setting, activity = null, placeOf = undefined) {
  return html`<p>${repeatsSentence(recurrence, setting)}</p>
    ${nextDates(recurrence, setting)}
    ${activity ? exceptions(activity, setting, placeOf) : ""}`;
}

function nextDates({ nextDates: dates = [] }, { zone, now }) {
  if (!dates.length) return html`<p class="quiet">It takes place no more.</p>`;
  return html`<p class="facts-title">Next dates</p>
    <ul class="dates" aria-label="Next dates">${dates.map((date) => html`<li>${formatRange({ ...date, allDay: !date.start.includes("T") }, zone, now)}</li>`)}</ul>`;
}

function exceptions(activity, setting, placeOf) {
  const { coming, earlier } = exceptionLines(activity, setting);
  if (!coming.length && !earlier.length) return "";
  return html`<p class="facts-title">Exceptions</p>
    ${coming.length ? html`<ul class="exceptions" aria-label="Exceptions">${coming.map((one) => line(one, placeOf))}</ul>` : ""}
    ${placeOf && coming.some((one) => one.isCancelled) ? html`<p class="quiet exceptions">Outlook cannot bring back an occurrence that was cancelled.</p>` : ""}
    ${
      earlier.length
        ? html`<details class="earlier" data-key="earlier-exceptions"><summary>${earlier.length} earlier</summary>
      <ul class="exceptions" aria-label="Earlier exceptions">${earlier.map((one) => line(one))}</ul></details>`
        : ""
    }`;
}

function line({ key, title, what, changes, activityId, isCancelled }, placeOf = undefined) {
  const words = activityId
    ? html`<a href="${activityAddress({ id: activityId })}" target="_blank" rel="${windowRelation()}">${what}</a>`
    : what;
  return html`<li data-key="exception-${key}"><p><span class="exception-day">${title}</span> ${words}${placeOf && isCancelled ? html` · <a href="${placeOf(key)}">Plan one in its place</a>` : ""}</p>${changeList(changes)}</li>`;
}
