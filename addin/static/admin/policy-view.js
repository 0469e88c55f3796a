// @ts-check
// The policy: a field for every key, and presets that say first what they would change.
import { dataTable, twoLines } from "../elements/data-table.js";
import { failureNote } from "../elements/failure-note.js";
import { pushButton } from "../elements/push-button.js";
import { formatMoment } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { partView } from "./part-view.js";
import { policyField } from "./policy-fields.js";
import { changesOf, presetChanges } from "./policy-state.js";
import { keyName, valueName } from "./policy-words.js";
import { effectOf } from "./preset-words.js";
import { actsAtOnce, nextStep, stopFirst } from "./next-step.js";

const GROUPS = /** @type {Array<[string, string[]]>} */ ([
  ["Which meetings", ["capture", "categoryName", "captureInternal", "outsideOrganizer", "private"]],
  ["Which time", ["windowPastDays", "windowFrom", "windowFutureDays", "followPast"]],
  ["People", ["unknownParticipants", "internalDomains"]],
  ["Whose changes count", ["owners", "conflict"]],
  ["What goes to Outlook", ["transfer", "transferTypes", "deepLink", "regardingText", "mark", "mailBudgetPerAction"]],
  ["When something is cancelled or deleted", ["onCancel", "onDelete", "onCrmDelete", "removalLimit", "removalPercent"]],
  ["How often", ["push", "calendarInterval", "alignToClock", "reconcileInterval"]],
  ["Tasks", ["tasks", "tasksInterval", "taskWindowPastDays", "taskWindowFutureDays", "taskStatusMap"]],
  ["Contacts", ["contacts", "contactsInterval", "contactFolder"]],
]);

/** The keys of a group in its order; those of no group come last, so that none is missing. @param {any[]} shapes */
export function grouped(shapes) {
  const byName = new Map(shapes.map((shape) => [shape.name, shape]));
  const named = GROUPS.map(([title, names]) => ({ title, shapes: names.map((name) => byName.get(name)).filter(Boolean) }));
  const known = new Set(GROUPS.flatMap(([, names]) => names));
  return [...named, { title: "Failures and the log", shapes: shapes.filter(({ name }) => !known.has(name)) }].filter(
    (group) => group.shapes.length,
  );
}

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function policyView(state, setting) {
  const { policy, policyKeys, presets } = state.parts;
  return html`<div class="page-head"><h1>Policy</h1></div>
    ${partView(policy, "policy", (value) => html`${facts(value, setting)}
      ${partView(presets, "presets", ({ items }) => presetsView(items, value, state))}
      ${partView(policyKeys, "policy-keys", ({ items }) => form(items, value, state))}`)}`;
}

function facts(policy, { zone, now }) {
  const changed = policy.changedAt ? `, changed ${formatMoment(policy.changedAt, zone, now)} by ${policy.changedBy}` : "";
  return html`<p class="quiet page-note">Version ${policy.version}${changed}. A change acts on later decisions only; it never unlinks or deletes.</p>`;
}

function form(shapes, policy, { policyDraft, policyProblems, doing, parts: { service } }) {
  const changed = Object.keys(changesOf(shapes, policyDraft, policy));
  return html`<form class="policy" novalidate data-submit="policy-sent" data-key="policy-form">
    ${summary(policyProblems)}
    ${grouped(shapes).map(
      ({ title, shapes: members }) => html`<section aria-label="${title}"><h2>${title}</h2>
      ${members.map((shape) => policyField(shape, policy, policyDraft, policyProblems))}</section>`,
    )}
    ${
      changed.length
        ? html`<div class="ways save-bar">${stopFirst(service.value, doing)} ${lookFirst("", doing)} ${pushButton("Save", { submit: true, look: actsAtOnce(service.value) ? "outline" : "primary", busy: doing === "policy" })} ${pushButton("Discard", { does: "policy-dropped", look: "subtle" })}
      <p class="quiet">Changed: ${changed.map(keyName).join(", ")}. ${effectOf(service.value)}</p></div>`
        : ""
    }</form>`;
}

/** All problems at once, each with the way to its field. */
function summary(problems) {
  const entries = Object.entries(problems);
  if (!entries.length) return "";
  return html`<div class="notice-box problem-summary" role="alert" tabindex="-1" id="policy-problems"><p class="strong">Nothing was changed. ${entries.length === 1 ? "One field needs" : `${entries.length} fields need`} another value.</p>
    <ul>${entries.map(([name, said]) => html`<li><button type="button" class="as-link" data-do="problem-followed" data-name="${name}">${keyName(name)}</button>: ${said.join(" ")}</li>`)}</ul></div>`;
}

function presetsView(items, policy, { presetAsked, doing, refusal, parts: { service, runs } }) {
  const asked = items.find(({ name }) => name === presetAsked);
  return html`<section aria-labelledby="presets"><h2 id="presets">Presets</h2>
    <p class="quiet page-note">A preset sets all keys at once. Links and activities stay as they are. A dry run shows what
      each would do, before it is taken.</p>
    ${asked ? "" : nextStep(service.value, runs.value?.items, doing)}
    ${dataTable({ label: "Presets", columns: PRESET_COLUMNS, rows: items.map((preset) => presetRow(preset, policy)) })}
    ${asked ? question(asked, policy, service.value, doing) : ""}
    ${asked && refusal ? failureNote(refusal, { close: "refusal-closed", key: "preset-refusal" }) : ""}</section>`;
}

/** @type {import("../elements/data-table.js").Column[]} */
const PRESET_COLUMNS = [
  { title: "Preset" },
  { title: "What it means", isBlock: true },
  { title: "Would change", kind: "number", said: true },
  { title: "Actions", isUnsaid: true, isBlock: true },
];

function presetRow(preset, policy) {
  const { name, meaning, notYet = [] } = preset;
  const changes = presetChanges(preset, policy);
  const look = pushButton("Look…", { does: "preset-asked", small: true, values: { preset: name }, title: `Look at the preset ${name}`, key: `preset-${name}` });
  const lacks = notYet.length ? `Not in this version, stays as it is: ${notYet.map(keyName).join(", ")}.` : "";
  const count = changes.length ? `${changes.length} ${changes.length === 1 ? "key" : "keys"}` : "nothing";
  return {
    key: `preset-row-${name}`,
    cells: [name, twoLines(meaning, lacks), count, changes.length ? look : html`<span class="quiet">in force</span>`],
  };
}

function question(preset, policy, service, doing) {
  const { name } = preset;
  return html`<div class="confirm" role="group" aria-label="What the preset ${name} would change" data-key="preset-question"><p class="strong">The preset ${name} would change</p>
    <dl class="changes">${presetChanges(preset, policy).map(({ name: key, was, is }) => html`<div><dt>${keyName(key)}</dt><dd><del>${valueName(key, was)}</del> <span aria-hidden="true">→</span> <ins>${valueName(key, is)}</ins></dd></div>`)}</dl>
    <p>${effectOf(service)}</p>
    <p class="ways">${stopFirst(service, doing)} ${lookFirst(name, doing)}
    ${pushButton("Take it", { does: "preset-taken", values: { preset: name }, busy: doing === `preset-${name}`, title: `Take it: the preset ${name}`, key: "preset-take" })}
    ${pushButton("Not now", { does: "preset-left", look: "subtle", key: "preset-no" })}</p></div>`;
}

/** A dry run with the preset, or with what was changed in the form. @param {string} preset @param {string|null} doing */
const lookFirst = (preset, doing) =>
  pushButton("Dry run with it", { does: "trial-requested", values: { preset }, busy: doing === "trial", key: preset ? "preset-trial" : "policy-trial" });
