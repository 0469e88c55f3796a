// @ts-check
// How each mailbox is doing; every number leads to the list behind it.
import { dataTable, twoLines } from "../elements/data-table.js";
import { activityAddress, pageAddress, windowRelation } from "../lib/addresses.js";
import { formatMoment } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { fieldName } from "../lib/sentences.js";
import { counted } from "./held-words.js";

/** @type {import("../elements/data-table.js").Column[]} */
const COLUMNS = [
  { title: "Mailbox" },
  { title: "State", isBlock: true },
  { title: "Last success", kind: "figures", said: true },
  { title: "Live links", kind: "number", said: true },
  { title: "Waiting", kind: "number", said: true },
  { title: "Failed", kind: "number", said: true },
  { title: "Differences", kind: "number", said: true },
  { title: "Notified until", kind: "figures", said: true },
  { title: "Next attempt", kind: "figures", said: true },
];

/** @param {any[]} items @param {{zone: string, now: Date}} setting */
export function mailboxTable(items, setting) {
  if (!items.length)
    return html`<p class="empty">No mailbox is followed yet. <a href="${pageAddress("/admin", { view: "representatives" })}">Import and activate a representative</a> first.</p>`;
  return dataTable({ labelledBy: "mailboxes", columns: COLUMNS, rows: items.map((one) => row(one, setting)) });
}

function row(one, { zone, now }) {
  const moment = (/** @type {string|null} */ at) => (at ? formatMoment(at, zone, now) : "–");
  const { id = "", name, address } = one.representative ?? {};
  const log = { view: "log", representativeId: id };
  const cells = [
    twoLines(name, address),
    state(one),
    moment(one.lastSuccessAt),
    figure(one.liveLinks, { view: "links", representativeId: id }, "live links"),
    figure(one.waiting, { view: "held", representativeId: id }, "waiting"),
    figure(one.failed, { view: "held" }, "failed"),
    figure(one.differences, { ...log, outcome: "applied" }, "differences"),
    moment(one.subscriptionExpiresAt),
    moment(one.nextAttemptAt),
  ];
  return { key: `mailbox-${one.id}`, cells };
}

// What held up every mailbox stands at the head of the page while it holds, and nowhere afterwards.
const OF_ALL = ["service-stopped", "sync-user-locked"];

function state(one) {
  const { lastError, lastErrorSentence, completeness } = one;
  const trouble = lastErrorSentence ?? lastError;
  const said = one.unavailableSince ? "unavailable" : one.followed ? "followed" : "not followed";
  return html`${twoLines(said, OF_ALL.includes(lastError) ? "" : trouble || completeness)}${named(one)}`;
}

/** A number leads to the list behind it; nothing leads nowhere. */
function figure(count, query, what) {
  if (!count) return count ?? "–";
  return html`<a href="${pageAddress("/admin", query)}" aria-label="${count} ${what}">${count}</a>`;
}

/** What the last reconcile found, by activity and field; those that were not settled come first. */
function named({ namedDifferences = [], differences, namedApart = [], fieldsApart }) {
  const settled = (/** @type {any} */ one) => (one.settled ? "settled" : "not settled yet");
  const apart = () => "each side keeps its own";
  return html`${list(namedDifferences, differences, `${counted(namedDifferences.length, "difference")} by name`, settled)}
    ${list(namedApart, fieldsApart, `${counted(namedApart.length, "field")} kept apart`, apart)}`;
}

function list(found, count, title, standing) {
  if (!found.length) return "";
  const rest = count - found.length;
  return html`<details><summary>${title}</summary>
    <ul>${found.map((one) => html`<li><a href="${activityAddress({ id: one.activityId })}" target="_blank" rel="${windowRelation()}">${fieldName(one.field)}</a> <span class="quiet">${standing(one)}</span></li>`)}</ul>
    ${rest > 0 ? html`<p class="quiet">and ${rest} more</p>` : ""}</details>`;
}
