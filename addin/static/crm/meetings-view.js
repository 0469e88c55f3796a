// @ts-check
// My meetings in Outlook, linked or not.
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
export function meetingsQuery({ linked, from, to }, zone, now) {
  const first = from || toField(now.toISOString(), zone).slice(0, 10);
  const last = to || addDays(first, SHOWN_DAYS);
  return {
    linked: linked || "both",
    from: fromField(`${first}T00:00`, zone),
    to: fromField(`${addDays(last, 1)}T00:00`, zone),
  };
}

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function meetingsView(state, setting) {
  const { list } = state;
  return html`<div class="page-head"><h1>My meetings</h1></div>
    ${filters(state.filters)}
    ${list.status === "failed" ? failureNote(list.problem, { retry: "list-repeated", key: "list-failure" }) : ""}
    ${rows(list, setting)}
    ${list.next ? html`<p class="more">${pushButton("Show more", { does: "more-requested", busy: list.status === "busy" })}</p>` : ""}`;
}

function filters({ linked, from, to }) {
  return html`<form class="filters" data-submit="filters-sent" data-key="meeting-filters">
    <label>Shown <select data-choose="filter-chosen" data-name="linked">${CHOICES.map(([value, label]) => html`<option value="${value}" ${flag("selected", value === (linked || "both"))}>${label}</option>`)}</select></label>
    <label>From <input type="date" data-choose="filter-chosen" data-name="from" value="${from}" /></label>
    <label>To <input type="date" data-choose="filter-chosen" data-name="to" value="${to}" /></label>
  </form>`;
}

function rows({ status, items }, setting) {
  if (status === "busy" && !items.length)
    return html`<div aria-busy="true"><div class="skeleton skeleton-row"></div><div class="skeleton skeleton-row"></div></div>`;
  if (!items.length && status === "done")
    return html`<p class="empty">There are no such meetings in these days. Choose other days, or meetings that are not linked.</p>`;
  return html`<div class="table-place"><table class="rows" aria-label="My meetings"><thead><tr>
    <th scope="col">Meeting</th><th scope="col">When</th><th scope="col" class="wide">Organizer</th><th scope="col">Activity</th></tr></thead>
    <tbody>${items.map((line) => row(line, setting))}</tbody></table></div>`;
}

function row({ meeting, link, activity }, { zone, now }) {
  return html`<tr data-key="meeting-${meeting.eventId}"><td>${meeting.subject || "(no subject)"}</td>
    <td class="figures">${formatRange(meeting, zone, now)}</td>
    <td class="wide">${meeting.organizer?.name || meeting.organizer?.address || ""}</td>
    <td>${tie(link, activity)}</td></tr>`;
}

function tie(link, activity) {
  if (activity)
    return html`<a class="row-link" href="${activityAddress(activity)}">${activity.subject || "(no subject)"}</a>`;
  if (link) return html`<span class="quiet">linked, confidential</span>`;
  return html`<span class="quiet">not linked; open it in Outlook to link it</span>`;
}
