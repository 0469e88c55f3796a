// @ts-check
// Why something happened: sentences, newest first, each with its "was -> is"; the code stands small at the end.
import { formatMoment } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { changesOf, outcomeWord } from "../lib/sentences.js";

/** Carried out, but not on the activity itself. */
const BESIDES = ["marked", "participants-matched"];

/** What was looked at in vain is no news of the activity. @param {any} decision */
const isNews = ({ outcome, reason }) => outcome !== "skipped" && !BESIDES.includes(reason);

/** Says no more than that meeting and activity agree: it explains nothing, even as the last word. */
const AGREED = ["already-agreed", "invitee-copy", ...BESIDES];

/** The newest that changed something; where nothing did, the newest. @param {any[]} decisions newest first */
export const newsOf = (decisions) => decisions.find(isNews) ?? decisions[0];

/**
 * What is told at once, and what is folded: what changed nothing, and each try before the last one of the same failure.
 * The last word stays where it says why nothing is done. @param {any[]} decisions newest first
 */
export function folded(decisions) {
  const [told, rest] = /** @type {any[][]} */ ([[], []]);
  for (const [at, one] of decisions.entries()) {
    const isWord = isNews(one) || (at === 0 && !AGREED.includes(one.reason));
    (isWord && !isEarlierTry(one, told.at(-1)) ? told : rest).push(one);
  }
  return { told, rest };
}

const isEarlierTry = ({ outcome, reason }, later) => outcome === "failed" && later?.reason === reason;

/** @param {any[]} decisions newest first @param {string} zone @param {Date} now */
export function decisionList(decisions, zone, now) {
  if (!decisions.length) return html`<p class="quiet">Nothing was decided about this meeting yet.</p>`;
  const { told, rest } = folded(decisions);
  const list = (/** @type {any[]} */ some) =>
    html`<ol class="decisions">${some.map((decision) => entry(decision, zone, now))}</ol>`;
  return html`${told.length ? list(told) : html`<p class="quiet">Nothing changed so far.</p>`}
    ${rest.length ? html`<details class="folded" data-key="folded"><summary>${rest.length} more that changed nothing</summary>${list(rest)}</details>` : ""}`;
}

function entry(decision, zone, now) {
  const changes = changesOf(decision, zone, now);
  const outcome = outcomeWord(decision);
  return html`<li class="decision" data-key="decision-${decision.id}" data-outcome="${outcome}">
    <p class="decision-words"><time datetime="${decision.at}">${formatMoment(decision.at, zone, now)}</time> ${decision.sentence}</p>
    ${changeList(changes)}
    <p class="code">${decision.reason}${outcome === "applied" ? "" : html` · ${outcome}`}</p>
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
