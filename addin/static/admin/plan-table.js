// @ts-check
// A plan, item by item: whose mailbox, when, which activity, what would change and why.
import { dataTable } from "../elements/data-table.js";
import { changeList } from "../elements/decision-list.js";
import { pushButton } from "../elements/push-button.js";
import { activityAddress, windowRelation } from "../lib/addresses.js";
import { formatStart } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { changesOf } from "../lib/sentences.js";
import { itemWord } from "./run-words.js";

/** @type {import("../elements/data-table.js").Column[]} */
const COLUMNS = [
  { title: "Mailbox" },
  { title: "When", kind: "figures" },
  { title: "Activity" },
  { title: "What changes, and why", isBlock: true },
  { title: "State" },
];

const NOT_SHOWN = "“not shown”: Private, confidential, or only in Outlook, where its owner alone reads it; here it is told by its time and its reason.";

/** @param {any[]} items @param {{zone: string, now: Date, mayChoose: boolean, doing: string|null}} setting */
export function planTable(items, setting) {
  const isHidden = items.some(({ subject }) => !subject);
  return html`${isHidden ? html`<p class="quiet page-note">${NOT_SHOWN}</p>` : ""}${table(items, setting)}`;
}

function table(items, setting) {
  return dataTable({ labelledBy: "plan", kind: "plan", columns: COLUMNS, rows: items.map((item) => row(item, setting)) });
}

function row(item, { zone, now, mayChoose, doing }) {
  const when = item.start ? formatStart(item.start, zone, now) : "";
  const why = html`${valuesOf(item, zone, now)}<p class="quiet">${item.means}${mailNote(item)}${twinNote(item)} <span class="code">${item.reason}</span></p>${item.linkable && mayChoose ? choice(item, doing) : ""}`;
  return { key: `item-${item.id}`, cells: [item.mailbox, when, activityOf(item), why, itemWord(item)] };
}

/** Of what would be made the subject says enough at first. */
function valuesOf({ before, after }, zone, now) {
  const changes = after ? changesOf({ before: before ?? {}, after }, zone, now) : [];
  const isNew = Object.values(before ?? {}).every((value) => value === null);
  if (!changes.length || !isNew) return changeList(changes);
  return html`<details><summary>A new one, with its values</summary>${changeList(changes)}</details>`;
}

function activityOf({ activityId, subject }) {
  if (!subject) return html`<span class="quiet">not shown</span>`;
  if (!activityId) return subject;
  return html`<a href="${activityAddress({ id: activityId })}" target="_blank" rel="${windowRelation()}">${subject}</a>`;
}

const mailNote = ({ outlook, linked }) => (outlook?.people && !linked ? ` Would mail ${outlook.people === 1 ? "1 person" : `${outlook.people} people`}.` : "");

function twinNote({ outlook, linked }) {
  if (!outlook?.resembles) return "";
  return linked ? " Resembles a meeting of this day that is captured too: both are linked, and no event is made." : " Resembles a meeting of this day that is captured too.";
}

function choice({ id, linked, subject }, doing) {
  const label = linked ? "Make both anew" : "Link them instead";
  return html`<p>${pushButton(label, { does: "twins-chosen", values: { id, link: String(!linked) }, small: true, busy: doing === `twin-${id}`, title: `${label}: ${subject}`, key: `twin-${id}` })}</p>`;
}
