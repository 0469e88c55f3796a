// @ts-check
// Why something happened: sentences, newest first, each with its "was -> is"; the code stands small at the end.
import { formatMoment } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { changesOf } from "../lib/sentences.js";

/** @param {any[]} decisions @param {string} zone @param {Date} now */
export function decisionList(decisions, zone, now) {
  if (!decisions.length) return html`<p class="quiet">Nothing was decided about this meeting yet.</p>`;
  return html`<ol class="decisions">${decisions.map((decision) => entry(decision, zone, now))}</ol>`;
}

function entry(decision, zone, now) {
  const changes = changesOf(decision, zone, now);
  return html`<li class="decision" data-key="decision-${decision.id}" data-outcome="${decision.outcome}">
    <p class="decision-words"><time datetime="${decision.at}">${formatMoment(decision.at, zone, now)}</time> ${decision.sentence}</p>
    ${changeList(changes)}
    <p class="code">${decision.reason}${decision.outcome === "applied" ? "" : html` · ${decision.outcome}`}</p>
  </li>`;
}

/** The lines "was -> is"; where nothing was before (something was made), only what is. @param {any[]} changes */
export function changeList(changes) {
  if (!changes.length) return "";
  const isNew = changes.every(({ was }) => was === "nothing");
  const told = isNew ? changes.filter(({ is }) => is !== "nothing") : changes;
  return html`<dl class="changes">${told.map(({ field, was, is }) => html`<div><dt>${field}</dt>
    <dd>${isNew ? "" : html`<del>${was}</del> <span aria-hidden="true">→</span> `}<ins>${is}</ins></dd></div>`)}</dl>`;
}
