// @ts-check
// Initial syncs: whose mailboxes to read anew, and those there were.
import { dataTable } from "../elements/data-table.js";
import { pushButton } from "../elements/push-button.js";
import { pageAddress } from "../lib/addresses.js";
import { formatMoment } from "../lib/dates.js";
import { flag, html } from "../lib/html.js";
import { nextStep } from "./next-step.js";
import { partView } from "./part-view.js";
import { peopleChoice } from "./people-choice.js";
import { question } from "./run-question.js";
import { countChosen, hasInactive, whoseOf } from "./run-state.js";
import { runView } from "./run-view.js";
import { beginWords, stateWord, trialName } from "./run-words.js";
import { trialChoice } from "./trial-view.js";

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function runsView(state, setting) {
  const { run, parts } = state;
  if (run.id) return partView(parts.run, "run", (value) => runView(value, state, setting));
  return html`<div class="page-head"><h1>Initial sync</h1></div>
    <p class="page-note">Reads whole mailboxes from the beginning, brings every linked meeting in step, and takes over and sends out what the policy says. A dry run shows first what
      would happen, with nothing written to either side, also for people who are not active yet; then exactly that plan can be applied, which activates them.</p>
    ${nextStep(parts.service.value, parts.runs.value?.items, state.doing, true)}
    <section aria-labelledby="whose"><h2 id="whose">Whose mailboxes</h2>
      ${partView(parts.representatives, "representatives", (value) => choice(value.items, state, parts.service.value))}</section>
    <section aria-labelledby="earlier" class="page-part"><h2 id="earlier">Until now</h2>
      ${partView(parts.runs, "runs", (value) => earlier(value.items, setting))}</section>`;
}

function choice(everybody, state, service) {
  const { run, doing, parts } = state;
  if (!everybody.length)
    return html`<p class="empty">Nobody was imported yet. <a href="${pageAddress("/admin", { view: "representatives" })}">Import
      representatives</a> first; they need not be active for a dry run.</p>`;
  const chosen = whoseOf(run, everybody);
  const count = (chosen === "active" && service?.activePeople) || countChosen(run, everybody);
  // A real run reads who is active; while the service is stopped it is refused.
  const mayBegin = service?.running && chosen !== "all" && !run.trial;
  return html`<fieldset class="choices"><legend class="only-read">Whose mailboxes</legend>
      ${whose("active", "Everybody who is active", chosen)} ${hasInactive(everybody) ? whose("all", "Everybody, also who is not active yet", chosen) : ""}
      ${whose("some", "These people", chosen)}
      ${chosen === "some" ? peopleChoice(state) : ""}</fieldset>
    ${trialChoice(parts.presets.value?.items, run.trial)}
    <p class="ways">${pushButton("Dry run", { does: "dry-run-requested", look: "primary", disabled: !count, busy: doing === "dry-run" })}
      ${mayBegin ? pushButton("Start without a dry run…", { does: "run-deed-asked", values: { deed: "begin" }, look: "subtle", disabled: !count }) : ""}</p>
    ${run.asked === "begin" && mayBegin ? question("Start", beginWords(count), "begin", doing === "run-begin") : ""}`;
}

function whose(value, label, chosen) {
  return html`<label class="choice"><input type="radio" name="whose" value="${value}" data-choose="whose-chosen" ${flag("checked", value === chosen)}>${label}</label>`;
}

function earlier(items, setting) {
  if (!items.length)
    return html`<p class="empty">There was none yet. A dry run is a good beginning: it writes nothing.</p>`;
  return dataTable({ labelledBy: "earlier", columns: COLUMNS, rows: items.map((one) => row(one, setting)) });
}

/** @type {import("../elements/data-table.js").Column[]} */
const COLUMNS = [
  { title: "When", kind: "figures" },
  { title: "What" },
  { title: "Mailboxes", kind: "number", said: true },
  { title: "State" },
  { title: "By", said: true },
];

function row(one, { zone, now }) {
  const address = pageAddress("/admin", { view: "initial", run: one.id });
  const when = html`<a class="row-link" href="${address}">${formatMoment(one.createdAt, zone, now)}</a>`;
  return { key: `run-${one.id}`, cells: [when, whatItIs(one), one.progress.total, stateWord(one), one.createdBy] };
}

function whatItIs({ dryRun, trial }) {
  if (!dryRun) return "Initial sync";
  return trial ? `Dry run with ${trialName(trial)}` : "Dry run";
}
