// @ts-check
// My meetings in Outlook, linked or not.
import { dataTable } from "../elements/data-table.js";
import { failureNote } from "../elements/failure-note.js";
import { pushButton } from "../elements/push-button.js";
import { activityAddress } from "../lib/addresses.js";
import { addDays, formatRange, fromField, toField } from "../lib/dates.js";
import { flag, html } from "../lib/html.js";

const SHOWN_DAYS = 13;
const CHOICES = [
  ["both", "Linked or not"],
  ["true", "Linked"],
  ["false", "Not linked"],
];

/** From today on, two weeks, unless days are chosen; days are whole ones in the person's zone. @param {any} filters @param {string} zone @param {Date} now */
export function meetingsQuery({ linked, ...chosen }, zone, now) {
  const { first, last } = daysOf(chosen, zone, now);
  return {
    linked: linked || "both",
    from: fromField(`${first}T00:00`, zone),
    to: fromField(`${addDays(last, 1)}T00:00`, zone),
  };
}

function daysOf({ from, to }, zone, now) {
  const first = from || toField(now.toISOString(), zone).slice(0, 10);
  return { first, last: to || addDays(first, SHOWN_DAYS) };
}

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function meetingsView(state, setting) {
  const { list } = state;
  return html`<div class="page-head"><h1>My meetings</h1></div>
    ${filters(state.filters, setting)}
    ${list.status === "failed" ? failureNote(list.problem, { retry: "list-repeated", key: "list-failure" }) : ""}
    ${rows(list, setting)}
    ${list.next ? html`<p class="more">${pushButton("Show more", { does: "more-requested", busy: list.status === "busy" })}</p>` : ""}`;
}

function filters({ linked, ...chosen }, { zone, now }) {
  const { first, last } = daysOf(chosen, zone, now);
  return html`<form class="filters" data-submit="filters-sent" data-key="meeting-filters">
    <label>Shown <select data-choose="filter-chosen" data-name="linked">${CHOICES.map(([value, label]) => html`<option value="${value}" ${flag("selected", value === (linked || "both"))}>${label}</option>`)}</select></label>
    <label>From <input type="date" data-choose="filter-chosen" data-name="from" value="${first}" /></label>
    <label>To <input type="date" data-choose="filter-chosen" data-name="to" value="${last}" /></label>
  </form>`;
}

function rows({ status, items }, setting) {
  if (status === "busy" && !items.length)
    return html`<div aria-busy="true"><div class="skeleton skeleton-row"></div><div class="skeleton skeleton-row"></div></div>`;
  if (!items.length && status === "done")
    return html`<p class="empty">There are no such meetings in these days. Choose other days, or meetings that are not linked.</p>`;
  const hint = items.every(({ link }) => link)
    ? ""
    : html`<p class="quiet page-note">Open a meeting in Outlook to link it, or to create its activity.</p>`;
  return html`${hint}${dataTable({ label: "My meetings", columns: COLUMNS, rows: items.map((line) => row(line, setting)) })}`;
}

/** @type {import("../elements/data-table.js").Column[]} */
const COLUMNS = [
  { title: "Meeting" },
  { title: "When", kind: "figures" },
  { title: "Organizer" },
  { title: "Activity", said: true },
];

function row({ meeting, link, activity }, { zone, now }) {
  const { eventId, subject, organizer } = meeting;
  const cells = [
    subject || "(no subject)",
    formatRange(meeting, zone, now),
    organizer?.name || organizer?.address,
    tie(link, activity),
  ];
  return { key: `meeting-${eventId}`, cells };
}

function tie(link, activity) {
  if (activity)
    return html`<a class="row-link" href="${activityAddress(activity)}">${activity.subject || "(no subject)"}</a>`;
  if (link) return html`<span class="quiet">linked, confidential</span>`;
  return html`<span class="quiet">not linked</span>`;
}
