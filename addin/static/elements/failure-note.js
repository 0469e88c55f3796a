// @ts-check
// A failed request: the server's sentence, a way on, and a trace id that can be copied.
import { sentenceOf } from "../api/problem.js";
import { html } from "../lib/html.js";
import { fieldName } from "../lib/sentences.js";
import { icon } from "./status-line.js";

/**
 * @param {any} problem @param {{retry?: string, close?: string, retryLabel?: string, key?: string}} [ways]
 */
export function failureNote(problem, { retry, close, retryLabel = "Try again", key = "failure" } = {}) {
  const sentence = sentenceOf(problem);
  // What the sentence says already is not said once more of its field.
  const errors = Object.entries(problem.errors ?? {})
    .map(([field, said]) => [field, [said].flat().join(" ")])
    .filter(([, said]) => said !== sentence);
  return html`<div class="failure-note" role="alert" data-key="${key}">
    ${icon("bad")}
    <div class="failure-words">
      <p>${sentence}</p>
      ${errors.length ? html`<ul class="quiet">
      ${errors.map(([field, said]) => html`<li>${fieldName(field)}: ${said}</li>`)}</ul>` : ""}
      <p class="ways">
        ${retry ? html`<fluent-button role="button" tabindex="0" size="small" data-do="${retry}">${retryLabel}</fluent-button>` : ""}
        ${close ? html`<fluent-button role="button" tabindex="0" size="small" appearance="subtle" data-do="${close}">Close</fluent-button>` : ""}
      </p>
      ${problem.traceId ? html`<p class="code">Trace <copy-text>${problem.traceId}</copy-text></p>` : ""}
    </div>
  </div>`;
}
