// @ts-check
// One initial sync: what is true of it, its numbers, its plan item by item, and what can be done with it.
import { changeList } from "../elements/decision-list.js";
import { pushButton } from "../elements/push-button.js";
import { statusLine } from "../elements/status-line.js";
import { activityAddress, pageAddress, windowRelation } from "../lib/addresses.js";
import { formatStart } from "../lib/dates.js";
import { flag, html } from "../lib/html.js";
import { changesOf } from "../lib/sentences.js";
import { question } from "./run-question.js";
import { mailWords, stateOf, undoWords } from "./run-words.js";

/** @param {any} run @param {any} state @param {{zone: string, now: Date}} setting */
export function runView(run, state, setting) {
  const { title, tone, detail } = stateOf(run);
  return html`<div class="page-head"><h1>${run.dryRun ? "Dry run" : "Initial sync"}</h1>
      <p><a href="${pageAddress("/admin", { view: "initial" })}">All initial syncs</a></p></div>
    ${statusLine({ tone, title, detail })} ${progress(run)} ${ways(run, state)}
    ${state.run.asked === "undo" ? question("Undo", undoWords(run.undo), "undo", state.doing === "run-undo") : ""}
    ${leftList(run.undo)} ${troubles(run.mailboxes)} ${numbers(run, state.run)} ${run.dryRun ? plan(run, state, setting) : ""}`;
}

function progress({ status, progress: { done, total } }) {
  if (status !== "running") return "";
  return html`<progress class="run-progress" max="${total}" value="${done}" aria-label="Mailboxes done">${done} of ${total}</progress>`;
}

function ways(run, { doing }) {
  const mayApply = run.dryRun && (run.status === "planned" || (run.status === "failed" && run.applied?.planned > 0));
  const mayUndo = run.status !== "running" && run.status !== "undone" && run.undo.possible + run.undo.newer > 0;
  const apply = run.status === "failed" ? "Go on with this plan" : "Apply exactly this plan";
  return html`<p class="ways page-note">
    ${mayApply ? pushButton(apply, { does: "run-deed-sent", values: { deed: "apply" }, look: "primary", busy: doing === "run-apply" }) : ""}
    ${run.dryRun && run.status !== "running" ? pushButton("Download CSV", { does: "plan-table-asked", values: { id: run.id }, busy: doing === "plan-table" }) : ""}
    ${mayUndo ? pushButton("Undo…", { does: "run-deed-asked", values: { deed: "undo" } }) : ""}</p>`;
}

/** The activities that undoing leaves. */
function leftList({ left, newer }) {
  if (!left?.length) return "";
  return html`<details class="page-note"><summary>${newer} with something newer, which undoing leaves</summary><ul class="marks">
    ${left.map(({ activityId, subject }) => html`<li><a href="${activityAddress({ id: activityId })}" target="_blank" rel="${windowRelation()}">${subject ?? "a confidential activity"}</a></li>`)}</ul></details>`;
}

function troubles(mailboxes) {
  const stopped = mailboxes.filter((one) => one.error);
  if (!stopped.length) return "";
  return html`<section aria-labelledby="stopped" class="page-part"><h2 id="stopped">Could not be done</h2><ul class="marks">
    ${stopped.map((one) => html`<li>${one.name} <span class="quiet">${one.mailbox}</span><p>${one.sentence} <span class="code">${one.error}</span></p></li>`)}</ul></section>`;
}

function numbers(run, { reason }) {
  const counted = Object.entries(run.counts).sort(([, a], [, b]) => b - a);
  if (!counted.length) return run.status === "running" ? "" : html`<p class="empty">Nothing was found to decide about.</p>`;
  return html`<section aria-labelledby="numbers" class="page-part"><h2 id="numbers">${run.status === "planned" ? "What would happen" : "What was decided"}</h2>
    <p class="quiet page-note">${mailWords(run)}</p>
    <div class="table-place"><table class="rows" aria-labelledby="numbers"><thead><tr><th scope="col" class="number">How many</th><th scope="col">Why</th></tr></thead>
      <tbody>${counted.map(([code, count]) => numberRow(code, count, run, reason))}</tbody></table></div></section>`;
}

function numberRow(code, count, { means, dryRun }, chosen) {
  const figure = dryRun
    ? html`<button type="button" class="as-link" data-do="run-reason-chosen" data-reason="${code}" aria-label="${count}, show only ${code}" aria-pressed="${String(code === chosen)}" ${flag("data-chosen", code === chosen)}>${count}</button>`
    : count;
  return html`<tr data-key="count-${code}"><td class="number">${figure}</td><td>${means[code] ?? ""} <span class="code">${code}</span></td></tr>`;
}

function plan(run, { doing, run: { reason } }, setting) {
  if (run.status === "running" && !run.items.length) return "";
  const heading = reason ? `The plan: ${reason}` : "The plan";
  return html`<section aria-labelledby="plan" class="page-part"><h2 id="plan">${heading}</h2>
    ${reason ? html`<p class="page-note">${pushButton("Show all", { does: "run-reason-chosen", values: { reason }, small: true })}</p>` : ""}
    ${run.items.length ? planTable(run.items, setting) : html`<p class="empty">Nothing to list: what is only counted has no lines here.</p>`}
    ${run.next ? html`<p class="more">${pushButton("More", { does: "more-items-asked", busy: doing === "more-items" })}</p>` : ""}</section>`;
}

function planTable(items, setting) {
  return html`<div class="table-place"><table class="rows plan" aria-labelledby="plan"><thead><tr><th scope="col">Mailbox</th>
      <th scope="col">When</th><th scope="col">Activity</th><th scope="col">What changes, and why</th><th scope="col">State</th></tr></thead>
    <tbody>${items.map((item) => itemRow(item, setting))}</tbody></table></div>`;
}

// What is only planned, or has nothing to carry out, has no state of its own yet.
const STATES = /** @type {Record<string, string>} */ ({ planned: "–", applied: "applied", stale: "left out" });

function itemRow(item, { zone, now }) {
  const changes = item.after ? changesOf({ before: item.before ?? {}, after: item.after }, zone, now) : [];
  return html`<tr data-key="item-${item.id}"><td>${item.mailbox}</td><td class="figures">${item.start ? formatStart(item.start, zone, now) : ""}</td>
    <td>${activityOf(item)}</td><td>${changeList(changes)}<p class="quiet">${item.means}${mailNote(item)} <span class="code">${item.reason}</span></p></td>
    <td>${STATES[item.state]}</td></tr>`;
}

function activityOf({ activityId, subject }) {
  if (!subject) return html`<span class="quiet">not shown</span>`;
  if (!activityId) return subject;
  return html`<a href="${activityAddress({ id: activityId })}" target="_blank" rel="${windowRelation()}">${subject}</a>`;
}

const mailNote = ({ outlook }) => (outlook?.people ? ` Would mail ${outlook.people === 1 ? "1 person" : `${outlook.people} people`}.` : "");
