// @ts-check
// What waits for an administrator, what failed for good, and what is tried again by itself.
// A decision says what it will do before it does it.
import { dataTable } from "../elements/data-table.js";
import { pushButton } from "../elements/push-button.js";
import { activityAddress, pageAddress, windowRelation } from "../lib/addresses.js";
import { formatMoment } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { consequenceOf, waitingWords } from "./held-words.js";
import { partsView, partView } from "./part-view.js";

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function heldView(state, setting) {
  const { held, failed, waiting } = state.parts;
  const shown = () => html`<section aria-labelledby="held"><h2 id="held">Waits for you</h2>
      ${partView(held, "held", (value) => heldTable(value.items, state, setting))}</section>
    <section aria-labelledby="failed" class="page-part"><h2 id="failed">Failed</h2>
      ${partView(failed, "failed", (value) => failedTable(value.items, state, setting))}</section>
    <section aria-labelledby="waiting" class="page-part"><h2 id="waiting">Tried again by itself</h2>
      ${partView(waiting, "waiting", (value) => waitingTable(value.items, state, setting))}</section>`;
  return html`<div class="page-head"><h1>Held and failed</h1></div>${partsView([held, failed, waiting], shown)}`;
}

/** @type {import("../elements/data-table.js").Column[]} */
const HELD = [
  { title: "Mailbox" },
  { title: "What waits" },
  { title: "Activities" },
  { title: "Since", kind: "figures", said: true },
  { title: "Actions", isUnsaid: true, isBlock: true },
];

function heldTable(items, state, setting) {
  if (!items.length)
    return html`<p class="empty">Nothing waits. When unusually many meetings vanish from a mailbox at once, or one action would mail unusually many people outside, it waits here for you.</p>`;
  const rows = items.map((one) => heldRow(one, state, setting));
  return dataTable({ labelledBy: "held", columns: HELD, rows });
}

function heldRow(one, { asked, doing }, { zone, now }) {
  const cells = [
    one.mailbox ?? "",
    html`${waitingWords(one)} <span class="code">${one.reason}</span>`,
    samples(one),
    formatMoment(one.at, zone, now),
    html`<p class="ways">${deed(one, "approve", "Approve…")} ${deed(one, "discard", "Discard…")}</p>`,
  ];
  const below = asked?.id === one.id ? question(one, asked.deed, doing) : "";
  return { key: `held-${one.id}`, cells, below };
}

function deed(one, name, label) {
  return pushButton(label, {
    does: "decision-asked",
    small: true,
    title: `${label.slice(0, -1)} what waits of ${one.mailbox}`,
    key: `${name}-${one.id}`,
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
  return html`<div class="question" role="group" aria-label="${label}" aria-describedby="question-words">
    <p id="question-words">${consequenceOf(one, name)}</p><p class="ways">${pushButton(label, { does: "decision-sent", key: `send-${one.id}`, values: { id: one.id, deed: name }, busy: doing === `${name}-${one.id}` })}
    ${pushButton("Not now", { does: "decision-dropped", look: "subtle", key: "question-no" })}</p></div>`;
}

/** @type {import("../elements/data-table.js").Column[]} */
const FAILED = [
  { title: "Activity" },
  { title: "Mailbox" },
  { title: "Why" },
  { title: "Attempts", kind: "number", said: true },
  { title: "Since", kind: "figures", said: true },
  { title: "Actions", isUnsaid: true, isBlock: true },
];

function failedTable(items, state, setting) {
  if (!items.length)
    return html`<p class="empty">Nothing failed. A meeting that Liaison gave up is listed here and can be tried again.</p>`;
  const rows = items.map((one) => listedRow(one, "failed", one.at, state, setting));
  return dataTable({ labelledBy: "failed", columns: FAILED, rows });
}

const WAITING = FAILED.map((column) => (column.title === "Since" ? { ...column, title: "Next attempt" } : column));

function waitingTable(items, state, setting) {
  const isOfOne = Boolean(state.filters.representativeId);
  const all = isOfOne
    ? html`<p class="page-note">Of one mailbox only. <a href="${pageAddress("/admin", { view: "held" })}">Show those of all</a></p>`
    : "";
  if (!items.length)
    return html`${all}<p class="empty">Nothing waits for another try. A meeting that could not be read or written is looked at again by itself, later each time.</p>`;
  const rows = items.map((one) => listedRow(one, "waiting", one.nextAt, state, setting));
  return html`${all}${dataTable({ labelledBy: "waiting", columns: WAITING, rows })}`;
}

function listedRow(one, list, at, { doing }, { zone, now }) {
  const label = list === "failed" ? "Try again" : "Try now";
  const retry = pushButton(label, {
    does: "retry-requested",
    small: true,
    title: `${label}: ${one.subject ?? "a meeting"} of ${one.mailbox}`,
    key: `retry-${one.id}`,
    values: { id: one.id, list },
    busy: doing === `retry-${one.id}`,
  });
  const cells = [
    meetingOf(one),
    one.mailbox ?? "",
    html`${one.sentence}${one.error ? html` <span class="code">${one.error}</span>` : ""}`,
    one.attempts ? String(one.attempts) : "none yet",
    formatMoment(at, zone, now),
    html`<p class="ways">${retry}</p>`,
  ];
  return { key: `${list}-${one.id}`, cells };
}

function meetingOf({ activityId, subject }) {
  if (!activityId) return html`<span class="quiet">a meeting that is not linked</span>`;
  if (subject === null) return html`<span class="quiet">a confidential activity</span>`;
  return html`<a href="${activityAddress({ id: activityId })}" target="_blank" rel="${windowRelation()}">${subject}</a>`;
}
