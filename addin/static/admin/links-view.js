// @ts-check
// The meetings of one mailbox that are followed: what its number in the overview counts.
import { dataTable } from "../elements/data-table.js";
import { pushButton } from "../elements/push-button.js";
import { activityAddress, pageAddress, windowRelation } from "../lib/addresses.js";
import { formatMoment, formatRange } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { partView } from "./part-view.js";

const SCOPES = /** @type {Record<string, string>} */ ({ single: "a meeting", series: "a series", occurrence: "one of a series" });

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function linksView({ filters, parts, doing }, setting) {
  const whose = parts.representatives.value?.items.find(({ id }) => id === filters.representativeId)?.name;
  return html`<div class="page-head"><h1>Live links${whose ? ` of ${whose}` : ""}</h1></div>
    <p class="page-note"><a href="${pageAddress("/admin", { view: "log", representativeId: filters.representativeId })}">What was decided there</a></p>
    ${partView(parts.links, "links", ({ items, next }) => html`${items.length ? table(items, setting) : html`<p class="empty">No meeting of this mailbox is followed. <a href="${pageAddress("/admin")}">Back to the overview</a></p>`}
      ${next ? html`<p class="more">${pushButton("Show more", { does: "links-continued", busy: doing === "links-more" })}</p>` : ""}`)}`;
}

/** @type {import("../elements/data-table.js").Column[]} */
const COLUMNS = [
  { title: "Activity" },
  { title: "When", kind: "figures" },
  { title: "What is followed" },
  { title: "In step since", kind: "figures", said: true },
];

const table = (items, setting) =>
  dataTable({ label: "Live links", columns: COLUMNS, rows: items.map((one) => row(one, setting)) });

function row({ id, activityId, subject, start, end, scope, lastSyncedAt }, { zone, now }) {
  const about =
    subject === null
      ? html`<span class="quiet">confidential</span>`
      : html`<a class="row-link" href="${activityAddress({ id: activityId })}" target="_blank" rel="${windowRelation()}">${subject || "No subject"}</a>`;
  const when = start ? formatRange({ start, end, allDay: !start.includes("T") }, zone, now) : "";
  return { key: `link-${id}`, cells: [about, when, SCOPES[scope], lastSyncedAt ? formatMoment(lastSyncedAt, zone, now) : "–"] };
}
