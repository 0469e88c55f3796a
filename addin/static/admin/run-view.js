// @ts-check
// One initial sync: what is true of it, its numbers, its plan item by item, and what can be done with it.
import { dataTable } from "../elements/data-table.js";
import { pushButton } from "../elements/push-button.js";
import { statusLine } from "../elements/status-line.js";
import { activityAddress, pageAddress, windowRelation } from "../lib/addresses.js";
import { flag, html } from "../lib/html.js";
import { startButton } from "./next-step.js";
import { planTable } from "./plan-table.js";
import { question } from "./run-question.js";
import { activationWords, mailWords, people, STEPS, serviceWords, stateOf, twinWords, undoWords } from "./run-words.js";
import { trialNote, trialWay } from "./trial-view.js";

/** @param {any} run @param {any} state @param {{zone: string, now: Date}} setting */
export function runView(run, state, setting) {
  const { title, tone, detail } = stateOf(run);
  const service = state.parts.service.value;
  return html`<div class="page-head"><h1>${run.dryRun ? "Dry run" : "Initial sync"}</h1>
      <p><a href="${pageAddress("/admin", { view: "initial" })}">All initial syncs</a></p></div>
    ${statusLine({ tone, title, detail })} ${trialNote(run)} ${progress(run)} ${activations(run)} ${twins(run, state)} ${trialWays(run, state)} ${ways(run, state)} ${serviceNote(run, service, state.doing)}
    ${state.run.asked === "undo" ? question("Undo", undoWords(run), "undo", state.doing === "run-undo") : ""}
    ${leftLists(run.undo, state.run.asked === "undo" || run.status === "undone")} ${troubles(run)} ${numbers(run, state.run)} ${run.dryRun ? plan(run, state, setting) : ""}`;
}

function progress({ status, progress: { done, total } }) {
  if (status !== "running") return "";
  return html`<progress class="run-progress" max="${total}" value="${done}" aria-label="Mailboxes done">${done} of ${total}</progress>`;
}

function activations(run) {
  const words = run.dryRun ? activationWords(run) : "";
  return words ? html`<p class="page-note activations">${words}</p>` : "";
}

/** Of a plan that may still be left. */
function twins(run, { doing }) {
  if (!isOpenPlan(run) || !run.twins) return "";
  const all = (/** @type {string} */ label, /** @type {boolean} */ link) =>
    pushButton(label, { does: "twins-chosen", values: { link: String(link) }, busy: doing === "twins", key: `twins-${link}` });
  return html`<div class="page-note notice-box"><p>${twinWords(run)}</p>
    <p class="ways">${run.linked < run.linkable ? all("Link all that can be", true) : ""} ${run.linked ? all("Make all anew", false) : ""}</p></div>`;
}

/** What the service means for a plan, and the way to start it again after one. */
function serviceNote(run, service, doing) {
  if (!service || !run.dryRun || run.stale) return "";
  if (mayApply(run)) return html`<p class="quiet page-note">${serviceWords(service.running)}</p>`;
  return run.status === "running" ? "" : startNote(service, doing);
}

/** After a plan was carried out. @param {any} service @param {string|null} doing */
function startNote(service, doing) {
  if (!service || service.running) return "";
  return html`<div class="page-note notice-box"><p>${STEPS.start}</p>
    <p class="ways">${startButton("Start the service", doing)}</p></div>`;
}

/** Whether it waits to be applied, perhaps until its policy is in force. */
const isOpenPlan = ({ dryRun, status, stale, trial }) => dryRun && status === "planned" && (!stale || Boolean(trial));

function mayApply({ dryRun, stale, status, applied, activates }) {
  if (!dryRun || stale) return false;
  return status === "planned" || (status === "failed" && applied?.planned + activates > 0);
}

function applyLabel({ status, activates }) {
  if (status === "failed") return "Go on with this plan";
  return activates ? `Apply and activate ${people(activates)}` : "Apply exactly this plan";
}

function trialWays(run, state) {
  const way = trialWay(run, state);
  return way && state.run.asked !== "take" ? html`<p class="ways page-note">${way}</p>` : way;
}

function ways(run, { doing }) {
  const mayUndo = run.status !== "running" && run.status !== "undone" && run.undo.possible + run.undo.newer > 0;
  return html`<p class="ways page-note">
    ${mayApply(run) ? pushButton(applyLabel(run), { does: "run-deed-sent", values: { deed: "apply" }, look: "primary", busy: doing === "run-apply" }) : ""}
    ${run.stale && !run.trial ? pushButton("Dry run again", { does: "dry-run-repeated", look: "primary", busy: doing === "dry-run" }) : ""}
    ${run.dryRun && run.status !== "running" ? pushButton("Download CSV", { does: "plan-table-asked", values: { id: run.id }, busy: doing === "plan-table" }) : ""}
    ${mayUndo ? pushButton("Undo…", { does: "run-deed-asked", values: { deed: "undo" } }) : ""}</p>`;
}

/** The activities that undoing leaves, and those whose meetings stay in Outlook. */
function leftLists({ left, newer, stay, meetings }, isAsked) {
  return html`${namedList(left, `${newer} with something newer, which undoing leaves`)}
    ${isAsked ? namedList(stay, meetings === 1 ? "1 meeting that stays in Outlook" : `${meetings} meetings that stay in Outlook`) : ""}`;
}

function namedList(activities, summary) {
  if (!activities?.length) return "";
  return html`<details class="page-note"><summary>${summary}</summary><ul class="marks">
    ${activities.map(({ activityId, subject }) => html`<li><a href="${activityAddress({ id: activityId })}" target="_blank" rel="${windowRelation()}">${subject ?? "a confidential activity"}</a></li>`)}</ul></details>`;
}

function troubles({ status, mailboxes }) {
  const stopped = mailboxes.filter((one) => one.error);
  if (!stopped.length) return "";
  return html`<section aria-labelledby="stopped" class="page-part"><h2 id="stopped">${status === "planned" ? "Not in the plan" : "Could not be done"}</h2><ul class="marks">
    ${stopped.map((one) => html`<li>${one.name} <span class="quiet">${one.mailbox}</span><p>${one.sentence} <span class="code">${one.error}</span></p></li>`)}</ul></section>`;
}

function numbers(run, { reason }) {
  const counted = Object.entries(run.counts).sort(([, a], [, b]) => b - a);
  if (!counted.length) return run.status === "running" ? "" : html`<p class="empty">Nothing was found to decide about.</p>`;
  return html`<section aria-labelledby="numbers" class="page-part"><h2 id="numbers">${run.status === "planned" ? "What would happen" : "What was decided"}</h2>
    ${run.dryRun && ["planned", "done", "undone"].includes(run.status) ? "" : html`<p class="quiet page-note">${mailWords(run)}</p>`}
    ${dataTable({ labelledBy: "numbers", columns: NUMBER_COLUMNS, rows: counted.map(([code, count]) => numberRow(code, count, run, reason)) })}</section>`;
}

/** @type {import("../elements/data-table.js").Column[]} */
const NUMBER_COLUMNS = [{ title: "How many", kind: "number" }, { title: "Why" }];

function numberRow(code, count, { means, dryRun }, chosen) {
  const figure = dryRun
    ? html`<button type="button" class="as-link" data-do="run-reason-chosen" data-reason="${code}" aria-label="${count}, show only ${code}" aria-pressed="${String(code === chosen)}" ${flag("data-chosen", code === chosen)}>${count}</button>`
    : count;
  return { key: `count-${code}`, cells: [figure, html`${means[code] ?? ""} <span class="code">${code}</span>`] };
}

function plan(run, { doing, run: { reason, changesOnly } }, setting) {
  if (run.status === "running" && !run.items.length) return "";
  const heading = reason ? `The plan: ${reason}` : "The plan";
  return html`<section aria-labelledby="plan" class="page-part"><h2 id="plan">${heading}</h2>
    ${reason ? html`<p class="page-note">${pushButton("Show all", { does: "run-reason-chosen", values: { reason }, small: true })}</p>` : changesSwitch(changesOnly)}
    ${run.items.length ? planTable(run.items, { ...setting, mayChoose: isOpenPlan(run), doing }) : html`<p class="empty">${!reason && changesOnly ? "Nothing would change." : "Nothing to list: what is only counted has no lines here."}</p>`}
    ${run.next ? html`<p class="more">${pushButton("More", { does: "more-items-asked", busy: doing === "more-items" })}</p>` : ""}</section>`;
}

const changesSwitch = (/** @type {boolean} */ isOn) =>
  html`<p class="page-note"><label class="choice"><input type="checkbox" data-choose="run-changes-chosen" ${flag("checked", isOn)}>Only what changes something</label></p>`;
