// @ts-check
// Is it running, may it write, and how are the mailboxes doing?
import { failureNote } from "../elements/failure-note.js";
import { pushButton } from "../elements/push-button.js";
import { statusLine } from "../elements/status-line.js";
import { activityAddress, pageAddress, windowRelation } from "../lib/addresses.js";
import { formatMoment } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { fieldName } from "../lib/sentences.js";
import { counted, waitsForMail } from "./held-words.js";

/** A part of the page in its three states. @param {any} part @param {string} name @param {(value: any) => unknown} show */
export function partView(part, name, show) {
  if (part.status === "failed") return failureNote(part.problem, { retry: "parts-repeated", key: `failure-${name}` });
  if (!part.value) return html`<div class="skeleton" aria-busy="true"></div>`;
  return show(part.value);
}

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function overviewView(state, setting) {
  const { service, syncUser, held, failed, reviews, mailboxes } = state.parts;
  return html`<div class="page-head"><h1>Overview</h1></div>
    <div class="band">
      <section aria-label="Service">${partView(service, "service", (value) => serviceView(value, state.doing))}</section>
      <section aria-label="Sync user">${partView(syncUser, "sync-user", (value) => syncUserView(value, state.doing))}</section>
      <section aria-label="What needs you">${partView(held, "held", (waiting) => partView(failed, "failed", (lost) => needsView(waiting, lost, reviews.value)))}</section>
    </div>
    <section aria-labelledby="mailboxes"><h2 id="mailboxes">Mailboxes</h2>
      ${partView(mailboxes, "mailboxes", (value) => mailboxTable(value.items, setting))}</section>`;
}

function deed(label, area, name, doing, look = "outline") {
  return pushButton(label, {
    does: `${area}-switched`,
    values: { deed: name },
    busy: doing === `${area}-${name}`,
    look: /** @type {any} */ (look),
  });
}

function serviceView({ running }, doing) {
  const detail = running
    ? "Changes in Outlook are carried over. Stopping loses nothing: notifications are kept until the next start."
    : "Nothing is read or written in the background; notifications are kept. On start every mailbox is due.";
  return html`${statusLine({ tone: running ? "good" : "bad", title: running ? "The service is running" : "The service is stopped", detail })}
    <p class="ways page-note">${running ? deed("Stop", "service", "stop", doing) : deed("Start", "service", "start", doing, "primary")} ${running ? deed("Restart", "service", "restart", doing) : ""}</p>`;
}

function syncUserView({ name, locked, active }, doing) {
  const isReady = active && !locked;
  const state = locked ? "is locked" : active ? "is ready" : "is not activated";
  const detail = isReady
    ? "The sync writes to the CRM in its name."
    : "The sync writes nothing until it is unlocked and activated.";
  return html`${statusLine({ tone: isReady ? "good" : "bad", title: `The sync user ${name ?? ""} ${state}`, detail })}
    <p class="ways page-note">${locked ? deed("Unlock", "sync-user", "unlock", doing, "primary") : deed("Lock", "sync-user", "lock", doing)}
    ${active ? deed("Deactivate", "sync-user", "deactivate", doing) : deed("Activate", "sync-user", "activate", doing, locked ? "outline" : "primary")}</p>`;
}

function needsView(waiting, lost, marked) {
  const held = waiting.items.reduce((sum, one) => sum + one.count, 0);
  const marks = marked?.items.length ?? 0;
  if (!held && !lost.items.length && !marks)
    return statusLine({
      tone: "good",
      title: "Nothing needs you",
      detail: "Nothing is held, nothing failed, nothing is marked for editing.",
    });
  const removals = waiting.items.filter((one) => !waitsForMail(one)).reduce((sum, one) => sum + one.count, 0);
  const parts = [
    removals ? `${counted(removals, "removal")} held` : "",
    held > removals ? `${counted(held - removals, "change")} held because of mail` : "",
    `${lost.items.length}${lost.next ? "+" : ""} failed`,
  ].filter(Boolean);
  const detail = html`${held || lost.items.length ? html`<a href="${pageAddress("/admin", { view: "held" })}">${parts.join(", ")}</a>` : ""}${marks && (held || lost.items.length) ? " · " : ""}${marks ? html`<a href="${pageAddress("/crm", { view: "reviews", mine: "false" })}">${marks}${marked.next ? "+" : ""} marked for editing</a>` : ""}`;
  return statusLine({ tone: "wait", title: "Something waits for you", detail });
}

const HEAD = [
  "Mailbox",
  "State",
  "Last success",
  "Live links",
  "Waiting",
  "Failed",
  "Differences",
  "Subscription until",
  "Next attempt",
];
const NUMBERS = ["Live links", "Waiting", "Failed", "Differences"];

function mailboxTable(items, setting) {
  if (!items.length)
    return html`<p class="empty">No mailbox is followed yet. Import and activate a representative first.</p>`;
  return html`<div class="table-place"><table class="rows" aria-labelledby="mailboxes"><thead><tr>
    ${HEAD.map((label) => html`<th scope="col" class="${NUMBERS.includes(label) ? "number" : ""}">${label}</th>`)}</tr>
      </thead>
    <tbody>${items.map((one) => mailboxRow(one, setting))}</tbody></table></div>`;
}

// What held up every mailbox stands at the head of the page while it holds, and nowhere afterwards.
const OF_ALL = ["service-stopped", "sync-user-locked"];

function mailboxRow(one, { zone, now }) {
  const moment = (/** @type {string|null} */ at) => (at ? formatMoment(at, zone, now) : "–");
  const trouble = OF_ALL.includes(one.lastError) ? "" : one.lastError || one.completeness;
  const log = { view: "log", representativeId: one.representative?.id ?? "" };
  return html`<tr data-key="mailbox-${one.id}"><td>${one.representative?.name ?? ""}<p class="quiet">
    ${one.representative?.address ?? ""}</p></td>
    <td>${one.unavailableSince ? "unavailable" : one.followed ? "followed" : "not followed"}${trouble ? html`<p class="quiet">
      ${trouble}</p>` : ""}${namedDifferences(one)}</td>
    <td class="figures">${moment(one.lastSuccessAt)}</td><td class="number">${figure(one.liveLinks, log, "live links")}</td>
      <td class="number">${figure(one.waiting, { ...log, reason: "retry-later" }, "waiting")}</td>
    <td class="number">${figure(one.failed, { view: "held" }, "failed")}</td><td class="number">${figure(one.differences, { ...log, outcome: "applied" }, "differences")}</td>
    <td class="figures">${moment(one.subscriptionExpiresAt)}</td><td class="figures">${moment(one.nextAttemptAt)}</td>
      </tr>`;
}

/** A number leads to the list behind it; nothing leads nowhere. */
function figure(count, query, what) {
  if (!count) return count ?? "–";
  return html`<a href="${pageAddress("/admin", query)}" aria-label="${count} ${what}">${count}</a>`;
}

/** What the last reconcile found, by activity and field; those that were not settled come first. */
function namedDifferences({ namedDifferences: named = [], differences }) {
  if (!named.length) return "";
  const rest = differences - named.length;
  return html`<details class="differences-found"><summary>${counted(named.length, "difference")} by name</summary>
    <ul>${named.map((one) => html`<li><a href="${activityAddress({ id: one.activityId })}" target="_blank" rel="${windowRelation()}">${fieldName(one.field)}</a> <span class="quiet">${one.settled ? "settled" : "not settled yet"}</span></li>`)}</ul>
    ${rest > 0 ? html`<p class="quiet">and ${rest} more</p>` : ""}</details>`;
}
