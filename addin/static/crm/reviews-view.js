// @ts-check
// Activities marked for editing, worked in place: each mark is settled in its row.
import { dataTable } from "../elements/data-table.js";
import { failureNote } from "../elements/failure-note.js";
import { pushButton } from "../elements/push-button.js";
import { activityAddress } from "../lib/addresses.js";
import { formatRange } from "../lib/dates.js";
import { flag, html } from "../lib/html.js";
import { timeOf } from "../lib/series.js";
import { marksOf } from "./marks.js";

/** Mine unless all are asked for. @param {any} filters */
export const reviewsQuery = ({ mine }) => ({ mine: mine || "true" });

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function reviewsView(state, setting) {
  const { list, filters } = state;
  const isMine = reviewsQuery(filters).mine === "true";
  return html`<div class="page-head"><h1>Marked for editing</h1></div>
    <form class="filters" data-submit="filters-sent" data-key="review-filters">
      <label>Shown <select data-choose="filter-chosen" data-name="mine"><option value="true" ${flag("selected", isMine)}>Mine</option><option value="false" ${flag("selected", !isMine)}>Everybody's</option></select></label></form>
    ${list.status === "failed" ? failureNote(list.problem, { retry: "list-repeated", key: "list-failure" }) : ""}
    ${rows(state, setting)}
    ${list.next ? html`<p class="more">${pushButton("Show more", { does: "more-requested", busy: list.status === "busy" })}</p>` : ""}`;
}

function rows(state, setting) {
  const { status, items } = state.list;
  if (status === "busy" && !items.length)
    return html`<div aria-busy="true"><div class="skeleton skeleton-row"></div><div class="skeleton skeleton-row"></div></div>`;
  if (!items.length && status === "done")
    return html`<p class="empty">Nothing is marked. An activity is marked when somebody in its meeting is not known, or when its meeting vanished and the policy asks people to decide.</p>`;
  const lines = items.map((activity) => row(activity, state, setting));
  return dataTable({ label: "Marked for editing", columns: COLUMNS, rows: lines, kind: "marked-table" });
}

/** @type {import("../elements/data-table.js").Column[]} */
const COLUMNS = [
  { title: "Activity" },
  { title: "When", kind: "figures" },
  { title: "Owner" },
  { title: "Why, and what to do", isBlock: true },
];

function row(activity, state, { zone, now }) {
  const cells = [
    html`<a class="row-link" href="${activityAddress(activity)}">${activity.subject || "(no subject)"}</a>`,
    activity.start ? formatRange(timeOf(activity), zone, now) : "",
    activity.owner?.name,
    marksOf(activity, state, now),
  ];
  return { key: `review-${activity.id}`, cells };
}
