// @ts-check
// Why is one click away, always at the same place.
import { decisionList, newsOf } from "../elements/decision-list.js";
import { activityAddress, windowRelation } from "../lib/addresses.js";
import { formatMoment } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { endingSentences, keptSentence } from "../lib/standing-words.js";

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function whyView({ view }, { zone, now }) {
  const decisions = view.decisions ?? [];
  const last = newsOf(decisions);
  return html`<details class="why" data-key="why">
    <summary><span class="strong">Why</span> ${last ? html`<span class="quiet clip">${formatMoment(last.at, zone, now)} ${last.sentence}</span>` : ""}</summary>
    ${decisionList(decisions, zone, now)}
    ${decisions.length && view.activity ? html`<p class="quiet"><a href="${activityAddress(view.activity)}" target="_blank" rel="${windowRelation()}">All of it on the activity's page</a></p>` : ""}
  </details>`;
}

/** What the CRM keeps of this meeting, who may read it, and what happens when either side ends it. @param {any} state */
export function keptView({ view, me }) {
  const kept = keptSentence(view, me?.policy);
  const endings = endingSentences(me?.policy);
  return html`<details class="why" data-key="kept">
    <summary><span class="strong">Kept</span> <span class="quiet clip">${kept}</span></summary>
    <p>${kept}</p>
    ${endings.length ? html`<p class="facts-title">When it ends</p><ul class="endings">${endings.map((one) => html`<li>${one}</li>`)}</ul>` : ""}
  </details>`;
}
