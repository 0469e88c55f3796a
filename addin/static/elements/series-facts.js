// @ts-check
// How a series repeats, when it takes place next, and which occurrences are not as the series has them.
import { activityAddress, windowRelation } from "../lib/addresses.js";
import { formatRange } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { exceptionLines, repeatsSentence } from "../lib/series.js";
import { changeList } from "./decision-list.js";

/**
 * @param {any} recurrence {rule, nextDates?, lastDate?} @param {{zone: string, now: Date}} setting
 * @param {any} [activity] that of the series, which knows the exceptions
 * @param {{ofDate: (date: any) => unknown, ofException: (exception: any) => unknown, note?: unknown}} [deeds] what can be done with an occurrence
 */
export function seriesFacts(recurrence, setting, activity = null, deeds = { ofDate: () => "", ofException: () => "" }) {
  return html`<p>${repeatsSentence(recurrence, setting)}</p>
    ${nextDates(recurrence, setting, deeds)}
    ${activity ? exceptions(activity, setting, deeds) : ""}`;
}

function nextDates({ nextDates: dates = [], lastDate }, setting, { ofDate }) {
  if (!dates.length)
    return html`<p class="quiet">It takes place no more${lastDate ? html`; the last time was ${rangeOf(lastDate, setting)}` : ""}.</p>`;
  return html`<p class="facts-title">Next dates</p>
    <ul class="dates" aria-label="Next dates">${dates.map((date) => html`<li data-key="date-${date.start}"><span>${rangeOf(date, setting)}</span>${ofDate(date)}</li>`)}</ul>`;
}

const rangeOf = (date, { zone, now }) => formatRange({ ...date, allDay: !date.start.includes("T") }, zone, now);

function exceptions(activity, setting, deeds) {
  const { coming, earlier } = exceptionLines(activity, setting);
  if (!coming.length && !earlier.length) return "";
  return html`<p class="facts-title">Exceptions</p>
    ${coming.length ? html`<ul class="exceptions" aria-label="Exceptions">${coming.map((one) => line(one, deeds.ofException))}</ul>` : ""}
    ${coming.some((one) => one.isCancelled) && deeds.note ? html`<p class="quiet exceptions">${deeds.note}</p>` : ""}
    ${
      earlier.length
        ? html`<details class="earlier" data-key="earlier-exceptions"><summary>${earlier.length} earlier</summary>
      <ul class="exceptions" aria-label="Earlier exceptions">${earlier.map((one) => line(one))}</ul></details>`
        : ""
    }`;
}

function line(exception, deedsOf = (/** @type {any} */ _) => /** @type {unknown} */ ("")) {
  const { key, title, what, changes, activityId } = exception;
  const words = activityId
    ? html`<a href="${activityAddress({ id: activityId })}" target="_blank" rel="${windowRelation()}">${what}</a>`
    : what;
  return html`<li data-key="exception-${key}"><p><span class="exception-day">${title}</span> ${words}</p>${changeList(changes)}${deedsOf(exception)}</li>`;
}
