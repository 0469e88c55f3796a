// @ts-check
// The list of activities: search, filters, pages; j and k move, Enter opens.
import { dataTable } from "../elements/data-table.js";
import { failureNote } from "../elements/failure-note.js";
import { pushButton } from "../elements/push-button.js";
import { activityAddress, pageAddress } from "../lib/addresses.js";
import { formatRange } from "../lib/dates.js";
import { flag, html } from "../lib/html.js";
import { repeatsSentence, timeOf } from "../lib/series.js";

const STATES = [
  ["", "All but deleted"],
  ["planned", "Planned"],
  ["completed", "Completed"],
  ["cancelled", "Cancelled"],
  ["deleted", "Deleted"],
];

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function activityList(state, setting) {
  const { list } = state;
  return html`<div class="page-head"><h1>Activities</h1>
    <a class="button-link" href="${pageAddress("/crm", { view: "plan" })}">Plan an activity</a></div>
    ${filters(state.filters)}
    ${list.status === "failed" ? failureNote(list.problem, { retry: "list-repeated", key: "list-failure" }) : ""}
    ${rows(state, setting)}
    ${list.next ? html`<p class="more">${pushButton("Show more", { does: "more-requested", busy: list.status === "busy" })}</p>` : ""}`;
}

function filters({ query, mine, status, from, to }) {
  return html`<form class="filters" role="search" data-submit="filters-sent" data-key="filters">
    <input type="search" id="search" aria-label="Search activities" placeholder="Search ( / )" aria-keyshortcuts="/" autocomplete="off" data-type="query-typed" value="${query}" />
    <label>Status <select data-choose="filter-chosen" data-name="status">${STATES.map(([value, label]) => html`<option value="${value}" ${flag("selected", value === status)}>${label}</option>`)}</select>
      </label>
    <label>From <input type="date" data-choose="filter-chosen" data-name="from" value="${from}" /></label>
    <label>To <input type="date" data-choose="filter-chosen" data-name="to" value="${to}" /></label>
    <label class="check"><input type="checkbox" data-choose="mine-chosen" ${flag("checked", mine)} /> Mine only</label>
  </form>`;
}

function rows({ list, filters: { query, mine, status, from, to } }, setting) {
  if (list.status === "busy" && !list.items.length)
    return html`<div aria-busy="true"><div class="skeleton skeleton-row"></div><div class="skeleton skeleton-row"></div>
      <div class="skeleton skeleton-row"></div></div>`;
  if (!list.items.length && list.status === "done") return nothing(Boolean(query || mine || status || from || to));
  return dataTable({ label: "Activities", columns: COLUMNS, rows: list.items.map((activity) => row(activity, setting)) });
}

/** @type {import("../elements/data-table.js").Column[]} */
const COLUMNS = [
  { title: "Subject" },
  { title: "When", kind: "figures" },
  { title: "Status" },
  { title: "Company" },
  { title: "Owner" },
  { title: "Outlook" },
];

function nothing(isFiltered) {
  return isFiltered
    ? html`<p class="empty">Nothing fits. Take away a filter or a word.</p>`
    : html`<p class="empty">There are no activities yet. Create one from a meeting in Outlook, or plan one here.</p>`;
}

function row(activity, setting) {
  const { zone, now } = setting;
  const { id, subject, start, status, deletedAt, company, owner } = activity;
  const cells = [
    html`<a class="row-link" href="${activityAddress(activity)}">${subject || "(no subject)"}</a>${facts(activity)}`,
    html`${start ? formatRange(timeOf(activity), zone, now) : ""}${repeats(activity, setting)}`,
    deletedAt ? "deleted" : status,
    company?.name,
    owner?.name,
    linkWord(activity),
  ];
  return { key: `row-${id}`, cells };
}

/** What sets it apart from others: made from an invitation, marked for editing. */
function facts({ stub, review = [] }) {
  const said = [stub ? "from an invitation" : "", review.length ? "marked for editing" : ""].filter(Boolean);
  return said.length ? html` <span class="quiet">${said.join(", ")}</span>` : "";
}

function repeats({ recurrence }, setting) {
  return recurrence
    ? html` <span class="quiet repeats" title="${repeatsSentence(recurrence, setting)}">repeats</span>`
    : "";
}

const WORDS = /** @type {Record<string, string>} */ ({
  reserved: "waiting",
  live: "linked",
  frozen: "frozen",
  ended: "link ended",
});

const WAYS = /** @type {Record<string, string>} */ ({ pending: "waiting", held: "held", failed: "failed" });

/** The way to Outlook where it is not at its end, else the link. @param {any} activity */
function linkWord({ link, outlook }) {
  if (outlook?.state in WAYS) return WAYS[outlook.state];
  return link ? (WORDS[link.state] ?? link.state) : "not linked";
}
