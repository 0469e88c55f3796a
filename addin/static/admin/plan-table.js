// @ts-check
// A plan, item by item: whose mailbox, when, which activity, what would change and why.
import { dataTable } from "../elements/data-table.js";
import { changeList } from "../elements/decision-list.js";
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

/** @param {any[]} items @param {{zone: string, now: Date}} setting */
export function planTable(items, setting) {
  const isHidden = items.some(({ subject }) => !subject);
  return html`${isHidden ? html`<p class="quiet page-note">${NOT_SHOWN}</p>` : ""}${table(items, setting)}`;
}

function table(items, setting) {
  return dataTable({ labelledBy: "plan", kind: "plan", columns: COLUMNS, rows: items.map((item) => row(item, setting)) });
}

function row(item, { zone, now }) {
  const when = item.start ? formatStart(item.start, zone, now) : "";
  const why = html`${valuesOf(item, zone, now)}<p class="quiet">${item.means}${mailNote(item)}${twinNote(item)} <span class="code">${item.reason}</span></p>`;
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

const mailNote = ({ outlook }) => (outlook?.people ? ` Would mail ${outlook.people === 1 ? "1 person" : `${outlook.people} people`}.` : "");

const twinNote = ({ outlook }) => (outlook?.resembles ? " Resembles a meeting of this day that is captured too." : "");
