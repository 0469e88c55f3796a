// @ts-check
// Every decision with its reason, newest first; a line opens to what was and what is.
import { changeList } from "../elements/decision-list.js";
import { formatMoment } from "../lib/dates.js";
import { flag, html } from "../lib/html.js";
import { changesOf } from "../lib/sentences.js";
import { partView } from "./overview-view.js";

const OUTCOMES = ["", "applied", "skipped", "held", "failed"];

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function logView(state, setting) {
  const { filters, parts } = state;
  return html`<div class="page-head"><h1>Log</h1></div>
    <form class="filters" role="search" data-submit="log-asked" data-key="log-filters">
      <input type="search" id="search" aria-label="Reason" placeholder="Reason, for example activity-updated ( / )" data-choose="log-filtered" data-name="reason" value="${filters.reason}" />
      <label>Outcome <select data-choose="log-filtered" data-name="outcome">${OUTCOMES.map((word) => html`<option value="${word}" ${flag("selected", word === filters.outcome)}>${word || "all"}</option>`)}</select>
      </label>
      ${mailboxFilter(parts.representatives.value?.items ?? [], filters.representativeId)}
    </form>
    ${partView(parts.decisions, "decisions", (value) => table(value.items, setting))}`;
}

function mailboxFilter(people, chosen) {
  return html`<label>Mailbox <select data-choose="log-filtered" data-name="representativeId"><option value="">all</option>
    ${people.map((one) => html`<option value="${one.id}" ${flag("selected", one.id === chosen)}>${one.name}</option>`)}</select></label>`;
}

function table(items, setting) {
  if (!items.length)
    return html`<p class="empty">No decision fits. Decisions appear here as soon as a linked meeting changes.</p>`;
  return html`<div class="table-place"><table class="rows" aria-label="Decisions"><thead><tr><th scope="col">When</th>
    <th scope="col">What and why</th><th scope="col">Mailbox</th><th scope="col">Outcome</th></tr></thead>
    <tbody>${items.map((one) => row(one, setting))}</tbody></table></div>`;
}

function row(one, { zone, now }) {
  const changes = changesOf(one, zone, now);
  return html`<tr data-key="decision-${one.id}"><td class="figures">${formatMoment(one.at, zone, now)}</td>
    <td><details><summary class="row-link">${one.sentence} <span class="code">${one.reason}</span></summary>
      ${changeList(changes)}
      <p class="code">${one.actor ? `by ${one.actor} · ` : ""}policy ${one.policyVersion}${one.traceId ? html` · trace <copy-text>${one.traceId}</copy-text>` : ""}</p>
      </details></td>
    <td>${one.mailbox ?? ""}</td><td>${one.outcome}</td></tr>`;
}
