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

/** Several parts; where none of them can be had, and for the same reason, that is told once. @param {any[]} parts @param {() => unknown} show */
export function partsView(parts, show) {
  const [first] = parts;
  const isOutage = parts.every(({ status, value, problem }) => status === "failed" && !value && problem.code === first.problem?.code);
  return isOutage ? failureNote(first.problem, { retry: "parts-repeated", key: "outage" }) : show();
}
