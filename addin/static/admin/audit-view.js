// @ts-check
// Who of the administrators did what, newest first.
import { dataTable } from "../elements/data-table.js";
import { changeList } from "../elements/decision-list.js";
import { pushButton } from "../elements/push-button.js";
import { pageAddress } from "../lib/addresses.js";
import { formatMoment } from "../lib/dates.js";
import { flag, html } from "../lib/html.js";
import { actName, detailWords, EVERY_ACT, policyChanges, subjectOf } from "./audit-words.js";
import { partView } from "./part-view.js";

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function auditView({ filters, parts, doing }, setting) {
  const people = parts.representatives.value?.items ?? [];
  return html`<div class="page-head"><h1>Who did what</h1></div>
    <form class="filters" role="search" data-submit="audit-asked" data-key="audit-filters">
      <input type="search" id="search" aria-label="By whom" placeholder="By whom ( / )" autocomplete="off" data-choose="audit-filtered" data-name="actor" value="${filters.actor}" />
      <label>What <select data-choose="audit-filtered" data-name="action"><option value="">everything</option>
        ${EVERY_ACT.map(([act, words]) => html`<option value="${act}" ${flag("selected", act === filters.action)}>${words}</option>`)}</select></label>
      <label>Since <input type="date" data-choose="audit-filtered" data-name="since" value="${filters.since}" /></label>
    </form>
    ${partView(parts.audit, "audit", ({ items, next }) => html`${items.length ? table(items, people, setting) : nothing(filters)}
      ${next ? html`<p class="more">${pushButton("Show more", { does: "audit-continued", busy: doing === "audit-more" })}</p>` : ""}`)}`;
}

function nothing({ actor, action, since }) {
  return actor || action || since
    ? html`<p class="empty">Nobody did that. <a href="${pageAddress("/admin", { view: "audit" })}">Show everything</a></p>`
    : html`<p class="empty">Nobody changed anything yet. What administrators do here or at the command line appears at once.</p>`;
}

/** @type {import("../elements/data-table.js").Column[]} */
const COLUMNS = [{ title: "When", kind: "figures" }, { title: "Who" }, { title: "What", isBlock: true }];

const table = (items, people, setting) =>
  dataTable({ label: "Acts", columns: COLUMNS, rows: items.map((one) => row(one, people, setting)) });

function row(one, people, { zone, now }) {
  return { key: `act-${one.id}`, cells: [formatMoment(one.at, zone, now), one.actor, whatOf(one, people)] };
}

function whatOf(one, people) {
  const { text, runId } = subjectOf(one, people);
  const subject = runId ? html`<a href="${pageAddress("/admin", { view: "initial", run: runId })}">${text}</a>` : text;
  const said = detailWords(one);
  return html`<p class="act">${actName(one.action)}${text ? html`: ${subject}` : ""}${said ? html` <span class="quiet">${said}</span>` : ""}</p>
    ${changeList(policyChanges(one))}`;
}
