// @ts-check
// A table of the console and the CRM pages. Where there is no room for columns, each row becomes a few lines:
// what names it first, the rest behind it. The roles are written out, since a table drawn as lines would lose them.
import { html } from "../lib/html.js";

/**
 * `said`: in a narrow window the value needs its title beside it. `isUnsaid`: the title is only read aloud.
 * `isBlock`: what the cell holds has lines of its own.
 * @typedef {{title: string, kind?: "number"|"figures"|"", said?: boolean, isUnsaid?: boolean, isBlock?: boolean}} Column
 */

/**
 * @param {{label?: string, labelledBy?: string, columns: Column[], kind?: string,
 *   rows: Array<{key: string, cells: unknown[], below?: unknown}>}} table the first cell names its row; `below` stands under it
 */
export function dataTable({ label = "", labelledBy = "", columns, rows, kind = "" }) {
  const name = labelledBy ? html`aria-labelledby="${labelledBy}"` : html`aria-label="${label}"`;
  return html`<div class="table-place"><table class="rows stacks ${kind}" role="table" ${name}>
    <thead role="rowgroup"><tr role="row">${columns.map(head)}</tr></thead>
    <tbody role="rowgroup">${rows.map((row) => line(row, columns))}</tbody></table></div>`;
}

function head({ title, kind = "", isUnsaid }) {
  return html`<th scope="col" role="columnheader" class="${kind}">${isUnsaid ? html`<span class="only-read">${title}</span>` : title}</th>`;
}

function line({ key, cells, below }, columns) {
  const [first, ...others] = cells;
  return html`<tr role="row" data-key="${key}"><th scope="row" role="rowheader" class="${columns[0].kind ?? ""}">${first}</th>${others.map((value, at) => cell(value, columns[at + 1]))}</tr>
    ${below ? html`<tr role="row" data-key="${key}-below"><td role="cell" class="block" colspan="${columns.length}">${below}</td></tr>` : ""}`;
}

/** Nothing stands around the value: an empty cell is left out where rows are lines. */
function cell(value, { title, kind = "", said, isBlock }) {
  const classes = [kind, isBlock ? "block" : ""].filter(Boolean).join(" ");
  return html`<td role="cell" class="${classes}" ${said ? html`data-said="${title}"` : ""}>${value}</td>`;
}

/** Two lines in one cell: what it is, and what is less. @param {unknown} first @param {unknown} second */
export const twoLines = (first, second) => html`${first}${second ? html` <span class="quiet second">${second}</span>` : ""}`;
