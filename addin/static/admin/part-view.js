// @ts-check
// A part of a page in its three states: not there yet, not to be had (what was known stays below), there.
import { failureNote } from "../elements/failure-note.js";
import { html } from "../lib/html.js";

/** @param {any} part @param {string} name @param {(value: any) => unknown} show */
export function partView(part, name, show) {
  const known = part.value ? show(part.value) : "";
  if (part.status === "failed")
    return html`${failureNote(part.problem, { retry: "parts-repeated", key: `failure-${name}` })}${known}`;
  return known || html`<div class="skeleton" aria-busy="true"></div>`;
}

/** Several parts; while nothing but one and the same reason has come of them, that is told once. @param {any[]} parts @param {() => unknown} show */
export function partsView(parts, show) {
  const failed = parts.filter(({ status }) => status === "failed");
  const isOutage = failed.length && parts.every(({ value }) => !value) && failed.every(({ problem }) => problem.code === failed[0].problem.code);
  return isOutage ? failureNote(failed[0].problem, { retry: "parts-repeated", key: "outage" }) : show();
}
