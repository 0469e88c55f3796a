// @ts-check
// Is it running, is it in step, and what needs me?
import { pushButton } from "../elements/push-button.js";
import { statusLine } from "../elements/status-line.js";
import { pageAddress } from "../lib/addresses.js";
import { html } from "../lib/html.js";
import { counted, waitsForMail } from "./held-words.js";
import { mailboxTable } from "./mailbox-table.js";
import { partsView, partView } from "./part-view.js";
import { stepOf } from "./step-words.js";

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function overviewView(state, setting) {
  const { service, syncUser, held, failed, reviews, mailboxes } = state.parts;
  const shown = () => html`<div class="band">
      <section aria-label="Is it running">${partView(service, "service", (value) => serviceView(value, state.doing))}
        ${partView(syncUser, "sync-user", (value) => syncUserView(value, state.doing))}</section>
      <section aria-label="Is it in step">${inStep(mailboxes, setting)}</section>
      <section aria-label="What needs you">${partView(held, "held", (waiting) => partView(failed, "failed", (lost) => needsView(waiting, lost, reviews.value)))}</section>
    </div>
    <section aria-labelledby="mailboxes"><h2 id="mailboxes">Mailboxes</h2>
      ${partView(mailboxes, "mailboxes", (value) => mailboxTable(value.items, setting))}</section>`;
  return html`<div class="page-head"><h1>Overview</h1></div>
    ${partsView([service, syncUser, held, failed, mailboxes], shown)}`;
}

/** That the mailboxes could not be read stands at their table. */
function inStep(mailboxes, setting) {
  if (mailboxes.value) return statusLine(stepOf(mailboxes.value.items, setting));
  return mailboxes.status === "failed" ? "" : html`<div class="skeleton" aria-busy="true"></div>`;
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
    ? "The sync writes to the CRM in its name. Unlocked says that it may, activated that it shall: taking back either stops all writing."
    : "The sync writes nothing until it is both: unlocked, so that it may, and activated, so that it shall.";
  return html`${statusLine({ tone: isReady ? "good" : "bad", title: `The sync user ${name ?? ""} ${state}`, detail })}
    <p class="ways page-note">${locked ? deed("Unlock sync user", "sync-user", "unlock", doing, "primary") : deed("Lock sync user", "sync-user", "lock", doing)}
    ${active ? deed("Deactivate sync user", "sync-user", "deactivate", doing) : deed("Activate sync user", "sync-user", "activate", doing, locked ? "outline" : "primary")}</p>`;
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
