// @ts-check
// What waits for an administrator, and what failed for good. A decision says what it will do before it does it.
import { pushButton } from "../elements/push-button.js";
import { activityAddress, windowRelation } from "../lib/addresses.js";
import { formatMoment } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { consequenceOf, waitingWords } from "./held-words.js";
import { partView } from "./overview-view.js";

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function heldView(state, setting) {
  const { held, failed } = state.parts;
  return html`<div class="page-head"><h1>Held and failed</h1></div>
    <section aria-labelledby="held"><h2 id="held">Waits for you</h2>
      ${partView(held, "held", (value) => heldTable(value.items, state, setting))}</section>
    <section aria-labelledby="failed" class="page-part"><h2 id="failed">Failed</h2>
      ${partView(failed, "failed", (value) => failedTable(value.items, state, setting))}</section>`;
}

function heldTable(items, state, setting) {
  if (!items.length)
    return html`<p class="empty">Nothing waits. When unusually many meetings vanish from a mailbox at once, or one action would mail unusually many people outside, it waits here for you.</p>`;
  return html`<div class="table-place"><table class="rows" aria-labelledby="held"><thead><tr>
    <th scope="col">Mailbox</th><th scope="col">What waits</th><th scope="col">Activities</th><th scope="col">Since</th>
      <th scope="col"><span class="only-read">Actions</span></th></tr></thead>
    <tbody>${items.map((one) => heldRows(one, state, setting))}</tbody></table></div>`;
}

function heldRows(one, { asked, doing }, { zone, now }) {
  return html`<tr data-key="held-${one.id}"><td>${one.mailbox ?? ""}</td>
    <td>${waitingWords(one)} <span class="code">${one.reason}</span></td>
    <td>${samples(one)}</td><td class="figures">${formatMoment(one.at, zone, now)}</td>
    <td><p class="ways">${deed(one, "approve", "Approve…")} ${deed(one, "discard", "Discard…")}</p></td></tr>
    ${asked?.id === one.id ? question(one, asked.deed, doing) : ""}`;
}

function deed(one, name, label) {
  return pushButton(label, {
    does: "decision-asked",
    small: true,
    title: `${label.slice(0, -1)} what waits of ${one.mailbox}`,
    values: { id: one.id, deed: name },
  });
}

function samples(one) {
  const rest = one.count - one.samples.length;
  const links = one.samples.map(
    (activity, at) =>
      html`${at ? ", " : ""}<a href="${activityAddress(activity)}" target="_blank" rel="${windowRelation()}">${activity.subject}</a>`,
  );
  if (!links.length) return html`<span class="quiet">not shown, because they are confidential</span>`;
  return html`${links}${rest > 0 ? html` <span class="quiet">and ${rest} more</span>` : ""}`;
}

function question(one, name, doing) {
  const label = name === "approve" ? "Approve" : "Discard";
  return html`<tr data-key="question-${one.id}"><td colspan="5"><div class="question" role="group" aria-label="${label}">
    <p>${consequenceOf(one, name)}</p><p class="ways">${pushButton(label, { does: "decision-sent", key: `send-${one.id}`, values: { id: one.id, deed: name }, busy: doing === `${name}-${one.id}` })}
    ${pushButton("Not now", { does: "decision-dropped", look: "subtle" })}</p></div></td></tr>`;
}

function failedTable(items, state, setting) {
  if (!items.length)
    return html`<p class="empty">Nothing failed. A meeting that Liaison gave up is listed here and can be tried again.</p>`;
  return html`<div class="table-place"><table class="rows" aria-labelledby="failed"><thead><tr>
    <th scope="col">Mailbox</th><th scope="col">Activity</th><th scope="col">Why</th><th scope="col" class="number">Attempts</th>
      <th scope="col">Since</th><th scope="col"><span class="only-read">Actions</span></th></tr></thead>
    <tbody>${items.map((one) => failedRow(one, state, setting))}</tbody></table></div>`;
}

function failedRow(one, { doing }, { zone, now }) {
  return html`<tr data-key="failed-${one.id}"><td>${one.mailbox ?? ""}</td><td>${meetingOf(one)}</td>
    <td>${one.sentence} <span class="code">${one.error ?? ""}</span></td><td class="number">${one.attempts}</td>
    <td class="figures">${formatMoment(one.at, zone, now)}</td>
    <td><p class="ways">${pushButton("Try again", { does: "retry-requested", small: true, values: { id: one.id }, busy: doing === `retry-${one.id}` })}</p></td></tr>`;
}

function meetingOf({ activityId, subject }) {
  if (!activityId) return html`<span class="quiet">a meeting that is not linked</span>`;
  if (subject === null) return html`<span class="quiet">a confidential activity</span>`;
  return html`<a href="${activityAddress({ id: activityId })}" target="_blank" rel="${windowRelation()}">${subject}</a>`;
}
